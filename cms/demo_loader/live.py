"""Live events to come: two on the calendar, one that a newcomer proposes."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.people import person_behind
from cms.demo_loader.reading import Demo, Fields
from community.live.clocks import exact
from community.live.proposing import propose
from community.live.reminding import plan_reminders
from community.live.signing_up import Role, toggle_sign_up
from community.models import LiveEvent

WORDS = (
    "title",
    "hashtag",
    "kind",
    "source_kind",
    "source_url",
    "language",
    "time_zone",
    "description",
    "tips_before",
    "tips_during",
    "tips_after",
)


def load_live(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many are new. After the people who propose and sign up."""
    events = demo.live_events
    return sum(ledger.load(f"event:{one['key']}", _event, one, ledger, now) for one in events)


def _event(fields: Fields, ledger: Ledger, now: datetime) -> LiveEvent:
    """A proposal of somebody who isn't there (any more) is announced like the others."""
    event = LiveEvent(**{name: fields[name].strip() for name in WORDS if name in fields})
    event.starts_at, event.ends_at = (_moment(fields, name, now) for name in ("at", "until"))
    proposer = person_behind(ledger, fields.get("proposed_by"))
    if proposer is not None:
        return propose(event, by=proposer)
    event.save()
    plan_reminders(event)
    for handle, roles in fields.get("sign_ups", {}).items():
        person = person_behind(ledger, handle)
        if person is not None:
            for role in roles:
                toggle_sign_up(event, person, Role(role), now=now)
    return event


def _moment(fields: Fields, name: str, now: datetime) -> datetime:
    day = now.astimezone(ZoneInfo(fields["time_zone"])).date() + timedelta(days=fields["in_days"])
    return exact(datetime.combine(day, time.fromisoformat(fields[name])), fields["time_zone"])
