"""How what was found is shown: its title, where it leads, the words around what was looked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.models import Page

from cms.models import PageWords, TermPage
from cms.searching.facets import OF_PAGES, Facet
from cms.searching.marking import Piece, excerpt
from community.moocs import bare_words
from curation.models import Item, Pick
from microblog.models import Post


@dataclass(frozen=True, slots=True)
class Hit:
    """`kind`: what it is, in a word or two; `source`: whose it is. `post`: the post itself, whose
    author and place are shown. `answer`: it is the very word that was asked."""

    title: str
    url: str
    text: Sequence[Piece]
    kind: str = ""
    source: str = ""
    language: str = ""
    said_at: datetime | None = None
    post: Post | None = None
    answer: "Answer | None" = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A word of the lexicon that is what was asked for."""

    term: str
    short: str
    url: str
    language: str


def hits_of(
    slices: Mapping[Facet, Sequence[int]], query: str, request: HttpRequest
) -> dict[Facet, list[Hit]]:
    """In the order of the ids; three queries at most."""
    pages = _pages([pk for facet in OF_PAGES for pk in slices.get(facet, ())], query, request)
    items = _items(slices.get(Facet.READING, ()), query)
    posts = _posts(slices.get(Facet.POSTS, ()), query)
    found = dict.fromkeys(OF_PAGES, pages) | {Facet.READING: items, Facet.POSTS: posts}
    return {
        facet: [found[facet][pk] for pk in pks if pk in found[facet]]
        for facet, pks in slices.items()
    }


def _pages(pks: Sequence[int], query: str, request: HttpRequest) -> dict[int, Hit]:
    if not pks:
        return {}
    rows = PageWords.objects.filter(page__in=pks)
    rows = rows.select_related("page__locale", "page__termpage").defer("page__termpage__body")
    return {row.pk: _page(row, query, request) for row in rows}


def _page(row: PageWords, query: str, request: HttpRequest) -> Hit:
    url = row.page.get_url(request) or ""
    return Hit(
        title=row.title,
        url=url,
        text=excerpt(row.text, query),
        kind=_kind(row.page),
        language=row.language,
        answer=_answer(row, url, query),
    )


def _kind(page: Page) -> str:
    model = page.specific_class or type(page)
    return capfirst(str(model._meta.verbose_name))


def _items(pks: Sequence[int], query: str) -> dict[int, Hit]:
    """The words of whoever put it forward come before its own."""
    if not pks:
        return {}
    picks = Pick.objects.filter(item=OuterRef("pk")).values("sentence")[:1]
    items: Any = Item.objects.filter(pk__in=pks).annotate(sentence=Subquery(picks))
    return {
        item.pk: Hit(
            title=str(item),
            url=reverse("curation:item", args=[item.pk]),
            text=excerpt(item.sentence or item.summary, query),
            source=item.site_name,
            language=item.language,
            said_at=item.shown_at,
        )
        for item in items
    }


def _posts(pks: Sequence[int], query: str) -> dict[int, Hit]:
    """A content warning stands for what it warns of."""
    if not pks:
        return {}
    return {
        post.pk: Hit(
            title=post.author.name,
            url="",
            text=excerpt(post.content_warning or post.text, query),
            language=post.language,
            said_at=post.said_at,
            post=post,
        )
        for post in Post.objects.filter(pk__in=pks).select_related("author")
    }


def _answer(row: PageWords, url: str, query: str) -> Answer | None:
    """The word that is spelled like that, whatever the accents."""
    term: TermPage | None = getattr(row.page, "termpage", None)
    if term is None or bare_words(query) not in map(bare_words, term.spellings):
        return None
    return Answer(term.title, term.short, url, row.language)
