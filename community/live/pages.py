"""What the public pages of events show, read in a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.live.clocks import Hours
from community.live.replaying import has_something_to_replay
from community.live.signing_up import Crew, Role, crews_of, roles_of
from community.models import Consent, LiveEvent, Participant

PHASES: Mapping[str, str | Promise] = {
    "before": _("Before"),
    "during": _("During"),
    "after": _("After"),
}


def phase_of(event: LiveEvent, now: datetime) -> str:
    if event.is_over(now):
        return "after"
    return "during" if event.is_live(now) else "before"


@dataclass(frozen=True, slots=True)
class Tips:
    """Those for one phase, a line each; `now` where it is the phase that we are in."""

    phase: str
    label: str | Promise
    lines: Sequence[str]
    now: bool


@dataclass(frozen=True, slots=True)
class Card:
    """An event in a list."""

    event: LiveEvent
    hours: Hours
    phase: str
    live_tweeters: int
    helpers: int


@dataclass(frozen=True, slots=True)
class EventPage:
    event: LiveEvent
    hours: Hours
    phase: str
    tips: Sequence[Tips]
    crews: Mapping[str, Crew]
    mine: frozenset[str]
    """Roles for which the reader signed up."""
    proposer: Participant | None
    doors: Mapping[str, str] = field(default_factory=dict)
    """Addresses of what belongs to the event, by name."""

    @property
    def has_crew(self) -> bool:
        return any(crew.count for crew in self.crews.values())

    @property
    def is_open(self) -> bool:
        """Whether one can still sign up."""
        return self.phase != "after" and not self.event.is_cancelled


def read_event(event: LiveEvent, reader: Participant | None, *, now: datetime) -> EventPage:
    """`event` comes with its proposer and article."""
    phase = phase_of(event, now)
    proposer = event.proposed_by
    return EventPage(
        event=event,
        hours=Hours.of(event),
        phase=phase,
        tips=tips_of(event, phase),
        crews=crews_of(event),
        mine=frozenset(roles_of(event, reader)) if reader else frozenset(),
        proposer=proposer if proposer and proposer.shows else None,
        doors=doors_of(event, phase),
    )


def tips_of(event: LiveEvent, phase: str) -> list[Tips]:
    """Those of the moment first; phases without any are left out."""
    written = {
        "before": event.tips_before,
        "during": event.tips_during,
        "after": event.tips_after,
    }
    found = [
        Tips(
            name,
            label,
            [line.strip() for line in written[name].splitlines() if line.strip()],
            name == phase,
        )
        for name, label in PHASES.items()
    ]
    return sorted((tips for tips in found if tips.lines), key=lambda tips: not tips.now)


def doors_of(event: LiveEvent, phase: str) -> dict[str, str]:
    """What of it can be entered now."""
    names = {
        "room": phase != "after",
        "archive": phase != "before",
        "replay": phase == "after" and has_something_to_replay(event),
        "questions": event.kind == LiveEvent.Kind.TWEETCHAT,
    }
    if event.is_cancelled:
        return {}
    found = {name: _door(name, event) for name, shown in names.items() if shown}
    return {name: address for name, address in found.items() if address}


def _door(name: str, event: LiveEvent) -> str:
    """ "" where no room has entered such a door."""
    try:
        return reverse(f"live:{name}", args=[event.slug])
    except NoReverseMatch:
        return ""


def cards_of(events: Iterable[LiveEvent], now: datetime) -> list[Card]:
    """In one query more; people who want nothing kept aren't counted."""
    found = list(events)
    kept = ~Q(sign_ups__participant__consent=Consent.NOTHING)
    counts: dict[int, dict[str, Any]] = {
        row["pk"]: row
        for row in LiveEvent.objects.filter(pk__in=[event.pk for event in found])
        .order_by()
        .values("pk")
        .annotate(
            tellers=Count("sign_ups", filter=kept & Q(sign_ups__role=Role.LIVE_TWEET)),
            helpers=Count("sign_ups", filter=kept & Q(sign_ups__role=Role.HELP)),
        )
    }
    return [
        Card(
            event,
            Hours.of(event),
            phase_of(event, now),
            counts[event.pk]["tellers"],
            counts[event.pk]["helpers"],
        )
        for event in found
    ]
