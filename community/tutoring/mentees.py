"""What a tutor sees of those beside whom they sit: what each shows or shares, and no more."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from community.logbook import SKILLS
from community.models import AccountLink, LearningEvent, Mentorship, Participant
from community.tutoring.telling import main_accounts
from microblog.gateways.base import Visibility
from microblog.models import Account, Post

Kind = LearningEvent.Kind
OPEN = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)
STEPS = {skill.kind: skill.label for skill in SKILLS}
LONELY = timedelta(days=7)
"""So long without a word from anybody, and their tutor is told."""


@dataclass(frozen=True, slots=True)
class Mentee:
    """`levels` and `steps`: None and empty where the mentee keeps their progress to themself.
    `waits`: their latest post has no answer yet; `is_lonely`: nobody has talked with them for a
    week, or ever."""

    mentorship: Mentorship
    account: Account | None
    shows_progress: bool
    levels: int | None
    steps: tuple[str, ...]
    ahead: str
    latest: Post | None
    waits: bool
    is_lonely: bool

    @property
    def person(self) -> Participant:
        return self.mentorship.mentee


def read_mentees(tutor: Participant, *, now: datetime) -> list[Mentee]:
    """Those whom this tutor has now, longest first; constant queries."""
    going_on = Mentorship.objects.going_on().of(tutor).select_related("mentee", "offered_to")
    mentorships = list(going_on.order_by("started_at", "pk"))
    people = {one.mentee_id for one in mentorships}
    accounts = main_accounts(people)
    deeds = _deeds_of(people)
    latest = _latest_posts(people)
    talked = _last_answers(people)
    return [
        _mentee(
            one,
            account=accounts.get(one.mentee_id),
            deeds=deeds[one.mentee_id],
            latest=latest.get(one.mentee_id),
            answered_at=talked.get(one.mentee_id),
            now=now,
        )
        for one in mentorships
    ]


def _mentee(
    one: Mentorship,
    *,
    account: Account | None,
    deeds: dict[str, int],
    latest: Post | None,
    answered_at: datetime | None,
    now: datetime,
) -> Mentee:
    shows = one.mentee.shows or one.shares_progress
    begun = [kind for kind in STEPS if kind in deeds]
    ahead = next((str(STEPS[kind]) for kind in STEPS if kind not in deeds), "")
    since = max(filter(None, [answered_at, one.started_at]))
    return Mentee(
        mentorship=one,
        account=account,
        shows_progress=shows,
        levels=deeds.get(Kind.LEVEL_ACCEPTED, 0) if shows else None,
        steps=tuple(str(STEPS[kind]) for kind in begun) if shows else (),
        ahead=ahead if shows else "",
        latest=latest,
        waits=latest is not None and not getattr(latest, "is_answered", False),
        is_lonely=since < now - LONELY,
    )


def _deeds_of(people: Collection[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    kinds = [Kind.LEVEL_ACCEPTED, *STEPS]
    events = LearningEvent.objects.standing().filter(participant__in=people, kind__in=kinds)
    rows = events.order_by().values_list("participant", "kind").annotate(Count("pk"))
    for person, kind, count in rows:
        found[person][kind] = count
    return found


def _latest_posts(people: Collection[int]) -> dict[int, Post]:
    """By person: what they said last in public, with `is_answered`. Two queries."""
    said = Post.objects.alive().filter(author=OuterRef("account"), visibility__in=OPEN)
    newest = said.order_by("-said_at", "-pk").values("pk")[:1]
    links = AccountLink.objects.filter(participant__in=people).annotate(newest=Subquery(newest))
    posts = dict(links.exclude(newest=None).values_list("newest", "participant"))
    rows = Post.objects.filter(pk__in=posts).select_related("author")
    found: dict[int, Post] = {}
    for post in rows.annotate(is_answered=Exists(_answers())).order_by("said_at", "pk"):
        found[posts[post.pk]] = post
    return found


def _answers() -> QuerySet[Post]:
    """By somebody else, and no machine."""
    replies = Post.objects.alive().filter(parent=OuterRef("pk"), author__is_bot=False)
    return replies.exclude(author=OuterRef("author"))


def _last_answers(people: Collection[int]) -> dict[int, datetime]:
    """By person: when somebody last talked with them."""
    answers = (
        Post.objects.alive()
        .filter(parent__author=OuterRef("account"), author__is_bot=False)
        .exclude(author=OuterRef("account"))
        .order_by("-said_at")
        .values("said_at")[:1]
    )
    links = AccountLink.objects.filter(participant__in=people).annotate(at=Subquery(answers))
    found: dict[int, datetime] = {}
    for person, moment in links.exclude(at=None).values_list("participant", "at"):
        found[person] = max(moment, found.get(person, moment))
    return found


def lonely_first(mentees: Sequence[Mentee]) -> list[Mentee]:
    """Who has been alone comes first, then who waits for an answer."""
    return sorted(mentees, key=lambda one: (not one.is_lonely, not one.waits))


def flown(tutor: Participant) -> list[Mentorship]:
    """Mentees who fly by themselves since, until the tutor puts the celebration away."""
    found = Mentorship.objects.of(tutor).filter(
        ending=Mentorship.Ending.GRADUATED, celebrated_at=None
    )
    return list(found.select_related("mentee").order_by("-ended_at")[:10])


def offers_to(tutor: Participant) -> list[Mentorship]:
    """Mentees whom another tutor asks them to take over."""
    offers = Mentorship.objects.going_on().filter(offered_to=tutor)
    return list(offers.select_related("tutor", "mentee").order_by("offered_at"))


def counts_of(tutor: Participant) -> dict[str, Any]:
    """How many they have accompanied, and how many of these fly."""
    ended = Mentorship.objects.of(tutor).exclude(ended_at=None)
    return {
        "accompanied": Mentorship.objects.of(tutor).values("mentee").distinct().count(),
        "flown": ended.filter(ending=Mentorship.Ending.GRADUATED).count(),
    }
