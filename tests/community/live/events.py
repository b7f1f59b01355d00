"""Short ways to make events; everything that isn't said is ordinary."""

from datetime import datetime, timedelta
from itertools import count

from community.live.changing import as_told, settle_change
from community.live.reminding import plan_reminders
from community.models import LiveEvent
from tests.builders import NOON

_numbers = count(1)


def an_event(*, starts: datetime = NOON, lasts: timedelta = timedelta(hours=1), **fields):
    number = next(_numbers)
    return LiveEvent.objects.create(
        **{
            "title": f"Radio night {number}",
            "hashtag": f"RadioNight{number}",
            "description": "An hour of radio.",
            "starts_at": starts,
            "ends_at": starts + lasts,
            **fields,
        }
    )


def a_reminded_event(*minutes: int, **fields) -> LiveEvent:
    event = an_event(**fields)
    plan_reminders(event, minutes or (24 * 60, 60))
    return event


def proposal_fields(**fields) -> dict[str, str]:
    """What somebody types into the form, in May 2026."""
    return {
        "kind": "live_tweet",
        "title": "La nuit de la radio",
        "description": "Une heure d’écoute ensemble.",
        "hashtag": "#NuitRadio",
        "source_kind": "radio",
        "source_url": "radio.example/nuit",
        "language": "fr",
        "time_zone": "Europe/Paris",
        "day": "2026-06-03",
        "begins": "20:00",
        "ends": "21:30",
    } | fields


def cancel(event: LiveEvent, *, now: datetime) -> None:
    """As an organiser does in the admin."""
    before = as_told(event)
    event.state = LiveEvent.State.CANCELLED
    event.save()
    settle_change(event, before, [24 * 60, 60], now=now)
