"""The wall: the newest posts of a live event in huge letters, and what moderators decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string

from community.live.belonging import Row, read_telling, span_of
from community.live.boards import (
    PARTS,
    Audience,
    Look,
    Place,
    digest,
    find_board,
    find_parts,
    hang,
    share_look,
)
from community.live.drawing import fetch_shown
from community.models import LiveEvent, User, WallDecision
from microblog.models import Post

WALL = Place(name="wall", items="wall-posts", item="slip", aside="wall-pinned")
POSTS = 7
TO_MODERATE = 60
LATEST = 200
STAYS_UP = timedelta(hours=12)
"""After the event: a wall may hang in a hall until the evening."""

Verdict = WallDecision.Verdict


@dataclass(frozen=True, slots=True)
class Rules:
    """What all decisions about one wall come to."""

    hidden: frozenset[int] = frozenset()
    chosen: frozenset[int] = frozenset()
    pinned: int | None = None
    approved_only: bool = False

    def lets(self, row: Row) -> bool:
        """Onto the wall; people's own consent comes first, and a riddle's answer stays a secret."""
        if not row.is_shown or row.veil or row.pk in self.hidden:
            return False
        return row.pk in self.chosen or not (self.approved_only or row.is_ours)


@dataclass(frozen=True, slots=True)
class Slip:
    """A post as moderators see it."""

    post: Post
    is_up: bool
    is_hidden: bool
    is_chosen: bool
    is_pinned: bool
    decision: WallDecision | None


def rules_of(event: LiveEvent) -> Rules:
    """One query; of several decisions the latest holds."""
    hidden: dict[int, bool] = {}
    pinned, approved_only = None, False
    rows = WallDecision.objects.filter(event=event).order_by("pk")
    for verdict, post in rows.values_list("verdict", "post_id"):
        if verdict in (Verdict.HIDE, Verdict.SHOW):
            hidden[post] = verdict == Verdict.HIDE
            pinned = None if hidden[post] and post == pinned else pinned
        elif verdict in (Verdict.PIN, Verdict.UNPIN):
            pinned = post if verdict == Verdict.PIN else None
        else:
            approved_only = verdict == Verdict.APPROVED_ONLY
    return Rules(
        hidden=frozenset(pk for pk, is_hidden in hidden.items() if is_hidden),
        chosen=frozenset(pk for pk, is_hidden in hidden.items() if not is_hidden),
        pinned=pinned,
        approved_only=approved_only,
    )


def decide(
    event: LiveEvent, verdict: WallDecision.Verdict, *, post: Post | None, by: User, now: datetime
) -> WallDecision:
    """Write down who decides what; what holds already isn't written again."""
    with transaction.atomic():
        LiveEvent.objects.select_for_update().get(pk=event.pk)
        about = WallDecision.objects.filter(event=event, post=post)
        last = about.filter(verdict__in=_opposites(verdict)).order_by("pk").last()
        if last and last.verdict == verdict and verdict != Verdict.PIN:
            return last
        return WallDecision.objects.create(
            event=event, verdict=verdict, post=post, by=by, decided_at=now
        )


def _opposites(verdict: WallDecision.Verdict) -> Sequence[WallDecision.Verdict]:
    pairs = [
        (Verdict.HIDE, Verdict.SHOW),
        (Verdict.PIN, Verdict.UNPIN),
        (Verdict.APPROVED_ONLY, Verdict.EVERYTHING),
    ]
    return next(pair for pair in pairs if verdict in pair)


def look_at_wall(slug: str, audience: Audience, *, now: datetime) -> Look:
    """Cheap where somebody has just looked. Raises LiveEvent.DoesNotExist."""

    def read(last: Look | None) -> Look:
        return _read(slug, audience, last, now)

    return share_look(f"wall:{slug}:{audience}", read, now=now)


def _read(slug: str, audience: Audience, last: Look | None, now: datetime) -> Look:
    event = LiveEvent.objects.accepted().get(slug=slug)
    rules, rows = rules_of(event), _newest(event, audience)
    up = [row for row in rows if rules.lets(row) and row.pk != rules.pinned][:POSTS]
    pinned = [row for row in rows if row.pk == rules.pinned and row.is_shown and not row.veil]
    seen = digest(event.pk, event.changed_at, [row.state for row in (*up, *pinned)])
    board = find_board(last.token) if last and last.seen == seen else None
    if board is None:
        posts = fetch_shown([*up, *pinned])
        names = {row.pk: digest(event.time_zone, audience, row.pk, row.fingerprint) for row in up}
        before = find_parts(last.token) if last else {}
        parts = {
            names[row.pk]: before.get(names[row.pk]) or _draw(posts[row.pk], event)
            for row in up
            if row.pk in posts
        }
        aside = "".join(_draw(posts[row.pk], event) for row in pinned if row.pk in posts)
        board = hang(("wall", event.pk, audience), names, parts, aside=aside)
    return Look(board.token, seen, now, event.ends_at + STAYS_UP)


def _newest(event: LiveEvent, audience: Audience) -> list[Row]:
    span = span_of(event)
    telling = read_telling(event, span, with_practice=audience.with_practice, latest=LATEST)
    return list(reversed(telling.rows))


def _draw(post: Post, event: LiveEvent) -> str:
    return render_to_string(f"{PARTS}/slip.html", {"post": post, "event": event})


def slips_of(event: LiveEvent, audience: Audience) -> tuple[Rules, list[Slip], str]:
    """For moderators, newest first, with a digest of it all; a constant number of queries."""
    rules = rules_of(event)
    rows = [row for row in _newest(event, audience) if row.is_shown][:TO_MODERATE]
    posts = fetch_shown(rows)
    decisions = WallDecision.objects.filter(event=event, post__in=posts).select_related("by")
    latest = {decision.post_id: decision for decision in decisions.order_by("pk")}
    slips = [
        Slip(
            post=posts[row.pk],
            is_up=rules.lets(row) or (row.pk == rules.pinned and not row.veil),
            is_hidden=row.pk in rules.hidden,
            is_chosen=row.pk in rules.chosen,
            is_pinned=row.pk == rules.pinned,
            decision=latest.get(row.pk),
        )
        for row in rows
        if row.pk in posts
    ]
    said = [row.state for row in rows]
    return rules, slips, digest(event.pk, rules, said, [one.pk for one in latest.values()])


def may_be_put_up(event: LiveEvent, pk: int) -> bool:
    """Whether a post belongs to the event and its author agrees to be shown."""
    telling = read_telling(event, span_of(event))
    return any(row.pk == pk and row.is_shown for row in telling.rows)
