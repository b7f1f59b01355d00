"""Which posts belong to a live event: those that bear its hashtag, and what was answered under
them, with the hashtag or without it.

Asked of the rows each time, never kept: an edit, a deletion, a changed consent or a late answer is
simply there at the next look. Two queries, whatever the event, by `moments_of_a_hashtag` and
`posts_of_a_thread`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from community.models import Consent, LiveEvent
from microblog.gateways.base import Visibility
from microblog.models import Connection, Post, PostHashtag
from microblog.networks import Network

EARLY = timedelta(hours=1)
"""People say hello before an event begins."""
OPEN = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)

_FIELDS = {
    "pk": "pk",
    "parent_id": "parent_id",
    "author_id": "author_id",
    "said_at": "said_at",
    "fingerprint": "fingerprint",
    "text": "text",
    "network": "network",
    "visibility": "visibility",
    "deleted_at": "deleted_at",
    "veil": "veil",
    "person_id": "author__link__participant_id",
    "consent": "author__link__participant__consent",
    "embarked_at": "author__link__participant__embarked_at",
    "first_seen_at": "author__link__participant__first_seen_at",
}


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when a post with the hashtag belongs to the event; None is for ever."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """A post without its face: enough to sort, count and fold."""

    pk: int
    parent_id: int | None
    author_id: int
    said_at: datetime
    fingerprint: str
    text: str
    network: str
    visibility: str
    deleted_at: datetime | None
    veil: UUID | None
    person_id: int | None
    consent: str | None
    embarked_at: datetime | None
    first_seen_at: datetime | None
    is_ours: bool

    @property
    def is_kept(self) -> bool:
        """Counts: neither taken back nor private, nor by somebody of whom nothing is kept."""
        is_open = self.deleted_at is None and self.visibility in OPEN
        return is_open and self.consent != Consent.NOTHING

    @property
    def is_shown(self) -> bool:
        """May be read here, with its author's name."""
        return self.is_kept and (self.is_ours or self.consent == Consent.SHOW)

    @property
    def state(self) -> tuple[object, ...]:
        """What changes the look of the post: the same state is drawn once."""
        return (self.pk, self.fingerprint, self.is_shown, self.parent_id, self.veil)

    @property
    def who(self) -> tuple[str, int]:
        """One person, whichever account they speak from."""
        return ("person", self.person_id) if self.person_id else ("account", self.author_id)


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said under one post of the event, oldest first; only what counts."""

    rows: Sequence[Row]

    @property
    def head(self) -> Row:
        return self.rows[0]

    @property
    def answers(self) -> Sequence[Row]:
        return self.rows[1:]

    @property
    def is_shown(self) -> bool:
        return any(row.is_shown for row in self.rows)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        return cls(sorted(rows, key=lambda row: (row.said_at, row.pk)))


@dataclass(frozen=True, slots=True)
class Telling:
    """All that was told about an event: threads, the newest first."""

    threads: Sequence[Thread]

    @property
    def rows(self) -> Sequence[Row]:
        """Every post that counts, oldest first."""
        rows = [row for thread in self.threads for row in thread.rows]
        return sorted(rows, key=lambda row: (row.said_at, row.pk))


def span_of(event: LiveEvent) -> Span:
    """Open at its end, unless another event takes the same hashtag up again."""
    after = LiveEvent.objects.accepted().filter(
        hashtag__iexact=event.hashtag, starts_at__gt=event.starts_at
    )
    following = after.order_by("starts_at").values_list("starts_at", flat=True).first()
    return Span(event.starts_at - EARLY, following - EARLY if following else None)


def read_telling(
    event: LiveEvent, span: Span, *, with_practice: bool = True, latest: int | None = None
) -> Telling:
    """`latest`: only what hangs on so many of the newest posts with the hashtag. `with_practice`:
    whether the reader may read the practice timeline."""
    tagged, roots = _tagged(event, span, latest)
    if not roots:
        return Telling([])
    rows = _read_rows(roots, with_practice=with_practice)
    heads = _heads(rows, tagged)
    folded: dict[int, list[Row]] = {}
    for pk, head in heads.items():
        if head is not None and rows[pk].is_kept:
            folded.setdefault(head, []).append(rows[pk])
    threads = [Thread.of(members) for members in folded.values()]
    newest_first = sorted(threads, key=lambda one: (one.head.said_at, one.head.pk), reverse=True)
    return Telling(newest_first)


def _tagged(event: LiveEvent, span: Span, latest: int | None) -> tuple[set[int], set[int]]:
    """Ids of posts with the hashtag, and of the roots of their threads."""
    found = PostHashtag.objects.filter(bare_name=event.bare_hashtag, said_at__gte=span.since)
    if span.until is not None:
        found = found.filter(said_at__lt=span.until)
    pairs = list(found.order_by("-said_at").values_list("post_id", "post__root_id")[:latest])
    return {pk for pk, _root in pairs}, {root or pk for pk, root in pairs}


def _read_rows(roots: set[int], *, with_practice: bool) -> dict[int, Row]:
    found = Post.objects.filter(Q(pk__in=roots) | Q(root__in=roots)).order_by()
    if not with_practice:
        found = found.exclude(network=Network.PRACTICE)
    ours = Connection.objects.filter(account=OuterRef("author"))
    values = found.annotate(is_ours=Exists(ours)).values_list(*_FIELDS.values(), "is_ours")
    return {row.pk: row for row in (_row(columns) for columns in values)}


def rows_now(pks: Iterable[int]) -> dict[int, Row]:
    """Those of these posts that count at this moment. One query."""
    ours = Connection.objects.filter(account=OuterRef("author"))
    found = Post.objects.filter(pk__in=list(pks)).order_by().annotate(is_ours=Exists(ours))
    rows = map(_row, found.values_list(*_FIELDS.values(), "is_ours"))
    return {row.pk: row for row in rows if row.is_kept}


def _row(columns: Sequence[Any]) -> Row:
    return Row(**dict(zip((*_FIELDS, "is_ours"), columns, strict=True)))


def _heads(rows: Mapping[int, Row], tagged: set[int]) -> dict[int, int | None]:
    """For each post the highest above it from which everything belongs to the event; None for what
    doesn't belong, such as the conversation above a post with the hashtag."""
    heads: dict[int, int | None] = {}
    for pk in rows:
        path = []
        at: int | None = pk
        while at is not None and at in rows and at not in heads and at not in path:
            path.append(at)
            at = rows[at].parent_id
        head = heads.get(at) if at is not None else None
        for step in reversed(path):
            head = head if head is not None else (step if step in tagged else None)
            heads[step] = head
    return heads
