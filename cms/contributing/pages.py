"""The page that a text becomes, and a page read as its author's text again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail.rich_text import expand_db_html

from cms.contributing.content import Content, Part, told_parts
from cms.contributing.markdown import pieces, plain, prose
from cms.contributing.reading_back import markdown_of
from cms.models import (
    ArticleIndexPage,
    ArticlePage,
    Contribution,
    ContributionPicture,
    EnvolImage,
    PortraitIndexPage,
    PortraitPage,
    TutorialIndexPage,
    TutorialPage,
)
from cms.translated_blocks import NO_PICTURE
from community.models import Participant
from community.slugs import slug_of

Kind = Contribution.Kind
AnyPage = ArticlePage | TutorialPage | PortraitPage
SHELVES: Mapping[str, tuple[type[Page], type[Page]]] = {
    Kind.ARTICLE: (ArticleIndexPage, ArticlePage),
    Kind.TUTORIAL: (TutorialIndexPage, TutorialPage),
    Kind.PORTRAIT: (PortraitIndexPage, PortraitPage),
}
Block = dict[str, Any]
Pictures = Mapping[str, EnvolImage]


class NoPlace(Exception):
    """There is no list for this kind of page, where the draft could lie; the message says so."""


def shelf_of(kind: str, *, site: Site, language: str) -> Page | None:
    """The list below this site in this language, else in any."""
    index, _page = SHELVES[kind]
    homes = Page.objects.filter(translation_key=site.root_page.translation_key, depth=2)
    below = Q(pk=None)
    for path in homes.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    found = index.objects.filter(below).order_by("pk")
    return found.filter(locale__language_code=language).first() or found.first()


def new_page(contribution: Contribution, content: Content) -> AnyPage:
    """A draft that nobody sees yet. In the caller's transaction. Raises NoPlace."""
    shelf = shelf_of(contribution.kind, site=contribution.site, language=content.language)
    if shelf is None:
        raise NoPlace(
            _("There is no list for texts of this kind yet: an organiser has to make one first.")
        )
    _index, kind = SHELVES[contribution.kind]
    # Whoever puts another page there at this moment waits: two would choose one address.
    parent = Page.objects.select_for_update().get(pk=shelf.pk)
    page = kind(locale_id=shelf.locale_id, slug=_free_slug(content.title, parent), live=False)
    write_page(page, content, by=contribution.author, pictures=pictures_of(contribution))
    parent.add_child(instance=page)
    return page


def pictures_of(contribution: Contribution) -> dict[str, EnvolImage]:
    """By the id that the text knows them by."""
    rows = ContributionPicture.objects.filter(contribution=contribution).select_related("image")
    return {str(row.pk): row.image for row in rows}


def write_page(page: AnyPage, content: Content, *, by: Participant, pictures: Pictures) -> None:
    """Puts the words on the page; what only editors can make keeps its place."""
    page.title = content.title.strip()
    page.author, page.licence = by, content.licence
    page.author_name = content.name.strip()
    photo = pictures.get(content.picture)
    if isinstance(page, ArticlePage):
        page.summary, page.photo = content.summary, photo
        page.body = list(_body(content, _raw(page.body), pictures))
    elif isinstance(page, PortraitPage):
        page.lead, page.photo, page.person = content.summary, photo, by
        known = _Known(_raw(page.answers), "answer")
        page.answers = [_answer(part, known) for part in told_parts(content)]
    else:
        page.summary = content.summary
        page.steps = list(_steps(content, _raw(page.steps), pictures))


def _raw(stream: Any) -> list[Block]:
    return [dict(block) for block in stream.raw_data] if stream else []


def _body(content: Content, before: list[Block], pictures: Pictures) -> Iterator[Block]:
    kept = _Known(before, *{block["type"] for block in before} - {"heading", "text"})
    shown = [block["value"] for block in before if block["type"] == "image"]
    for piece in pieces(content.body):
        match piece.kind:
            case "kept":
                if block := kept.take(piece.value):
                    yield block
            case "picture":
                if piece.value in pictures:
                    yield _block("image", _image(pictures[piece.value], shown))
            case kind:
                yield _block(kind, piece.value)


def _block(kind: str, value: Any, *, id: str = "") -> Block:
    return {"type": kind, "value": value, "id": id or str(uuid4())}


def _image(image: EnvolImage, shown: Iterable[Block] = ()) -> Block:
    """With what an editor said of it where it was `shown`; else as the picture itself says."""
    before = next((value for value in shown if value.get("image") == image.pk), None)
    return before or {"image": image.pk, "decorative": False, "alt_text": image.alt_text}


class _Known:
    """Blocks of these kinds that stand on the page, each to be had once: what a form names may be
    anything."""

    def __init__(self, blocks: Iterable[Block], *kinds: str) -> None:
        self._left = {str(block.get("id")): block for block in blocks if block["type"] in kinds}

    def take(self, id: str) -> Block | None:
        return self._left.pop(id, None)


def _answer(part: Part, known: _Known) -> Block:
    value = {"question": part.heading, "answer": prose(part.text)}
    return _block("answer", value, id=part.block if known.take(part.block) else "")


def _steps(content: Content, before: list[Block], pictures: Pictures) -> Iterator[Block]:
    """What stood behind a step stands behind it again; behind a step that is gone, at the end."""
    known = _Known(before, "step")
    behind = dict(_behind(before))
    yield from behind.get("", [])
    for part in told_parts(content):
        block = known.take(part.block) or {}
        was, id = block.get("value", {}), str(block.get("id", ""))
        picture = pictures.get(part.picture)
        value = {
            **was,
            "heading": part.heading,
            "text": plain(part.text),
            "tip": part.tip,
            "image": _image(picture, [was.get("image") or {}]) if picture else dict(NO_PICTURE),
            "networks": was.get("networks", []),
        }
        yield _block("step", value, id=id)
        yield from behind.pop(id, []) if id else []
    yield from (block for id, left in behind.items() if id for block in left)


def _behind(blocks: Iterable[Block]) -> Iterator[tuple[str, list[Block]]]:
    """The id of each step ("" before the first), with what editors put between it and the next."""
    step, others = "", list[Block]()
    for block in blocks:
        if block["type"] == "step":
            yield step, others
            step, others = str(block.get("id")), []
        else:
            others.append(block)
    yield step, others


def read_page(page: AnyPage, contribution: Contribution, *, before: Content) -> Content:
    """The page as it stands, in its author's way of writing. Pictures that editors chose become
    pictures of the text; what has no words stays a mark of its place."""
    picture = _Pictures(contribution)
    told: dict[str, Any] = {
        "title": page.title,
        "licence": page.licence,
        "name": page.author_name,
        "language": before.language,
        "agrees": before.agrees,
    }
    if isinstance(page, ArticlePage):
        body = "\n\n".join(_words(_raw(page.body), picture))
        return Content(**told, summary=page.summary, body=body, picture=picture.of(page.photo_id))
    if isinstance(page, PortraitPage):
        answers = tuple(_read_answer(block) for block in _raw(page.answers))
        return Content(**told, summary=page.lead, parts=answers, picture=picture.of(page.photo_id))
    steps = [block for block in _raw(page.steps) if block["type"] == "step"]
    parts = tuple(_read_step(block, picture) for block in steps)
    return Content(**told, summary=page.summary, parts=parts, picture=before.picture)


class _Pictures:
    """Images of a page by the id that its text knows them by; new ones are taken up."""

    def __init__(self, contribution: Contribution) -> None:
        self._contribution = contribution
        rows = ContributionPicture.objects.filter(contribution=contribution)
        self._known = {row.image_id: row for row in rows}

    def of(self, image: int | None) -> str:
        if not image:
            return ""
        if image not in self._known:
            if not EnvolImage.objects.filter(pk=image).exists():
                return ""
            self._known[image], _made = ContributionPicture.objects.get_or_create(
                contribution=self._contribution, image_id=image
            )
        return str(self._known[image].pk)


def _words(blocks: Iterable[Block], picture: _Pictures) -> Iterator[str]:
    for block in blocks:
        kind, value = block["type"], block["value"]
        found = picture.of(value.get("image")) if kind == "image" else ""
        if kind == "heading":
            yield f"## {value}"
        elif kind == "text":
            yield _markdown(value)
        elif found:
            yield f"![](picture:{found})"
        else:
            yield f"[[{kind}:{block['id']}]]"


def _markdown(html: str) -> str:
    """Links to pages of this site become their addresses."""
    return markdown_of(expand_db_html(html))


def _read_answer(block: Block) -> Part:
    value = block["value"]
    return Part(
        heading=value["question"],
        text=_markdown(value["answer"]),
        block=block["id"],
    )


def _read_step(block: Block, picture: _Pictures) -> Part:
    value = block["value"]
    return Part(
        heading=value["heading"],
        text=_markdown(value["text"]),
        tip=value.get("tip") or "",
        picture=picture.of((value.get("image") or {}).get("image")),
        block=block["id"],
    )


def _free_slug(title: str, shelf: Page) -> str:
    wanted = slug_of(title.replace("’", "-"))[:80].strip("-") or "texte"
    taken = set(shelf.get_children().values_list("slug", flat=True))
    numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(one for one in numbers if one not in taken)
