"""Who needs me: the queue as a tutor reads it, filtered, counted and paged by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from community.aboard import said_in
from community.models import Claim, Mentorship, Need, NeedReason, Participant
from community.models.console import NeedQuerySet
from microblog.models import Account
from microblog.networks import Network
from microblog.text import clean_text
from microblog.timeline.streams import fetch_posts

PAGE = 20
OTHER = "other"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Key:
    """A place in the queue. In addresses: "<rank>-<microseconds>-<id>"."""

    rank: int
    since: datetime
    pk: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for anything that we did not write."""
        parts = text.split("-")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
            return None
        rank, micros, pk = (int(part[:18]) for part in parts)
        try:
            return cls(min(rank, 9), _EPOCH + timedelta(microseconds=micros), pk)
        except OverflowError:
            return None

    @classmethod
    def of(cls, need: Need) -> Self:
        return cls(need.rank, need.since, need.pk)

    def __str__(self) -> str:
        return f"{self.rank}-{(self.since - _EPOCH) // timedelta(microseconds=1)}-{self.pk}"

    @property
    def after(self) -> Q:
        same = Q(rank=self.rank, since=self.since, pk__gt=self.pk)
        later = Q(rank=self.rank, since__gt=self.since)
        return Q(rank__gt=self.rank) | later | same


@dataclass(frozen=True, slots=True)
class Wish:
    """What a tutor wants to see; an empty field asks for everything."""

    language: str = ""
    network: str = ""
    kind: str = ""
    mine: bool = False

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """Anything unknown asks for everything."""
        languages = {*dict(settings.LANGUAGES), OTHER}
        language, network = asked.get("language", ""), asked.get("network", "")
        return cls(
            language if language in languages else "",
            network if network in Network.values else "",
            clean_text(asked.get("kind", ""))[:30],
            asked.get("mine") == "1",
        )

    def narrow(self, needs: NeedQuerySet, *, tutor: Participant) -> NeedQuerySet:
        """All of it but the kind, which is counted."""
        if self.language == OTHER:
            needs = needs.exclude(language__in=dict(settings.LANGUAGES))
        elif self.language:
            needs = needs.filter(language=self.language)
        if self.network:
            needs = needs.filter(network=self.network)
        if self.mine:
            mentees = Mentorship.objects.going_on().of(tutor).values("mentee")
            needs = needs.filter(person__in=mentees)
        return needs


@dataclass(frozen=True, slots=True)
class Queue:
    needs: Sequence[Need]
    counts: Mapping[str, int]
    """By kind."""
    total: int
    older: Key | None


def read_queue(
    wish: Wish,
    *,
    tutor: Participant,
    reader: Account | None,
    now: datetime,
    after: Key | None,
    site_id: int | None = None,
) -> Queue:
    """A page of it, of one MOOC, in a constant number of queries."""
    needs = Need.objects.shown(now=now).filter(said_in(site_id)).exclude(person=tutor)
    needs = wish.narrow(needs, tutor=tutor)
    counts = _count_kinds(needs, now)
    total = needs.count()
    if wish.kind:
        needs = needs.filter(Exists(_reasons(now).filter(need=OuterRef("pk"), kind=wish.kind)))
    if after:
        needs = needs.filter(after.after)
    found = list(needs.select_related("person").order_by("rank", "since", "pk")[: PAGE + 1])
    shown = found[:PAGE]
    dress_needs(shown, reader=reader, now=now)
    return Queue(shown, counts, total, Key.of(shown[-1]) if len(found) > PAGE else None)


def _reasons(now: datetime) -> QuerySet[NeedReason]:
    return NeedReason.objects.filter(closed_at=None, shows_at__lte=now)


def _count_kinds(needs: NeedQuerySet, now: datetime) -> dict[str, int]:
    rows = _reasons(now).filter(need__in=needs).order_by().values_list("kind")
    return dict(rows.annotate(count=Count("need", distinct=True)))


def dress_needs(needs: Sequence[Need], *, reader: Account | None, now: datetime) -> None:
    """Write on each need what the console shows: its post, why it waits, who holds it."""
    known = {need.pk: need for need in needs}
    posts = fetch_posts({need.post_id for need in needs}, reader=reader)
    for need in needs:
        need.post = posts[need.post_id]
        need.claim, need.whys = None, []
    for reason in _reasons(now).filter(need__in=known).select_related("post"):
        known[reason.need_id].whys.append(reason)
    for claim in Claim.objects.held(now=now).filter(need__in=known).select_related("tutor", "tip"):
        known[claim.need_id].claim = claim


def count_waiting(*, now: datetime, site_id: int | None = None) -> int:
    """How many wait, whom nobody sits beside."""
    held = Claim.objects.held(now=now).filter(need=OuterRef("pk"))
    return Need.objects.shown(now=now).filter(said_in(site_id), ~Exists(held)).count()
