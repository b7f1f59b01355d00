"""One version of a text, as its author typed it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.models import Contribution, EnvolImage

Kind = Contribution.Kind
LICENCES = (
    EnvolImage.Licence.CC_BY_SA,
    EnvolImage.Licence.CC_BY,
    EnvolImage.Licence.CC0,
)
MOST_PARTS = 30
LONGEST_BODY = 40_000
LONGEST_PART = 8_000
LONGEST = {"title": 200, "summary": 300, "heading": 120, "tip": 500, "name": 120}

QUESTIONS: Sequence[str | Promise] = (
    _("Who are you, in a few words?"),
    _("How did you come to the microblog?"),
    _("What do you like to read there?"),
    _("What would you tell somebody who begins?"),
)
"""A portrait begins with these; its author changes them at will."""


@dataclass(frozen=True, slots=True)
class Part:
    """A step of a tutorial, or a question of a portrait with its answer. `block`: which one of the
    page it is; empty for a new one. `picture`: the id of a picture of this text, "" for none.
    `places`: what editors say there for each network; only read, and no difference."""

    heading: str = ""
    text: str = ""
    tip: str = ""
    picture: str = ""
    block: str = ""
    places: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Content:
    """`body` is Markdown, for articles; `parts` are for tutorials and portraits."""

    title: str = ""
    summary: str = ""
    body: str = ""
    parts: Sequence[Part] = field(default_factory=tuple)
    picture: str = ""
    language: str = ""
    licence: str = EnvolImage.Licence.CC_BY_SA.value
    name: str = ""
    agrees: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"parts": [asdict(part) for part in self.parts]}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Content":
        """Fields that another version of the software wrote are left out."""
        known = {name: told[name] for name in cls.__slots__ if name in told}
        parts = tuple(
            Part(**{name: one[name] for name in Part.__slots__ if name in one})
            for one in told.get("parts", ())
        )
        return cls(**known | {"parts": parts})

    def says_the_same(self, other: "Content") -> bool:
        """Whatever blocks of a page the parts are."""
        return _without_blocks(self) == _without_blocks(other)

    def pictures(self) -> Iterator[str]:
        yield from filter(None, [self.picture, *(part.picture for part in self.parts)])


def with_places_of(content: Content, other: Content) -> Content:
    """What editors say for each network in the same parts of `other`."""
    places = {part.block: part.places for part in other.parts if part.block}
    parts = (replace(part, places=places.get(part.block, "")) for part in content.parts)
    return replace(content, parts=tuple(parts))


def _without_blocks(content: Content) -> Content:
    return replace(content, parts=tuple(replace(part, block="") for part in content.parts))


def first_content(kind: str, *, language: str, name: str) -> Content:
    """What a new text begins with."""
    parts: tuple[Part, ...] = ()
    if kind == Kind.TUTORIAL:
        parts = (Part(), Part())
    elif kind == Kind.PORTRAIT:
        parts = tuple(Part(heading=str(question)) for question in QUESTIONS)
    known = dict(settings.LANGUAGES)
    language = language if language in known else settings.LANGUAGE_CODE
    return Content(parts=parts, language=language, name=name)


def missing_in(content: Content, kind: str) -> Iterator[str | Promise]:
    """What it still needs before it can be sent in, each a sentence."""
    if not content.title.strip():
        yield _("It has no title yet.")
    if not content.summary.strip():
        yield _("One sentence is missing that says what it is about.")
    if kind == Kind.ARTICLE and not content.body.strip():
        yield _("The text itself is missing.")
    told = [part for part in content.parts if part.heading.strip() and part.text.strip()]
    if kind == Kind.TUTORIAL and not told:
        yield _("A tutorial has one step at least, with a heading and a text.")
    if kind == Kind.PORTRAIT and not told:
        yield _("A portrait has one question at least, with its answer.")
    if kind == Kind.PORTRAIT and not content.agrees:
        yield _("A portrait shows you: please say that you agree.")
    halves = [part for part in content.parts if part not in told and (part.text or part.tip)]
    if halves:
        yield _("A part has a text, but no heading.")


def told_parts(content: Content) -> list[Part]:
    """Without those that were left empty."""
    return [part for part in content.parts if part.heading.strip() and part.text.strip()]
