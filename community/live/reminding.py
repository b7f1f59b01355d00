"""Reminders: on every connection, once each, while they are of use, and never in the quiet hours.

The step `remind` promises those whose moment has come, then tells the people who signed up, once
the reminder is said here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from community.live.clocks import local_words, place_of
from community.live.places import address_of
from community.manners import next_waking
from community.models import LiveEvent, MoocSettings, Reminder
from community.moocs import Moocs
from microblog.composing import compose, hashtag_line
from microblog.models import Connection, OutboxPost
from microblog.models.outbox import OutboxQuerySet
from microblog.promising import enqueue_posts
from microblog.steps import Backlog

Before = Reminder.Before
USUAL = (Before.DAY, Before.HOUR)
BATCH = 50
LONGEST = timedelta(minutes=max(Before.values))
SOON = timedelta(hours=2)
"""From then on the hour matters, not the day."""


def plan_reminders(event: LiveEvent, minutes_before: Iterable[int] = USUAL) -> None:
    """The event has these reminders from now on; those that it had keep what was said."""
    wanted = set(minutes_before)
    Reminder.objects.filter(event=event).exclude(minutes_before__in=wanted).delete()
    Reminder.objects.bulk_create(
        [Reminder(event=event, minutes_before=minutes) for minutes in wanted],
        ignore_conflicts=True,
    )


def promise_reminders(now: datetime) -> int:
    """Put the reminders whose moment has come in the outbox; returns how many moved."""
    due = _due(now)
    if not due:
        return 0
    moocs, voices = Moocs.read(), list(Connection.objects.enabled())
    promised = 0
    for reminder in due:
        mooc = moocs.of_site(reminder.event.site_id)
        promised += _promise(reminder, moocs.voices_of(mooc, voices), mooc, now)
    return promised


def backlog(now: datetime) -> Backlog:
    due = _due(now)
    return Backlog(len(due), min((reminder.due_at for reminder in due), default=None))


def reminders_ahead(now: datetime) -> QuerySet[Reminder]:
    """Of announced events that haven't begun, and not told for this start yet."""
    coming = Reminder.objects.filter(
        event__state=LiveEvent.State.ACCEPTED, event__starts_at__gt=now
    )
    return coming.filter(~Q(promised_for=F("event__starts_at"))).select_related("event")


def _due(now: datetime) -> list[Reminder]:
    near = reminders_ahead(now).filter(event__starts_at__lte=now + LONGEST)
    ordered = near.order_by("event__starts_at", "minutes_before")
    return [reminder for reminder in ordered if reminder.due_at <= now][:BATCH]


def when_to_say(reminder: Reminder, mooc: MoocSettings, *, now: datetime) -> datetime | None:
    """After the quiet hours; None where less than half of its time would be left then."""
    moment = next_waking(max(now, reminder.due_at), mooc)
    lead = timedelta(minutes=reminder.minutes_before)
    return moment if moment <= reminder.event.starts_at - lead / 2 else None


def _promise(
    reminder: Reminder, voices: Sequence[Connection], mooc: MoocSettings, now: datetime
) -> bool:
    with transaction.atomic():
        event = _still_as_read(reminder.event)
        if event is None or not _claim(reminder, event):
            return False
        moment = when_to_say(reminder, mooc, now=now)
        if moment is None:
            Reminder.objects.filter(pk=reminder.pk).update(notified_at=now)
            return True
        said = [_promised(reminder, event, voice, mooc, moment) for voice in voices]
        enqueue_posts(said)
    return True


def _still_as_read(event: LiveEvent) -> LiveEvent | None:
    """Held until the end: whoever moves or cancels it meanwhile finds what we promised."""
    return (
        LiveEvent.objects.accepted()
        .select_for_update()
        .filter(pk=event.pk, starts_at=event.starts_at)
        .first()
    )


def _claim(reminder: Reminder, event: LiveEvent) -> bool:
    untold = Reminder.objects.filter(pk=reminder.pk).filter(~Q(promised_for=event.starts_at))
    return bool(untold.update(promised_for=event.starts_at, notified_at=None))


def reminder_key(reminder: Reminder, event: LiveEvent, voice: Connection) -> str:
    """One a day: an event that is moved within its day has its reminder edited, not repeated."""
    day = event.starts_at.astimezone(event.zone).date()
    return f"{_prefix(event)}{reminder.minutes_before}:{day}:{voice.pk}"


def _prefix(event: LiveEvent) -> str:
    return f"reminder:{event.pk}:"


def _promised(
    reminder: Reminder, event: LiveEvent, voice: Connection, mooc: MoocSettings, moment: datetime
) -> OutboxPost:
    return OutboxPost(
        key=reminder_key(reminder, event, voice),
        kind=OutboxPost.Kind.REMINDER,
        connection=voice,
        text=reminder_words(event, voice, mooc=mooc, at=moment),
        language=voice.language,
        due_at=moment,
        useless_from=event.starts_at,
    )


def reminder_words(event: LiveEvent, voice: Connection, *, mooc: MoocSettings, at: datetime) -> str:
    """As they are said at a moment, in the connection's language; of an event that isn't on any
    more, that it won't take place."""
    language = voice.language.partition("-")[0]
    return compose(
        "live_reminder" if event.state == LiveEvent.State.ACCEPTED else "live_cancelled",
        event.title,
        limit=mooc.limit_on(voice),
        language=language,
        tone=mooc.tone,
        context={
            "event": event,
            "soon": event.starts_at - at <= SOON,
            "clock": Clock.of(event, language),
            "hashtags": hashtag_line([event.said_hashtag, mooc.first_hashtag]),
            "url": address_of(event, language),
        },
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """The start, in words of one language."""

    day: str
    time: str
    place: str

    @classmethod
    def of(cls, event: LiveEvent, language: str) -> "Clock":
        day, time = local_words(event.starts_at, event.zone, language=language)
        return cls(day, time, place_of(event.time_zone, language))


def take_back_reminders(event: LiveEvent, *, now: datetime) -> None:
    """It was moved or cancelled: what isn't said will not be said, and what was said for a moment
    to come is put right, by an edit."""
    said = _reminders_of(event).filter(said_version__gt=0, useless_from__gt=now)
    mooc = Moocs.read().of_site(event.site_id)
    enqueue_posts(
        [_corrected(promise, event, mooc, now) for promise in said.select_related("connection")]
    )
    withdraw_reminders(event, now=now)


def _corrected(
    promise: OutboxPost, event: LiveEvent, mooc: MoocSettings, now: datetime
) -> OutboxPost:
    return OutboxPost(
        key=promise.key,
        connection=promise.connection,
        text=reminder_words(event, promise.connection, mooc=mooc, at=now),
        language=promise.language,
        due_at=now,
        useless_from=event.starts_at,
    )


def withdraw_reminders(event: LiveEvent, *, now: datetime) -> int:
    """What was promised for it and isn't said yet will not be said."""
    unsaid = _reminders_of(event).waiting().filter(said_version=0)
    return unsaid.update(given_up_at=now, error="the event was moved or taken back")


def _reminders_of(event: LiveEvent) -> OutboxQuerySet:
    return OutboxPost.objects.filter(kind=OutboxPost.Kind.REMINDER, key__startswith=_prefix(event))
