"""Which entries of feeds are new, which changed; and what we tell of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from community.models import Consent
from curation.addresses import address_key
from curation.feeds.cleaning import cut, plain
from curation.feeds.reading import Reading
from curation.feeds.values import FeedEntry
from curation.models import Entry, Source
from curation.recording import Found
from curation.topics import says_nothing

OLDEST = timedelta(days=60)
"""What appeared longer before a source was added isn't brought up again."""
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_TEXT = 500, 600, 50_000
MOST_TOPICS, LONGEST_TOPIC = 8, 60

Known = Mapping[tuple[int, str], str]
"""(source, key) → fingerprint."""


@dataclass(frozen=True, slots=True)
class News:
    """An entry to keep, of the source that brought it."""

    source: Source
    entry: FeedEntry
    is_new: bool


def known_entries(readings: Sequence[Reading]) -> Known:
    """One query: of the entries that these feeds hold now, not of all that they ever held."""
    sources = [reading.source.pk for reading in readings]
    keys = {entry.key for reading in readings for entry in _entries(reading)}
    rows = Entry.objects.filter(source__in=sources, key__in=keys)
    return {(pk, key): said for pk, key, said in rows.values_list("source", "key", "fingerprint")}


def compare(reading: Reading, known: Known) -> list[News]:
    """Pure."""
    source, news = reading.source, []
    oldest = source.created_at - OLDEST
    for entry in _entries(reading):
        before = known.get((source.pk, entry.key))
        if before is None and entry.published_at and entry.published_at < oldest:
            continue
        if before != entry.fingerprint and address_key(entry.url):
            news.append(News(source, entry, before is None))
    return news


def found_of(news: News, *, now: datetime) -> Found:
    """Pure."""
    source, entry = news.source, news.entry
    content, summary = plain(entry.content), plain(entry.summary)
    published_at = entry.published_at
    return Found(
        url=entry.url,
        found_at=now,
        title=cut(plain(entry.title), LONGEST_TITLE),
        summary=cut(summary or content, LONGEST_SUMMARY),
        text=(content or summary)[:LONGEST_TEXT],
        language=source.language or entry.language,
        author=entry.author[:300],
        site_name=source.title[:200],
        image_url=entry.image_url,
        published_at=published_at if published_at and published_at <= now else None,
        topics=tuple(_topics(entry)),
        axis=source.axis,
        source_id=source.pk,
        entry_key=entry.key,
        finder_id=_finder(source),
        publishes=source.publishing == Source.Publishing.ITSELF,
    )


def _entries(reading: Reading) -> Sequence[FeedEntry]:
    return reading.feed.entries if reading.feed else ()


def _topics(entry: FeedEntry) -> list[str]:
    named = (topic.strip(" #") for topic in entry.topics)
    telling = (one for one in named if len(one) <= LONGEST_TOPIC and not says_nothing(one))
    return list(dict.fromkeys(telling))[:MOST_TOPICS]


def _finder(source: Source) -> int | None:
    """Whose blog it is, unless they want nothing kept about them."""
    owner = source.owner
    return owner.pk if owner is not None and owner.consent != Consent.NOTHING else None
