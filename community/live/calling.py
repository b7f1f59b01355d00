"""Calling the people who signed up: a notification here under the reminder that we said here."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from community.live.reminding import backlog as reminders_waiting
from community.live.reminding import promise_reminders, reminder_key
from community.models import Consent, LiveEvent, Reminder
from microblog.models import Account, Connection, Notification, OutboxPost, Post
from microblog.networks import Network
from microblog.steps import Backlog
from microblog.timeline.notices import notify_each

BATCH = 50


def remind(now: datetime) -> int:
    """The step: say what comes, then call the people who signed up for it."""
    return promise_reminders(now) + call_people(now)


def backlog(now: datetime) -> Backlog:
    return reminders_waiting(now)


def call_people(now: datetime) -> int:
    """Tell people of the reminders that were said on the practice timeline; how many reminders
    moved."""
    here = Connection.objects.enabled().filter(network=Network.PRACTICE).first()
    said = Reminder.objects.filter(promised_for__isnull=False, notified_at=None)
    waiting = list(said.select_related("event").order_by("pk")[:BATCH])
    if not waiting:
        return 0
    keys = {one.pk: reminder_key(one, one.event, here) if here else "" for one in waiting}
    promises = {
        promise.key: promise
        for promise in OutboxPost.objects.filter(key__in=keys.values()).select_related("post")
    }
    return sum(_call(one, promises.get(keys[one.pk]), here, now) for one in waiting)


def _call(
    reminder: Reminder, promise: OutboxPost | None, here: Connection | None, now: datetime
) -> bool:
    still_to_say = promise and not promise.said_version and not promise.given_up_at
    if still_to_say and reminder.event.starts_at > now:
        return False
    with transaction.atomic():
        claimed = Reminder.objects.filter(pk=reminder.pk, notified_at=None).update(notified_at=now)
        if claimed and here and promise and promise.post and _is_of_use(reminder.event, now):
            notify_each(_notices(reminder.event, promise.post, here.account, now))
    return bool(claimed)


def _is_of_use(event: LiveEvent, now: datetime) -> bool:
    return event.state == LiveEvent.State.ACCEPTED and event.starts_at > now


def _notices(event: LiveEvent, post: Post, voice: Account, now: datetime) -> Iterable[Notification]:
    signed_up = Q(link__participant__sign_ups__event=event)
    accounts = Account.objects.practice().filter(signed_up).distinct()
    for account in accounts.exclude(link__participant__consent=Consent.NOTHING):
        yield Notification(
            recipient=account, kind=Notification.Kind.LIVE, actor=voice, post=post, created_at=now
        )
