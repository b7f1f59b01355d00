"""Anyone aboard proposes an event, organisers accept it or not, and the proposer hears of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db import transaction

from community.live.hashtags import refuse_taken
from community.live.places import address_of
from community.live.reminding import plan_reminders
from community.models import LiveEvent, Participant, User
from community.moocs import mooc_of
from microblog.composing import compose
from microblog.gateways.base import Visibility
from microblog.models import Account, Connection, OutboxPost
from microblog.networks import Network
from microblog.services import enqueue_post

State = LiveEvent.State
Answer = Literal[State.ACCEPTED, State.DECLINED]
MOST_WAITING = 5
"""Proposals of one person that wait for an answer at once."""


class TooManyProposals(Exception):
    """Enough of theirs wait already: first let organisers answer."""


class AlreadyAnswered(Exception):
    """Somebody else has just answered this proposal."""


@transaction.atomic
def propose(event: LiveEvent, *, by: Participant) -> LiveEvent:
    """Keep an unsaved event as a proposal. Raises TooManyProposals."""
    Participant.objects.select_for_update().get(pk=by.pk)
    if LiveEvent.objects.proposed().filter(proposed_by=by).count() >= MOST_WAITING:
        raise TooManyProposals
    event.state, event.proposed_by = State.PROPOSED, by
    event.save()
    return event


@transaction.atomic
def answer_proposal(
    event: LiveEvent, answer: Answer, *, by: User, now: datetime, word: str = ""
) -> LiveEvent:
    """Accept or decline, once; tells the proposer. Raises AlreadyAnswered, and ValidationError
    where its hashtag was given to another event meanwhile."""
    if answer == State.ACCEPTED:
        starts, ends = event.starts_at, event.ends_at
        refuse_taken(event.hashtag, starts=starts, ends=ends, besides=event.pk)
    fields = {"state": answer, "answer": word.strip(), "decided_at": now, "changed_at": now}
    answered = LiveEvent.objects.proposed().filter(pk=event.pk)
    if not answered.update(**fields, organiser=by if answer == State.ACCEPTED else None):
        raise AlreadyAnswered
    event = LiveEvent.objects.select_related("proposed_by").get(pk=event.pk)
    if answer == State.ACCEPTED:
        plan_reminders(event)
    tell_proposer(event, now=now)
    return event


@dataclass(frozen=True, slots=True)
class Door:
    """Where the site reaches somebody: their account here, and our voice here."""

    account: Account
    connection: Connection


def _door_of(person: Participant) -> Door | None:
    account = Account.objects.practice().filter(link__participant=person).first()
    ours = Connection.objects.enabled().filter(network=Network.PRACTICE).first()
    return Door(account, ours) if account and ours else None


def tell_proposer(event: LiveEvent, *, now: datetime) -> None:
    """A post of ours on the practice timeline, for them alone where they are told no."""
    person = event.proposed_by
    door = _door_of(person) if person else None
    if person is None or door is None:
        return
    language = person.language or settings.LANGUAGE_CODE
    mooc = mooc_of(event.site_id)
    accepted = event.state == State.ACCEPTED
    enqueue_post(
        door.connection,
        key=f"proposal:{event.pk}",
        kind=OutboxPost.Kind.OTHER,
        text=compose(
            "live_accepted" if accepted else "live_declined",
            event.answer,
            limit=mooc.limit_on(door.connection),
            language=language,
            tone=mooc.tone,
            context={
                "handle": door.account.handle,
                "title": event.title,
                "hashtag": event.said_hashtag,
                "url": address_of(event, language),
            },
        ),
        language=language,
        visibility=Visibility.DIRECT,
        recipient=door.account,
        now=now,
    )
