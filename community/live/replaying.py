"""A past event gone through alone, with its recording: what somebody writes since they began counts
as if they had been there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from community.learning import NewEvent, log_learning_events
from community.live.chat.thanking import Word, Write, address_of, say_once
from community.models import (
    ChatAnswer,
    ChatQuestion,
    Consent,
    LearningEvent,
    LiveEvent,
    Participant,
    Replay,
)
from community.models.chats import OPEN
from community.people import accounts_of
from microblog.composing import compose
from microblog.models import Post

ENOUGH_POSTS = 3
LISTENED_TO = timedelta(days=60)
"""So long a replay that somebody began makes us listen to its hashtag."""


class NothingToReplay(Exception):
    """This event can't be gone through again: it goes on, or nobody kept a recording."""


def has_something_to_replay(event: LiveEvent) -> bool:
    """A recording; a tweetchat is its own."""
    return event.kind == LiveEvent.Kind.TWEETCHAT or bool(event.recording_url)


def may_replay(event: LiveEvent, *, now: datetime) -> bool:
    """Only what took place and is over."""
    is_there = event.state == LiveEvent.State.ACCEPTED and event.is_over(now)
    return is_there and has_something_to_replay(event)


def start_replay(event: LiveEvent, person: Participant, *, now: datetime) -> Replay:
    """The one under way, or a new beginning. Raises NothingToReplay."""
    if not may_replay(event, now=now):
        raise NothingToReplay(event.slug)
    replay, made = Replay.objects.get_or_create(
        event=event, participant=person, defaults={"started_at": now}
    )
    if not made and replay.finished_at:
        replay.started_at, replay.finished_at = now, None
        replay.save(update_fields=["started_at", "finished_at"])
    return replay


@dataclass(slots=True)
class Progress:
    """What somebody did of a replay, newest post last."""

    posts: list[Post] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)  # questions
    questions: set[int] = field(default_factory=set)

    @property
    def is_enough(self) -> bool:
        all_answered = bool(self.questions) and self.questions <= self.answered
        return len(self.posts) >= ENOUGH_POSTS or all_answered

    @property
    def left(self) -> int:
        """Posts until it counts."""
        return max(0, ENOUGH_POSTS - len(self.posts))


def finish_replays(
    posts: Sequence[Post], people: Mapping[int, Participant], *, ours: set[int], now: datetime
) -> None:
    """Those that these posts may have completed. One query where nobody replays anything; never
    more than a constant number. `people`: by account, those of whom something may be kept."""
    authors = {people[post.author_id] for post in posts if post.author_id in people}
    if not authors:
        return
    under_way = Replay.objects.filter(participant__in=authors, finished_at=None)
    replays = list(under_way.select_related("event", "participant"))
    if not replays:
        return
    progress = read_progress(replays)
    done = [one for one in replays if one.pk in progress and progress[one.pk].is_enough]
    newest = {post.author_id: post for post in sorted(posts, key=lambda one: one.said_at)}
    owners = accounts_of({one.participant for one in done}) if done else {}
    told = {owners[account]: post for account, post in newest.items() if account in owners}
    _finish(done, progress, told, ours=ours, now=now)


def read_progress(replays: Iterable[Replay]) -> dict[int, Progress]:
    """By replay's id, in four queries. Replays come with `event` and `participant`."""
    replays = [one for one in replays if one.participant.consent != Consent.NOTHING]
    if not replays:
        return {}
    owners = accounts_of({one.participant for one in replays})
    events = {one.event_id for one in replays}
    questions: dict[int, set[int]] = {}
    asked = ChatQuestion.objects.filter(event__in=events, skipped_at=None)
    for event, question in asked.values_list("event_id", "pk"):
        questions.setdefault(event, set()).add(question)
    found = {one.pk: Progress(questions=questions.get(one.event_id, set())) for one in replays}
    answers = ChatAnswer.objects.certain().by_accounts(owners).filter(question__event__in=events)
    answered: dict[int, set[int]] = {}
    for account, question in answers.values_list("post__author_id", "question_id"):
        answered.setdefault(owners[account], set()).add(question)
    said: dict[int, list[Post]] = {}
    for post in _posts_since(replays, owners):
        said.setdefault(owners[post.author_id], []).append(post)
    for one in replays:
        progress, who = found[one.pk], one.participant_id
        progress.posts = [post for post in said.get(who, ()) if _counts(post, one)]
        progress.answered = answered.get(who, set()) & progress.questions
    return found


def _posts_since(replays: Sequence[Replay], owners: Iterable[int]) -> Iterable[Post]:
    hashtags = {one.event.bare_hashtag for one in replays}
    since = min(one.started_at for one in replays)
    return (
        Post.objects.alive()
        .filter(author__in=list(owners), visibility__in=OPEN, said_at__gte=since)
        .filter(Q(hashtag_rows__bare_name__in=hashtags) & Q(hashtag_rows__said_at__gte=since))
        .distinct()
        .prefetch_related("hashtag_rows")
        .order_by("said_at", "pk")
    )


def _counts(post: Post, replay: Replay) -> bool:
    names = {row.bare_name for row in post.hashtag_rows.all()}
    return post.said_at >= replay.started_at and replay.event.bare_hashtag in names


def _finish(
    done: Sequence[Replay],
    progress: Mapping[int, Progress],
    told: Mapping[int, Post],
    *,
    ours: set[int],
    now: datetime,
) -> None:
    if not done:
        return
    Replay.objects.filter(pk__in=[one.pk for one in done], finished_at=None).update(finished_at=now)
    log_learning_events(_deed(one, progress[one.pk], now) for one in done)
    say_once(
        [
            Word(
                f"replay:{one.event_id}:{one.participant_id}",
                post,
                one.participant,
                _words(one, post),
                one.event.site_id,
            )
            for one in done
            if (post := told.get(one.participant_id))
        ],
        ours=ours,
        now=now,
    )


def _deed(replay: Replay, progress: Progress, now: datetime) -> NewEvent:
    """The key is that of the day itself: whoever was there doesn't relay it twice."""
    last = progress.posts[-1] if progress.posts else None
    return NewEvent(
        kind=LearningEvent.Kind.LIVE_TWEETED,
        source_key=f"{replay.event_id}:{replay.participant_id}",
        participant_id=replay.participant_id,
        subject=f"live:{replay.event_id}",
        tags=("replay",),
        occurred_at=last.said_at if last else now,
        post_id=last.pk if last else None,
        evidence_url=last.url if last else "",
    )


def _words(replay: Replay, post: Post) -> Write:
    def write(language: str, limit: int, tone: str) -> str:
        return compose(
            "replay_done",
            "",
            limit=limit,
            language=language,
            tone=tone,
            context={
                "handle": post.author.handle,
                "title": replay.event.title,
                "url": address_of("live:replay", replay.event, language),
            },
        )

    return write


def read_replay(event: LiveEvent, person: Participant) -> tuple[Replay | None, Progress]:
    replay = (
        Replay.objects.filter(event=event, participant=person)
        .select_related("event", "participant")
        .first()
    )
    found = read_progress([replay]) if replay else {}
    return replay, found.get(replay.pk, Progress()) if replay else Progress()
