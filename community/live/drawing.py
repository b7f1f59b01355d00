"""Parts of the live room as HTML, each drawn once and known by a digest of what stands in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string

from community.live.belonging import Row, Thread
from community.live.boards import PARTS, digest
from community.live.coverage import Coverage, open_questions
from community.models import LiveEvent
from microblog.models import Post


@dataclass(frozen=True, slots=True)
class Said:
    """A row and its post; None where its author isn't to be shown. `is_late`: after the event."""

    row: Row
    post: Post | None
    is_late: bool

    @classmethod
    def of(cls, row: Row, posts: Mapping[int, Post], event: LiveEvent) -> Self:
        post = posts.get(row.pk) if row.is_shown else None
        return cls(row, post, row.said_at >= event.ends_at)


@dataclass(frozen=True, slots=True)
class Card:
    """A thread as the template folds it."""

    head: Said
    answers: Sequence[Said]
    is_open_question: bool

    @property
    def latest(self) -> Said | None:
        """The newest answer that may be shown."""
        return next((said for said in reversed(self.answers) if said.post), None)


def digest_of(thread: Thread, audience: object, event: LiveEvent) -> str:
    said = [row.state for row in thread.rows]
    return digest(audience, event.time_zone, event.ends_at, said)


def draw_threads(
    event: LiveEvent,
    threads: Sequence[Thread],
    digests: Mapping[int, str],
    *,
    drawn: Mapping[str, str],
) -> dict[str, str]:
    """HTML by digest, in a constant number of queries; what was drawn before is taken as it is."""
    missing = [one for one in threads if digests[one.head.pk] not in drawn]
    posts = fetch_shown(row for thread in missing for row in thread.rows)
    new = {digests[one.head.pk]: _draw(event, one, posts) for one in missing}
    return {name: new.get(name) or drawn[name] for name in digests.values()}


def _draw(event: LiveEvent, thread: Thread, posts: Mapping[int, Post]) -> str:
    said = [Said.of(row, posts, event) for row in thread.rows]
    card = Card(said[0], said[1:], thread.head in open_questions(thread.rows))
    return render_to_string(f"{PARTS}/thread.html", {"card": card, "event": event})


def draw_glance(event: LiveEvent, coverage: Coverage) -> str:
    return render_to_string(f"{PARTS}/glance.html", {"it": coverage, "event": event})


def fetch_shown(rows: Iterable[Row]) -> dict[int, Post]:
    """The posts of those rows that may be shown, with all that a page shows of them."""
    ids = [row.pk for row in rows if row.is_shown]
    posts = list(Post.objects.filter(pk__in=ids).select_related("author", "parent__author"))
    prefetch_related_objects(posts, "media")
    return {post.pk: post for post in posts}
