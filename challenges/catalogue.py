"""All challenges as the engine reads them: plain values, one challenge for all its languages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from uuid import UUID

from wagtail.models import Page
from wagtail.query import PageQuerySet

from challenges.levels import Level, merged, read_levels
from challenges.models.kinds import MiniChallengePage, PhotoRiddlePage
from challenges.models.pages import ChallengePage
from community.sites import SiteMap
from microblog.hashtags import bare, normalised

KINDS: Sequence[type[ChallengePage]] = (PhotoRiddlePage, MiniChallengePage)


@dataclass(frozen=True, slots=True)
class Edition:
    """A challenge in one language; `url` is absolute."""

    page_id: int
    language: str
    title: str
    url: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge in all its public languages, the oldest page first.

    hashtags: its own, of all languages, to compare with `bare(post.hashtags)`; families: the names
    of its tags; site_id: of its MOOC, None where there is one only.
    """

    key: UUID
    editions: tuple[Edition, ...]
    hashtags: frozenset[str]
    families: tuple[str, ...]
    is_open: bool
    is_riddle: bool
    is_revealed: bool
    site_id: int | None = None

    def edition(self, language: str) -> Edition:
        """In this language ("fr-BE" is "fr"), else the first."""
        wanted = language.partition("-")[0].casefold()
        return next((one for one in self.editions if one.language == wanted), self.editions[0])

    def is_linked_by(self, address: str) -> bool:
        """Whether a link leads to one of its pages, however it is decorated."""
        place = _place(address)
        return bool(place) and any(place == _place(edition.url) for edition in self.editions)


def open_challenges() -> list[Challenge]:
    """All that are live and not closed, in a constant number of queries."""
    return [challenge for challenge in all_challenges() if challenge.is_open]


def all_challenges() -> list[Challenge]:
    """All that are live, closed ones too."""
    return _grouped(page for kind in KINDS for page in _read(kind).live())


def open_hashtags() -> frozenset[str]:
    """The own hashtags of all challenges that people may still answer, normalised. One query."""
    fields = ChallengePage.objects.live().filter(closed_at=None).values_list("hashtags", flat=True)
    return normalised(fields)


def challenge_of(page: ChallengePage) -> Challenge:
    """The challenge that this page is an edition of, even where nothing of it is live."""
    specific = page.specific_class
    pages = list(_read(specific).filter(translation_key=page.translation_key))
    return _grouped([one for one in pages if one.live] or pages)[0]


def page_address(page: Page, sites: SiteMap | None = None) -> str:
    """Absolute, under its own MOOC's address whatever the request; "" where the page belongs to no
    site. `sites` is read once for many."""
    parts = page.get_url_parts()
    if not parts or not parts[2]:
        return ""
    return f"{(sites or SiteMap.read()).base_url(parts[0])}{parts[2]}"


def _read(kind: type[ChallengePage]) -> PageQuerySet[ChallengePage]:
    return (
        kind.objects.select_related("locale").prefetch_related("tagged_items__tag").order_by("pk")
    )


def _grouped(pages: Iterable[ChallengePage]) -> list[Challenge]:
    families: dict[UUID, list[ChallengePage]] = defaultdict(list)
    for page in pages:
        families[page.translation_key].append(page)
    sites = SiteMap.read()
    return [_challenge(family, sites) for family in families.values()]


def _challenge(family: list[ChallengePage], sites: SiteMap) -> Challenge:
    riddles = [page for page in family if isinstance(page, PhotoRiddlePage)]
    answers = merged(riddle.answers for riddle in riddles)
    near_misses = merged(riddle.near_misses for riddle in riddles)
    tags = (item.tag.name for page in family for item in page.tagged_items.all())
    return Challenge(
        key=family[0].translation_key,
        editions=tuple(
            Edition(
                page_id=page.pk,
                language=page.locale.language_code,
                title=page.title,
                url=page_address(page, sites),
                levels=tuple(read_levels(page.levels, answers=answers, near_misses=near_misses)),
            )
            for page in family
        ),
        hashtags=bare(normalised(page.hashtags for page in family)),
        families=tuple(dict.fromkeys(tags)),
        is_open=all(page.closed_at is None for page in family),
        is_riddle=bool(riddles),
        is_revealed=any(riddle.revealed_at for riddle in riddles),
        site_id=sites.site_of(family[0]),
    )


def _place(address: str) -> tuple[str, str] | None:
    """Host and path, without what people and networks add to a link."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return None
    return (host + port, unquote(parts.path).rstrip("/")) if host else None
