"""How a live event goes, at a glance: its pace, who is there, and what nobody has answered yet."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from community.live.belonging import Row, Span, Telling
from community.models import Help, LiveEvent, SignUp
from microblog.models import Account, Post

LINE = 30
"""Minutes on the drawn line."""
MINUTE = timedelta(minutes=1)
_QUESTION = re.compile(r"[?？؟](?=[\s»”\"')]|$)")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers alone: they count people who don't want to be shown, too."""

    posts: int
    people: int
    unshown: int
    helpers: int
    questions: Sequence[int]
    first_ever: int
    minutes: int
    silent_minutes: int
    quiet_for: int | None
    last_5: int
    last_15: int
    line: Sequence[int]

    @property
    def open_questions(self) -> int:
        return len(self.questions)

    @property
    def told_minutes(self) -> int:
        return self.minutes - self.silent_minutes

    @property
    def busiest(self) -> int:
        return max(self.line, default=0)

    @property
    def points(self) -> str:
        """For a polyline in a box of 300 × 40."""
        top, step = max(self.busiest, 1), 300 / max(len(self.line) - 1, 1)
        marks = (
            f"{place * step:.0f},{38 - count / top * 36:.0f}"
            for place, count in enumerate(self.line)
        )
        return " ".join(marks)


def cover(event: LiveEvent, telling: Telling, span: Span, *, now: datetime) -> Coverage:
    """Three queries beside the telling."""
    rows = telling.rows
    people = [row for row in rows if not row.is_ours]
    minutes = _length(event, now)
    told = {minute for minute in _minutes_told(people, event) if minute < minutes}
    return Coverage(
        posts=len(rows),
        people=len({row.who for row in people}),
        unshown=sum(not row.is_shown for row in rows),
        helpers=_helpers_present(event, people),
        questions=[row.pk for row in open_questions(rows)],
        first_ever=_first_ever(people, span),
        minutes=minutes,
        silent_minutes=minutes - len(told),
        quiet_for=_quiet_for(event, people, now),
        last_5=_since(people, now - 5 * MINUTE),
        last_15=_since(people, now - 15 * MINUTE),
        line=_line(people, min(now, event.ends_at + LINE * MINUTE)),
    )


def is_question(row: Row) -> bool:
    return not row.is_ours and bool(_QUESTION.search(_ADDRESS.sub("", row.text)))


def open_questions(rows: Iterable[Row]) -> list[Row]:
    """Questions that nobody else has answered."""
    rows = list(rows)
    by_pk = {row.pk: row for row in rows}
    answered = {
        row.parent_id
        for row in rows
        if row.parent_id in by_pk and by_pk[row.parent_id].who != row.who
    }
    return [row for row in rows if row.pk not in answered and is_question(row)]


def _helpers_present(event: LiveEvent, rows: Iterable[Row]) -> int:
    """Who said that they would help and has written, and who helped without a word before."""
    writing = {row.person_id for row in rows if row.person_id}
    promised = SignUp.objects.filter(event=event, role=SignUp.Role.HELP)
    helping = set(promised.values_list("participant_id", flat=True)) & writing
    helped = Help.objects.standing().filter(live_event=event)
    return len(helping | set(helped.values_list("helper_id", flat=True)))


def _first_ever(rows: Iterable[Row], span: Span) -> int:
    """People of whom we had heard nothing before."""
    before = Post.objects.filter(author=OuterRef("pk"), said_at__lt=span.since)
    new = Account.objects.filter(~Exists(before), pk__in={row.author_id for row in rows})
    return new.count()


def _minutes_told(rows: Iterable[Row], event: LiveEvent) -> set[int]:
    """Numbers of the event's minutes in which somebody wrote."""
    within = (row.said_at for row in rows if event.is_live(row.said_at))
    return {(said_at - event.starts_at) // MINUTE for said_at in within}


def _length(event: LiveEvent, now: datetime) -> int:
    """Minutes of the event that are over."""
    return max((min(now, event.ends_at) - event.starts_at) // MINUTE, 0)


def _quiet_for(event: LiveEvent, rows: Sequence[Row], now: datetime) -> int | None:
    """Minutes without a post until now; None unless the event is on."""
    if not event.is_live(now):
        return None
    last = max((row.said_at for row in rows if row.said_at <= now), default=event.starts_at)
    return max((now - max(last, event.starts_at)) // MINUTE, 0)


def _since(rows: Iterable[Row], moment: datetime) -> int:
    return sum(row.said_at > moment for row in rows)


def _line(rows: Iterable[Row], end: datetime) -> list[int]:
    """Posts in each of the last minutes, oldest first."""
    counts = Counter((end - row.said_at) // MINUTE for row in rows if row.said_at <= end)
    return [counts[back] for back in reversed(range(LINE))]
