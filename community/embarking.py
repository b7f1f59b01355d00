"""Coming aboard: by a post that says so, or on the web. Welcomed once, with three things to do."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import translation

from community.learning import NewEvent, log_learning_events
from community.manners import current_mooc, language_for, next_waking
from community.models import AccountLink, Consent, LearningEvent, Participant
from community.moocs import first_hashtag
from community.people import known_participants, participants_of
from microblog.gateways.base import Visibility
from microblog.models import Account, Connection, OutboxPost, Post, Sighting
from microblog.networks import Network
from microblog.services import enqueue_post

Kind = LearningEvent.Kind
_CALLS = re.compile(r"[@#＠＃]|\w+://\S*")


def embark_by_posts(posts: Sequence[Post], *, now: datetime) -> None:
    """The authors of these posts come aboard; who is aboard already stays so, unwelcomed again.

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
    for post in posts:
        person = people[post.author_id]
        if person.embarked_at:
            continue
        guides = (named.get(mention.account_id) for mention in post.mentions.all())
        brought_by = next((guide for guide in guides if guide and guide != person), None)
        embark(person, now=now, account=post.author, post=post, brought_by=brought_by)


@transaction.atomic
def embark(
    person: Participant,
    *,
    now: datetime,
    account: Account | None = None,
    post: Post | None = None,
    brought_by: Participant | None = None,
) -> bool:
    """Take this person aboard and promise the welcome; False if they are aboard already."""
    guide = brought_by if brought_by and brought_by.pk != person.pk else None
    fields: dict[str, object] = {"embarked_at": now, "embarked_with": post}
    if person.brought_by_id is None and guide:
        fields["brought_by"] = guide
    # The condition is the claim: of two that come at once, one embarks and welcomes.
    if person.consent_chosen_at is None:
        # Coming aboard is the opt-in; the welcome says how to take it back.
        fields["consent"] = Consent.SHOW
    if not Participant.objects.filter(pk=person.pk, embarked_at=None).update(**fields):
        return False
    person.refresh_from_db()
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
    _promise_welcome(person, account=account, post=post, now=now)
    return True


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
    person: Participant, *, account: Account | None, post: Post | None, now: datetime
) -> None:
    """One welcome a person, where they spoke; nothing for people who want no machine's answers."""
    account = account or _practice_account(person)
    if account is None or account.refuses_bots:
        return
    connection = _connection_for(account, post)
    if connection is None:
        return
    mooc = current_mooc()
    language = language_for(person, post, connection)
    with translation.override(language):
        text = render_to_string(
            "microblog/outgoing/welcome.txt",
            {
                "handle": account.handle,
                "mooc": mooc.name,
                "hashtag": first_hashtag(mooc),
                "home": f"{settings.BASE_URL}/{language}/",
                "guide": _said(person.brought_by),
            },
        ).strip()
    enqueue_post(
        connection,
        key=f"welcome:{person.pk}",
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
