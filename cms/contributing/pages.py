"""The page that a text becomes, and a page read as its author's text again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail.rich_text import expand_db_html

from cms.blocks import PLACES
from cms.contributing.content import Content, Part, told_parts
from cms.contributing.markdown import pieces
from cms.contributing.page_blocks import (
    Block,
    Known,
    Pictures,
    answers,
    image_value,
    new_block,
    raw,
    steps,
)
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
from community.models import Participant
from community.slugs import slug_of

Kind = Contribution.Kind
AnyPage = ArticlePage | TutorialPage | PortraitPage
SHELVES: Mapping[str, tuple[type[Page], type[Page]]] = {
    Kind.ARTICLE: (ArticleIndexPage, ArticlePage),
    Kind.TUTORIAL: (TutorialIndexPage, TutorialPage),
    Kind.PORTRAIT: (PortraitIndexPage, PortraitPage),
}


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
        page.body = list(_body(content, raw(page.body), pictures))
    elif isinstance(page, PortraitPage):
        page.lead, page.photo, page.person = content.summary, photo, by
        page.answers = list(answers(content, raw(page.answers)))
    else:
        page.summary = content.summary
        page.steps = list(steps(content, raw(page.steps), pictures))


def _body(content: Content, before: list[Block], pictures: Pictures) -> Iterator[Block]:
    kept = Known(before, *{block["type"] for block in before} - {"heading", "text"})
    shown = [block["value"] for block in before if block["type"] == "image"]
    for piece in pieces(content.body):
        match piece.kind:
            case "kept":
                if block := kept.take(piece.value):
                    yield block
            case "picture":
                if piece.value in pictures:
                    yield new_block("image", image_value(pictures[piece.value], shown))
            case kind:
                yield new_block(kind, piece.value)


def with_its_blocks(page: AnyPage, contribution: Contribution, content: Content) -> Content:
    """What was written on the page: each part knows now which block of it it is, and what editors
    say there for each network."""
    read, told = iter(read_page(page, contribution, before=content).parts), told_parts(content)
    parts = tuple(
        replace(part, block=one.block, places=one.places)
        if part in told and (one := next(read, None))
        else part
        for part in content.parts
    )
    return replace(content, parts=parts)


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
        body = "\n\n".join(_words(raw(page.body), picture))
        return Content(**told, summary=page.summary, body=body, picture=picture.of(page.photo_id))
    if isinstance(page, PortraitPage):
        parts = tuple(_read_answer(block) for block in raw(page.answers))
        return Content(**told, summary=page.lead, parts=parts, picture=picture.of(page.photo_id))
    blocks = [block for block in raw(page.steps) if block["type"] == "step"]
    parts = tuple(_read_step(block, picture) for block in blocks)
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
        places="\n".join(_read_places(value.get("networks") or ())),
    )


def _read_places(places: Iterable[Any]) -> Iterator[str]:
    names = dict(PLACES)
    for told in _places(places):
        if network := told.get("network"):
            yield f"{names.get(network, network)}: {_markdown(told['text'])}"


def _places(places: Iterable[Any]) -> list[Block]:
    """As Wagtail keeps a list: each with its id around it."""
    return [place.get("value", place) for place in places]


def step_as_read(value: Block) -> tuple[Any, ...]:
    """What readers find in a step. Its HTML differs whenever somebody saves its page: Wagtail's
    editor puts keys in it."""
    image = value.get("image") or {}
    shown = (image.get("image"), image.get("alt_text") or "", bool(image.get("decorative")))
    places = [
        (place.get("network"), *step_as_read(place))
        for place in _places(value.get("networks") or ())
    ]
    tip, text = value.get("tip") or "", _markdown(value.get("text") or "")
    return value.get("heading"), text, tip, shown, places


def _free_slug(title: str, shelf: Page) -> str:
    wanted = slug_of(title.replace("’", "-"))[:80].strip("-") or "texte"
    taken = set(shelf.get_children().values_list("slug", flat=True))
    numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(one for one in numbers if one not in taken)
