"""How what was found is shown: its title, where it leads, the words around what was looked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

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

SOME_TERMS = 8
"""Of the words that fit best, so many are looked at for one that is just what was asked."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`kind`: what it is, in a word or two; `source`: whose it is. `post`: the post itself, whose
    author and place are shown."""

    title: str
    url: str
    text: Sequence[Piece]
    kind: str = ""
    source: str = ""
    language: str = ""
    said_at: datetime | None = None
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A word of the lexicon that is what was asked for."""

    term: str
    short: str
    url: str
    language: str = ""
    pk: int = field(default=0)


def hits_of(
    slices: Mapping[Facet, Sequence[int]], query: str, request: HttpRequest
) -> dict[Facet, list[Hit]]:
    """In the order of the ids; four queries at most."""
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
    rows = PageWords.objects.filter(page__in=pks).select_related("page__locale")
    return {
        row.pk: Hit(
            title=row.title,
            url=row.page.get_url(request) or "",
            text=excerpt(row.text, query),
            kind=_kind(row.page),
            language=row.language,
        )
        for row in rows
    }


def _kind(page: Page) -> str:
    model = page.specific_class or type(page)
    return capfirst(str(model._meta.verbose_name))


def _items(pks: Sequence[int], query: str) -> dict[int, Hit]:
    """The words of whoever put it forward come before its own."""
    if not pks:
        return {}
    sentences = dict(Pick.objects.filter(item__in=pks).values_list("item_id", "sentence"))
    return {
        item.pk: Hit(
            title=str(item),
            url=reverse("curation:item", args=[item.pk]),
            text=excerpt(sentences.get(item.pk) or item.summary, query),
            source=item.site_name,
            language=item.language,
            said_at=item.shown_at,
        )
        for item in Item.objects.filter(pk__in=pks)
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


def answer_to(query: str, words: Iterable[int], request: HttpRequest) -> Answer | None:
    """The word that is spelled like that, whatever the accents. One query."""
    wanted, pks = bare_words(query), list(words)[:SOME_TERMS]
    if not pks:
        return None
    terms = TermPage.objects.filter(pk__in=pks).select_related("locale").defer("body")
    for term in sorted(terms, key=lambda one: pks.index(one.pk)):
        if wanted in map(bare_words, term.spellings):
            url = term.get_url(request) or ""
            return Answer(term.title, term.short, url, term.locale.language_code, term.pk)
    return None
