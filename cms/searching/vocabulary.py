"""The words that a MOOC's pages and readings say, for guessing what was meant.

Kept by the step `index`, in one row for each MOOC; a process remembers the latest. Members' posts
are left out: their words go when they say so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID, uuid4

from django.utils import timezone
from wagtail.models import Site

from cms.models import SearchVocabulary, TermPage
from cms.searching.showing import shown_pages
from cms.searching.sounding import sound_of
from community.moocs import bare_words
from curation.models import ItemTopic
from curation.reading import shown_items

MOST_WORDS = 16_000
"""Of one MOOC; the rarest are left out."""
MOST_TEXTS = 5_000
"""Of each kind, the latest."""
AT_ONCE = 200
SHORTEST, LONGEST = 3, 30
CALM = timedelta(minutes=5)
"""So long at least before what has changed is read again."""
OLD = timedelta(hours=6)
"""Then it is read again whatever has changed: pages may be closed without being saved."""
_SIGNS = ".,;:!?…«»“”\"'’()[]{}#@*·"
_APART = str.maketrans(dict.fromkeys("'’-–—/·=_…", " "))


@dataclass(frozen=True, slots=True)
class Said:
    """A word: as it is written most often, how it sounds, in how many places it stands."""

    written: str
    sound: str
    times: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Of one MOOC: by language, bare word → what is known of it."""

    said: dict[str, dict[str, Said]]

    @property
    def languages(self) -> list[str]:
        return sorted(self.said)

    def words(self, language: str) -> dict[str, Said]:
        return self.said.get(language, {})


def vocabulary_of(site_id: int) -> Vocabulary:
    """One query; two where it was read anew meanwhile. What no step has read yet is read here."""
    versions = SearchVocabulary.objects.filter(site=site_id).values_list("version", flat=True)
    version = versions.first() or read_vocabulary(site_id, now=timezone.now())
    return _remembered(version)


@lru_cache(maxsize=8)
def _remembered(version: UUID) -> Vocabulary:
    rows = SearchVocabulary.objects.filter(version=version).values_list("words", flat=True)
    said: dict[str, dict[str, Said]] = {}
    for language, bare, written, sound, times in rows.first() or []:
        said.setdefault(language, {})[bare] = Said(written, sound, times)
    return Vocabulary(said)


def words_changed() -> None:
    SearchVocabulary.objects.filter(is_stale=False).update(is_stale=True)


def renew_vocabularies(now: datetime) -> int:
    """Of the first MOOC whose words have changed, or that was never read. How many were read."""
    fresh = SearchVocabulary.objects.filter(read_at__gt=now - CALM) | (
        SearchVocabulary.objects.filter(is_stale=False, read_at__gt=now - OLD)
    )
    site = Site.objects.exclude(pk__in=fresh.values("site")).order_by("pk").first()
    if site is None:
        return 0
    read_vocabulary(site.pk, now=now)
    return 1


def read_vocabulary(site_id: int, *, now: datetime) -> UUID:
    """A constant number of queries for so many texts; the version."""
    said: Counter[tuple[str, str]] = Counter()
    for language, text in _texts(site_id):
        said.update((language, word) for word in _words(text))
    version = uuid4()
    SearchVocabulary.objects.update_or_create(
        site_id=site_id,
        defaults={
            "version": version,
            "words": _rows(said),
            "is_stale": False,
            "read_at": now,
        },
    )
    return version


def _texts(site_id: int) -> Iterator[tuple[str, str]]:
    """Language, text: of what everybody may read."""
    pages = shown_pages(Site.objects.get(pk=site_id)).order_by("-pk")
    for row in pages[:MOST_TEXTS].iterator(AT_ONCE):
        yield row.language, f"{row.title} {row.text}"
    terms = TermPage.objects.filter(pk__in=pages.values("page")).select_related("locale")
    for term in terms[:MOST_TEXTS]:
        yield term.locale.language_code, term.variants
    items = shown_items(site_id).only("language", "title", "summary")
    for item in items.order_by("-shown_at", "-pk")[:MOST_TEXTS].iterator(AT_ONCE):
        yield item.language[:2], f"{item.title} {item.summary}"
    topics = ItemTopic.objects.filter(site=site_id, shown_at__isnull=False)
    for language, name in topics.values_list("language", "tag__name").distinct()[:MOST_TEXTS]:
        yield language[:2], name


def _words(text: str) -> Iterable[str]:
    """Each once, with what sentences put around it taken off."""
    return {word.strip(_SIGNS) for word in text.translate(_APART).split()}


def _rows(said: Counter[tuple[str, str]]) -> list[tuple[str, str, str, str, int]]:
    """Spellings that differ in accents and case alone are one word, the most usual one's."""
    rows: dict[tuple[str, str], tuple[str, int]] = {}
    for (language, word), times in said.most_common():
        bare = bare_words(word)
        if SHORTEST <= len(bare) <= LONGEST and bare.isalpha():
            written, before = rows.get((language, bare), (word.lower(), 0))
            rows[language, bare] = (written, before + times)
    kept = sorted(rows.items(), key=lambda row: -row[1][1])[:MOST_WORDS]
    return [
        (language, bare, written, sound_of(bare), times)
        for (language, bare), (written, times) in kept
    ]
