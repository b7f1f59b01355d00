"""A search: what was asked, what is found under each facet, and what else may have been meant.

A constant number of queries, whatever there is to find.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Self
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from wagtail.models import Site

from cms.searching.engine import Kind, best, mark_of_site, nearest, newest
from cms.searching.facets import Facet, read_facet
from cms.searching.guessing import guess
from cms.searching.hits import Answer, Hit, hits_of
from cms.searching.showing import keep_posts, sort_pages
from community.live.audiences import may_read_practice
from community.models import MoocSettings
from curation import searching as items
from curation.searching import terms_of

LONGEST_QUERY = 100
MOST_COUNTED = 100
"""More are said to be more."""
A_FEW = 4
"""Of each kind, where everything is shown."""
ON_A_PAGE = 10
FEW = 3
"""So few are found that something else may have been meant."""
ANY = "any"

Matches = Mapping[Facet, Sequence[int]]
Way = Literal["asked", "meant", "some", "elsewhere"]
"""As asked; for the words that were meant; some of the words only; in another language."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for; `number`: of the page, from 1."""

    query: str = ""
    facet: Facet = Facet.EVERYTHING
    any_language: bool = False
    number: int = 1

    @classmethod
    def read(cls, sent: QueryDict) -> Self:
        query = " ".join(sent.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY].strip()
        number = sent.get("page", "")
        return cls(
            query=query,
            facet=read_facet(sent.get("in", "")),
            any_language=sent.get("language") == ANY,
            number=int(number) if number.isdecimal() and 0 < len(number) < 4 else 1,
        )

    @property
    def is_askable(self) -> bool:
        """Whether there is a word in it, not signs alone."""
        return bool(terms_of(self.query))

    @property
    def address(self) -> str:
        told = {
            "q": self.query,
            "in": self.facet.value,
            "language": ANY if self.any_language else "",
            "page": str(self.number) if self.number > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in told.items() if value})

    def but(self, **changes: object) -> Self:
        """On its first page, unless told otherwise."""
        return replace(self, **{"number": 1, **changes})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Group:
    """What is shown of one facet."""

    facet: Facet
    count: str
    hits: Sequence[Hit]
    more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """`meant`: other words that find something, or more; `shown_for`: the words that the results
    are for; `way`: how these were found."""

    groups: Sequence[Group] = ()
    counts: Mapping[Facet, int] = field(default_factory=dict)
    answer: Answer | None = None
    meant: str = ""
    shown_for: str = ""
    way: "Way" = "asked"
    older: int = 0
    newer: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def shows_something(self) -> bool:
        return bool(self.groups or self.answer)


def said(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def find(wish: Wish, *, site: Site, request: HttpRequest) -> Found:
    if not wish.is_askable:
        return Found()
    matches = _match(wish, site, request)
    total = sum(map(len, matches.values()))
    if total >= FEW:
        return _shown(wish, wish.query, matches, request)
    meant = guess(wish.query, site_id=site.pk, language=get_language() or "")
    if total:
        return _shown(wish, wish.query, matches, request, meant=meant)
    for way, query, found in _other_ways(wish, meant, site, request):
        if any(found.values()):
            return _shown(wish, query, found, request, meant=meant, way=way)
    return Found()


def _other_ways(
    wish: Wish, meant: str, site: Site, request: HttpRequest
) -> Iterator[tuple[Way, str, Matches]]:
    """What else may help whoever finds nothing, the nearest first: with the words to show."""
    if meant:
        yield "meant", meant, _match(wish.but(query=meant), site, request)
    query = meant or wish.query
    if len(terms_of(query)) > 1:
        yield "some", query, _match_some(wish.but(query=query), site)
    if not wish.any_language:
        yield "elsewhere", query, _match_some(wish.but(query=query, any_language=True), site)


def _match_some(wish: Wish, site: Site) -> Matches:
    """Of pages and readings; posts are too short for half a question."""
    language = "" if wish.any_language else get_language() or ""
    found: dict[Facet, Sequence[int]] = {}
    if pages := nearest(Kind.PAGES, wish.query):
        found |= sort_pages(pages, site=site, language=language)
    if read := items.search(wish.query, site_id=site.pk, language=language, some=True):
        found[Facet.READING] = read
    return found


def _match(wish: Wish, site: Site, request: HttpRequest) -> Matches:
    language = "" if wish.any_language else get_language() or ""
    found: dict[Facet, Sequence[int]] = {}
    if pages := best(Kind.PAGES, wish.query):
        found |= sort_pages(pages, site=site, language=language)
    if read := items.search(wish.query, site_id=site.pk, language=language):
        found[Facet.READING] = read
    if posts := newest(Kind.POSTS, wish.query, marks=[mark_of_site(site.pk)]):
        found[Facet.POSTS] = keep_posts(
            posts,
            mooc=MoocSettings.for_request(request),
            site=site,
            language=language,
            with_practice=may_read_practice(request),
        )
    return found


def _shown(
    wish: Wish,
    query: str,
    matches: Matches,
    request: HttpRequest,
    *,
    meant: str = "",
    way: Way = "asked",
) -> Found:
    in_order = [facet for facet in Facet if matches.get(facet)]
    wanted = in_order if wish.facet is Facet.EVERYTHING else [wish.facet]
    start, most = 0, A_FEW
    if wish.facet is not Facet.EVERYTHING:
        start, most = (wish.number - 1) * ON_A_PAGE, ON_A_PAGE
    slices = {facet: matches.get(facet, ())[start : start + most] for facet in wanted}
    hits = hits_of(slices, query, request)
    groups = [
        Group(
            facet=facet,
            count=said(len(matches.get(facet, ()))),
            hits=hits[facet],
            more=len(matches.get(facet, ())) > start + most,
        )
        for facet in wanted
        if hits.get(facet)
    ]
    is_single = wish.facet is not Facet.EVERYTHING
    answers = (hit.answer for hit in hits.get(Facet.WORDS, ()) if hit.answer)
    return Found(
        groups=groups,
        counts={facet: len(matches[facet]) for facet in in_order},
        answer=next(answers, None) if wish.number == 1 else None,
        meant=meant,
        shown_for=query,
        way=way,
        older=wish.number + 1 if is_single and groups and groups[0].more else 0,
        newer=wish.number - 1 if is_single else 0,
    )
