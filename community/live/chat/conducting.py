"""What an organiser does while a tweetchat goes on: pause, resume, quicken, skip, take up again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Prefetch, Q

from community.live.chat.asking import OVERTIME, lock_rhythm
from community.models import ChatAnswer, ChatQuestion, ChatRhythm, LiveEvent, QuestionPost


@dataclass(frozen=True, slots=True)
class Line:
    """A question as its organiser sees it. `expected_at`: when it goes out by itself, about."""

    question: ChatQuestion
    state: str  # asked, skipped, waiting, by_hand
    answers: int
    people: int
    expected_at: datetime | None
    troubles: list[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How a chat stands. `late`: questions that would come after the end of the event."""

    lines: list[Line]
    rhythm: ChatRhythm
    next: ChatQuestion | None
    late: int


def pause(event: LiveEvent, *, now: datetime) -> None:
    """Nothing goes out by itself any more; by hand everything does."""
    with transaction.atomic():
        rhythm = lock_rhythm(event)
        rhythm.paused_at = rhythm.paused_at or now
        rhythm.save(update_fields=["paused_at"])


def resume(event: LiveEvent, *, now: datetime) -> None:
    """Go on after one more interval, so that nobody is surprised."""
    with transaction.atomic():
        rhythm = lock_rhythm(event)
        if rhythm.paused_at is None:
            return
        rhythm.paused_at = None
        if event.starts_at <= now:
            rhythm.next_at = now + timedelta(minutes=rhythm.interval)
        rhythm.save(update_fields=["paused_at", "next_at"])


def change_interval(event: LiveEvent, *, minutes: int, now: datetime) -> None:
    """The pause that is under way is measured anew."""
    with transaction.atomic():
        rhythm = lock_rhythm(event)
        rhythm.interval = minutes
        last = event.questions.asked().order_by("-asked_at").first()
        if last and last.asked_at:
            rhythm.next_at = max(now, last.asked_at + timedelta(minutes=minutes))
        rhythm.save(update_fields=["interval", "next_at"])


def look_again(event: LiveEvent) -> None:
    """Its questions or its times were changed: what was planned before is forgotten. The pause
    after the last question stays."""
    with transaction.atomic():
        rhythm = lock_rhythm(event)
        last = event.questions.asked().order_by("-asked_at").first()
        pause_after = timedelta(minutes=rhythm.interval)
        rhythm.next_at = last.asked_at + pause_after if last and last.asked_at else None
        rhythm.save(update_fields=["next_at"])


def skip(question: ChatQuestion, *, now: datetime) -> bool:
    """Leave it out; False where it was asked already."""
    return bool(ChatQuestion.objects.to_ask().filter(pk=question.pk).update(skipped_at=now))


def take_up(question: ChatQuestion) -> bool:
    """It has its turn again."""
    skipped = ChatQuestion.objects.filter(pk=question.pk, asked_at=None)
    return bool(skipped.exclude(skipped_at=None).update(skipped_at=None))


def read_score(event: LiveEvent, *, now: datetime) -> Score:
    """Constant queries, whatever the number of questions and answers."""
    rhythm, _made = ChatRhythm.objects.get_or_create(event=event)
    counted = Q(answers__in=ChatAnswer.objects.counted().certain())
    posts = QuestionPost.objects.select_related("connection", "promise")
    questions = list(
        event.questions.annotate(
            answers_count=Count("answers", filter=counted, distinct=True),
            people_count=Count("answers__post__author__link__participant", counted, distinct=True),
        )
        .prefetch_related(Prefetch("posts", posts))
        .order_by("number")
    )
    moments = _expected(questions, rhythm, event, now)
    lines = [_line(question, moments.get(question.pk)) for question in questions]
    following = next(
        (line.question for line in lines if line.state in ("waiting", "by_hand")), None
    )
    late = sum(1 for moment in moments.values() if moment > event.ends_at)
    return Score(lines, rhythm, following, late)


def _line(question: ChatQuestion, moment: datetime | None) -> Line:
    if question.asked_at:
        state = "asked"
    elif question.skipped_at:
        state = "skipped"
    else:
        state = "by_hand" if question.by_hand else "waiting"
    troubles = [
        f"{post.connection.name}: {post.promise.error}"
        for post in question.posts.all()
        if post.promise and post.promise.error
    ]
    return Line(
        question,
        state,
        getattr(question, "answers_count", 0),
        getattr(question, "people_count", 0),
        moment,
        troubles,
    )


def _expected(
    questions: list[ChatQuestion], rhythm: ChatRhythm, event: LiveEvent, now: datetime
) -> dict[int, datetime]:
    """When each waiting question goes out by itself, if nobody intervenes; none while it rests."""
    if rhythm.paused_at or now > event.ends_at + OVERTIME or event.state != event.State.ACCEPTED:
        return {}
    free = max(rhythm.next_at or event.starts_at, now if now > event.starts_at else event.starts_at)
    moments = {}
    for question in questions:
        if question.asked_at or question.skipped_at or question.by_hand:
            continue
        planned = event.starts_at + timedelta(minutes=question.planned_minute or 0)
        moments[question.pk] = max(free, planned)
        free = moments[question.pk] + timedelta(minutes=rhythm.interval)
    return moments
