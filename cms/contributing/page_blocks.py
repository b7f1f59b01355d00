"""Blocks of a page that its author's text is written on: theirs, and what editors put between."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from cms.contributing.content import Content, Part, told_parts
from cms.contributing.markdown import plain, prose
from cms.models import EnvolImage
from cms.translated_blocks import NO_PICTURE

Block = dict[str, Any]
Pictures = Mapping[str, EnvolImage]


def raw(stream: Any) -> list[Block]:
    return [dict(block) for block in stream.raw_data] if stream else []


def new_block(kind: str, value: Any, *, id: str = "") -> Block:
    return {"type": kind, "value": value, "id": id or str(uuid4())}


def image_value(image: EnvolImage, shown: Iterable[Block] = ()) -> Block:
    """With what an editor said of it where it was `shown`; else as the picture itself says."""
    before = next((value for value in shown if value.get("image") == image.pk), None)
    return before or {"image": image.pk, "decorative": False, "alt_text": image.alt_text}


class Known:
    """Blocks of these kinds that stand on the page, each to be had once: what a form names may be
    anything."""

    def __init__(self, blocks: Iterable[Block], *kinds: str) -> None:
        self._left = {str(block.get("id")): block for block in blocks if block["type"] in kinds}

    def take(self, id: str) -> Block | None:
        return self._left.pop(id, None)

    def take_all(self, parts: Sequence[Part], *, title: str) -> list[Block]:
        """Of each part the block that it names; else, for one that names none, that with its
        heading, which values keep as `title`; else {}."""
        named = [self.take(part.block) for part in parts]
        return [
            block or (self._called(part.heading, title) if not part.block else None) or {}
            for part, block in zip(parts, named, strict=True)
        ]

    def _called(self, heading: str, title: str) -> Block | None:
        same = (id for id, one in self._left.items() if one["value"][title] == heading)
        return self.take(next(same, ""))


def answers(content: Content, before: list[Block]) -> Iterator[Block]:
    parts = told_parts(content)
    known = Known(before, "answer").take_all(parts, title="question")
    for part, block in zip(parts, known, strict=True):
        value = {"question": part.heading, "answer": prose(part.text)}
        yield new_block("answer", value, id=str(block.get("id", "")))


def steps(content: Content, before: list[Block], pictures: Pictures) -> Iterator[Block]:
    """What editors put behind a step stands behind it again; behind one that is gone, behind the
    last that stood before it and is still there, or in front of all."""
    parts = told_parts(content)
    known = Known(before, "step").take_all(parts, title="heading")
    behind = _behind(before, {str(block["id"]) for block in known if block})
    yield from behind.get("", [])
    for part, block in zip(parts, known, strict=True):
        id = str(block.get("id", ""))
        yield new_block("step", _step(part, block.get("value", {}), pictures), id=id)
        yield from behind.get(id, []) if id else []


def _step(part: Part, was: Block, pictures: Pictures) -> Block:
    picture = pictures.get(part.picture)
    return {
        **was,
        "heading": part.heading,
        "text": plain(part.text),
        "tip": part.tip,
        "image": image_value(picture, [was.get("image") or {}]) if picture else dict(NO_PICTURE),
        "networks": was.get("networks", []),
    }


def _behind(blocks: Iterable[Block], kept: set[str]) -> dict[str, list[Block]]:
    """The id of each step that is kept ("" before the first), with what editors put between it and
    the next one."""
    found: dict[str, list[Block]] = {"": []}
    step = ""
    for block in blocks:
        if block["type"] != "step":
            found[step].append(block)
        elif str(block.get("id")) in kept:
            step = str(block["id"])
            found[step] = []
    return found
