"""Coming aboard: by a post that says so, or on the web. Welcomed once, with three things to do."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import translation

from community.learning import NewEvent, log_learning_events
from community.manners import language_for, next_waking
from community.models import (
    AccountLink,
    Boarding,
    Consent,
    LearningEvent,
    MoocSettings,
    Participant,
)
from community.moocs import Moocs
from community.people import known_participants, participants_of
from community.sites import base_url, default_site_id
from microblog.composing import outgoing
from microblog.gateways.base import Visibility
from microblog.models import Account, Connection, OutboxPost, Post, Sighting
from microblog.networks import Network
from microblog.services import enqueue_post

Kind = LearningEvent.Kind
_CALLS = re.compile(r"[@#＠＃]|\w+://\S*")


def embark_by_posts(posts: Sequence[Post], *, now: datetime) -> None:
    """The authors of these posts come aboard the MOOCs that these were said to; who is aboard
    already stays so, unwelcomed again.

    Whoever is named in the post and known here brought them.
    """
    if not posts:
        return
    prefetch_related_objects(posts, "author", "mentions")
    ours = set(Connection.objects.values_list("account_id", flat=True))
    people = participants_of({post.author for post in posts})
    named = known_participants(
        {
            mention.account_id
            for post in posts
            for mention in post.mentions.all()
            if mention.account_id not in ours
        }
    )
    moocs = Moocs.read()
    homes, boarded = moocs.of_posts(posts), boardings_of(people.values())
    for post in posts:
        person = people[post.author_id]
        guides = (named.get(mention.account_id) for mention in post.mentions.all())
        brought_by = next((guide for guide in guides if guide and guide != person), None)
        for mooc in homes[post.pk]:
            if not is_aboard(person, mooc, boarded):
                embark(
                    person,
                    now=now,
                    mooc=mooc,
                    account=post.author,
                    post=post,
                    brought_by=brought_by,
                )


def boardings_of(people: Iterable[Participant]) -> dict[int, set[int]]:
    """By participant, the sites of the MOOCs that they came aboard."""
    found: dict[int, set[int]] = {}
    rows = Boarding.objects.filter(participant__in=[person.pk for person in people])
    for person, site in rows.values_list("participant", "site"):
        found.setdefault(person, set()).add(site)
    return found


def is_aboard(
    person: Participant, mooc: MoocSettings, boarded: Mapping[int, Collection[int]]
) -> bool:
    """`boarded`: of `boardings_of`. Without any row, they are aboard the first MOOC alone."""
    sites = boarded.get(person.pk)
    if sites:
        return mooc.site_id in sites
    return bool(person.embarked_at) and mooc.site_id in {None, default_site_id()}


@transaction.atomic
def embark(
    person: Participant,
    *,
    now: datetime,
    mooc: MoocSettings | None = None,
    account: Account | None = None,
    post: Post | None = None,
    brought_by: Participant | None = None,
) -> bool:
    """Take this person aboard a MOOC (the first one, if none is named) and promise the welcome;
    False if they are aboard it already."""
    mooc = mooc or Moocs.read().default
    guide = brought_by if brought_by and brought_by.pk != person.pk else None
    fields: dict[str, object] = {"embarked_at": now, "embarked_with": post}
    if person.brought_by_id is None and guide:
        fields["brought_by"] = guide
    # The condition is the claim: of two that come at once, one embarks and welcomes.
    if person.consent_chosen_at is None:
        # Coming aboard is the opt-in; the welcome says how to take it back.
        fields["consent"] = Consent.SHOW
    is_first = bool(Participant.objects.filter(pk=person.pk, embarked_at=None).update(**fields))
    if not is_first:
        person.refresh_from_db()
        if is_aboard(person, mooc, boardings_of([person])):
            return False
    if mooc.site_id is not None:
        _keep_first_boarding(person)
        boarding = Boarding(participant=person, site_id=mooc.site_id, at=now)
        Boarding.objects.bulk_create([boarding], ignore_conflicts=True)
    person.refresh_from_db()
    if is_first:
        _log_boarding(person, post=post, now=now)
    _promise_welcome(person, mooc=mooc, is_first=is_first, account=account, post=post, now=now)
    return True


def _keep_first_boarding(person: Participant) -> None:
    """Somebody who was aboard the first MOOC without a row comes aboard another one."""
    first = default_site_id()
    began = person.embarked_at
    if began and first and not Boarding.objects.filter(participant=person).exists():
        row = Boarding(participant=person, site_id=first, at=began)
        Boarding.objects.bulk_create([row], ignore_conflicts=True)


def _log_boarding(person: Participant, *, post: Post | None, now: datetime) -> None:
    log_learning_events(
        [
            NewEvent(
                kind=Kind.EMBARKED,
                source_key=str(person.pk),
                participant_id=person.pk,
                occurred_at=post.said_at if post else now,
                post_id=post.pk if post else None,
                evidence_url=post.url if post else "",
            )
        ]
    )
    credit_guides([person.pk])


def credit_guides(participant_ids: Iterable[int]) -> None:
    """Whoever brought these people is credited once these took off: a first level was accepted."""
    started = (
        LearningEvent.objects.standing()
        .filter(
            kind=Kind.LEVEL_ACCEPTED,
            participant__in=list(participant_ids),
            participant__brought_by__isnull=False,
        )
        .select_related("participant")
    )
    first: dict[int, LearningEvent] = {}
    for event in started.order_by("participant", "occurred_at"):
        first.setdefault(event.participant_id, event)
    log_learning_events(
        NewEvent(
            kind=Kind.BROUGHT,
            source_key=str(event.participant_id),
            participant_id=event.participant.brought_by_id or 0,
            other_id=event.participant_id,
            occurred_at=event.occurred_at,
            evidence_url=event.evidence_url if event.participant.shows else "",
        )
        for event in first.values()
    )


def _promise_welcome(
    person: Participant,
    *,
    mooc: MoocSettings,
    is_first: bool,
    account: Account | None,
    post: Post | None,
    now: datetime,
) -> None:
    """One welcome a person and MOOC, where they spoke; nothing for people who want no machine's
    answers."""
    account = account or _practice_account(person)
    if account is None or account.refuses_bots:
        return
    connection = _connection_for(account, post)
    if connection is None or not Moocs.read().may_speak(mooc, connection):
        return
    language = language_for(person, post, connection, mooc)
    with translation.override(language):
        text = render_to_string(
            outgoing("welcome", mooc.tone),
            {
                "handle": account.handle,
                "mooc": mooc.name,
                "hashtag": mooc.first_hashtag,
                "home": f"{base_url(mooc.site_id)}/{language}/",
                "guide": _said(person.brought_by) if is_first else "",
            },
        ).strip()
    enqueue_post(
        connection,
        key=f"welcome:{person.pk}" if is_first else f"welcome:{person.pk}:{mooc.site_id}",
        kind=OutboxPost.Kind.WELCOME,
        text=text,
        now=now,
        due_at=next_waking(now, mooc),
        language=language,
        visibility=Visibility.PUBLIC if post else Visibility.UNLISTED,
        in_reply_to=post,
        recipient=account,
        lane=f"account:{account.pk}",
    )


def _said(guide: Participant | None) -> str:
    """Their name, if they are shown, as we may say it: our voice calls nobody and links to nothing
    because somebody named themself so."""
    if guide is None or not guide.shows:
        return ""
    return " ".join(_CALLS.sub(" ", guide.name).split())[:50]


def _practice_account(person: Participant) -> Account | None:
    link = (
        AccountLink.objects.filter(participant=person, account__network=Network.PRACTICE)
        .select_related("account")
        .first()
    )
    return link.account if link else None


def _connection_for(account: Account, post: Post | None) -> Connection | None:
    """The connection that heard this person."""
    if account.network == Network.PRACTICE:
        return Connection.objects.enabled().filter(network=Network.PRACTICE).first()
    sighting = (
        Sighting.objects.filter(post=post, connection__is_enabled=True)
        .select_related("connection")
        .first()
    )
    return sighting.connection if sighting else None
