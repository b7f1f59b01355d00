"""Occasions for a warm word: somebody whom a tutor helped has just done something new."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from community.models import Help, LearningEvent, Mentorship, Participant, Praise
from community.tutoring.answering import Way, ways_to_answer
from microblog.gateways.base import Visibility
from microblog.models import Account, Post
from microblog.networks import Network

Kind = LearningEvent.Kind
OPEN = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)
FRESH = timedelta(days=14)
MOST = 5

DONE: Mapping[str, str | Promise] = {
    Kind.LEVEL_ACCEPTED: _("passed a level of a challenge"),
    Kind.RIDDLE_SOLVED: _("found a riddle's answer"),
    Kind.FIRST_HASHTAG: _("wrote a first hashtag"),
    Kind.FIRST_REPLY: _("answered somebody for the first time"),
    Kind.FIRST_PHOTO: _("posted a first photo"),
    Kind.FIRST_DESCRIBED_PHOTO: _("described a photo for the first time"),
    Kind.FIRST_THREAD: _("wrote a first thread"),
    Kind.LIVE_TWEETED: _("relayed a live event"),
    Kind.HELPED: _("helped a newcomer in turn"),
}
WORDS: Mapping[str, str | Promise] = {
    Kind.LEVEL_ACCEPTED: _("Bravo! I read your answer with joy. Which level tempts you next?"),
    Kind.RIDDLE_SOLVED: _("Well found! What put you on the track?"),
    Kind.FIRST_HASHTAG: _("Bravo for your first hashtag: now others can find you."),
    Kind.FIRST_REPLY: _("How good to see you answer others: that is how everything begins here."),
    Kind.FIRST_PHOTO: _("What a lovely first photo, thank you for sharing it with us!"),
    Kind.FIRST_DESCRIBED_PHOTO: _(
        "Thank you for describing your photo: those who can't see it read it now. Bravo!"
    ),
    Kind.FIRST_THREAD: _("Bravo for your first thread: one wants to read on to the end."),
    Kind.LIVE_TWEETED: _("Thanks to you I was there too. Bravo for this live-tweet!"),
    Kind.HELPED: _("You were new a moment ago, and now you help others: bravo, and thank you!"),
}
"""Ready to send, in the words of one person to another."""


@dataclass(frozen=True, slots=True)
class Occasion:
    event: LearningEvent
    post: Post
    done: str | Promise
    words: str
    ways: tuple[Way, ...] = ()

    @property
    def is_here(self) -> bool:
        return self.post.network == Network.PRACTICE


def read_occasions(tutor: Participant, *, now: datetime) -> list[Occasion]:
    """The latest of each person, of what they show or share with this tutor; nothing twice."""
    found = []
    for event in _latest_of_each(tutor, now):
        post = event.post
        if post is None:
            continue
        ways = () if post.network == Network.PRACTICE else tuple(ways_to_answer(post, tutor))
        found.append(Occasion(event, post, DONE[event.kind], _words(event, post), ways))
    return found[:MOST]


def _latest_of_each(tutor: Participant, now: datetime) -> Iterator[LearningEvent]:
    since = _known_since(tutor)
    events = (
        LearningEvent.objects.standing()
        .filter(
            participant__in=since,
            kind__in=DONE,
            occurred_at__gt=now - FRESH,
            post__deleted_at=None,
            post__visibility__in=OPEN,
            post__author__refuses_bots=False,
        )
        .exclude(praises__tutor=tutor)
        .select_related("participant", "post__author")
        .order_by("-occurred_at", "-pk")
    )
    met: set[int] = set()
    for event in events[: MOST * 20]:
        if event.participant_id in met or event.occurred_at <= since[event.participant_id]:
            continue
        met.add(event.participant_id)
        yield event


def _known_since(tutor: Participant) -> dict[int, datetime]:
    """People whom the tutor helped or has beside them, who show or share what they do: since
    when."""
    helps = Help.objects.confirmed().filter(helper=tutor, helped__consent="show")
    mentees = Mentorship.objects.going_on().of(tutor).select_related("mentee")
    since: dict[int, datetime] = {}
    for helped, moment in helps.values_list("helped", "reply__said_at").order_by("-pk")[:200]:
        since[helped] = min(moment, since.get(helped, moment))
    for one in mentees:
        if one.mentee.shows or one.shares_progress:
            start = since.get(one.mentee_id, one.started_at)
            since[one.mentee_id] = min(one.started_at, start)
    return since


def _words(event: LearningEvent, post: Post) -> str:
    language = event.participant.language or post.language
    if not language:
        return f"@{post.author.handle} {WORDS[event.kind]}"
    with override(language):
        return f"@{post.author.handle} {WORDS[event.kind]}"


@transaction.atomic
def say_praise(
    occasion: Occasion, *, by: Participant, write: Callable[[], Post] | None, now: datetime
) -> Post | None:
    """Once an occasion: whoever was faster has said it. `write`: where it is said here; None: the
    tutor says it on their own server."""
    _praise, is_new = Praise.objects.get_or_create(
        tutor=by, event=occasion.event, defaults={"was_said": True, "answered_at": now}
    )
    return write() if is_new and write else None


def dismiss(event: LearningEvent, *, by: Participant, now: datetime) -> None:
    Praise.objects.get_or_create(tutor=by, event=event, defaults={"answered_at": now})


def practice_account(tutor: Participant) -> Account | None:
    return Account.objects.practice().filter(link__participant=tutor).first()
