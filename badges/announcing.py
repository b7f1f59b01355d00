"""Issued awards that nobody was told about: a mention on the network where the person was heard
last."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils.translation import override

from badges.addresses import award_page_address
from badges.keys import award_key
from badges.models import Award
from community.embarking import boardings_of, is_aboard
from community.manners import language_for, next_waking
from community.models import MoocSettings, Participant
from community.models.people import Consent
from community.moocs import Moocs
from microblog.composing import outgoing
from microblog.gateways.base import Visibility
from microblog.models import Account, Connection, OutboxPost, Post, Sighting
from microblog.networks import Network
from microblog.promising import enqueue_posts
from microblog.steps import Backlog
from microblog.text import count_characters

BATCH = 100


@dataclass(frozen=True, slots=True)
class Channel:
    """Where somebody is told: their account, and our connection to its network."""

    account: Account
    connection: Connection


@transaction.atomic
def announce_awards(now: datetime) -> int:
    """One batch, in a constant number of queries; who can't or won't be told is left in peace."""
    awards = list(
        Award.objects.to_announce()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient", "badge_class")
        .order_by("issued_at")[:BATCH]
    )
    if not awards:
        return 0
    told = [award for award in awards if award.recipient.consent != Consent.NOTHING]
    channels = _channels({award.recipient_id for award in told})
    reached = [award for award in told if award.recipient_id in channels]
    moocs, boarded = Moocs.read(), boardings_of({award.recipient for award in reached})
    promises = []
    for award in reached:
        channel = channels[award.recipient_id]
        mooc = _who_tells(award.recipient, channel, moocs, boarded)
        promises.append(_promise(award, channel, mooc, due_at=next_waking(now, mooc)))
    enqueue_posts(promises)
    Award.objects.filter(pk__in=[award.pk for award in awards]).update(announced_at=now)
    return len(awards)


def _who_tells(
    person: Participant, channel: Channel, moocs: Moocs, boarded: Mapping[int, Collection[int]]
) -> MoocSettings:
    """A MOOC that they are aboard and that speaks there, else the one that speaks there."""
    own = (mooc for mooc in moocs.all if is_aboard(person, mooc, boarded))
    there = (mooc for mooc in own if moocs.may_speak(mooc, channel.connection))
    return next(there, None) or moocs.of_connection(channel.connection.pk)


def _channels(people: Collection[int]) -> Mapping[int, Channel]:
    """By participant: of their accounts that don't refuse bots, the one that spoke last."""
    connections = {connection.pk: connection for connection in Connection.objects.enabled()}
    here = next((c for c in connections.values() if c.network == Network.PRACTICE), None)
    said = Post.objects.filter(author=OuterRef("pk")).order_by("-said_at")
    heard = Sighting.objects.filter(post__author=OuterRef("pk"), connection__in=connections)
    accounts = (
        Account.objects.filter(link__participant__in=people, refuses_bots=False)
        .annotate(
            person=F("link__participant"),
            last_said=Subquery(said.values("said_at")[:1]),
            heard_on=Subquery(heard.order_by("-post__said_at").values("connection")[:1]),
        )
        .order_by(F("last_said").asc(nulls_first=True), "-pk")
    )
    found: dict[int, Channel] = {}
    for account in accounts:  # the last one stays
        connection = connections.get(account.heard_on)
        if connection is None and account.network == Network.PRACTICE:
            connection = here
        if connection is not None:
            found[account.person] = Channel(account, connection)
    return found


def _promise(award: Award, channel: Channel, mooc: MoocSettings, *, due_at: datetime) -> OutboxPost:
    """In public about those who show themselves, to themselves alone about the others."""
    language = language_for(award.recipient, None, channel.connection, mooc)
    visibility = Visibility.PUBLIC if award.is_public else Visibility.DIRECT
    return OutboxPost(
        key=f"award:{award.pk}",
        kind=OutboxPost.Kind.AWARD,
        connection=channel.connection,
        recipient=channel.account,
        visibility=visibility.value,
        language=language,
        text=_words(award, channel, mooc, language),
        due_at=due_at,
    )


def _words(award: Award, channel: Channel, mooc: MoocSettings, language: str) -> str:
    """With the badge's own sentence where the network's limit leaves room for it."""
    url = award_page_address(award.pk)
    if not award.is_public:
        url += f"?key={award_key(award)}"
    context = {"handle": channel.account.handle, "badge": award.badge_class, "url": url}
    with override(language):
        texts = [
            render_to_string(outgoing("award", mooc.tone), context | {"brief": brief}).strip()
            for brief in (False, True)
        ]
    fits = count_characters(texts[0]) <= mooc.limit_on(channel.connection)
    return texts[0] if fits else texts[1]


def backlog(now: datetime) -> Backlog:
    waiting = Award.objects.to_announce().order_by("issued_at")
    return Backlog(waiting.count(), waiting.values_list("issued_at", flat=True).first())
