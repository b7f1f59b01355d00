"""Answers questions about riddles: by one click of a person, and by itself where the very same is
asked again. All that asked are told, each in public, in their thread."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from challenges.desk import Desk
from challenges.models import PhotoRiddlePage, Question, Screening
from challenges.models.questions import QuestionQuerySet
from community.manners import language_for, next_waking
from community.models import User
from microblog.answering import answer_to
from microblog.composing import compose
from microblog.doorbells import ring
from microblog.models import OutboxPost
from microblog.promising import enqueue_posts

Answer, State = Question.Answer, Question.State
GRACE = timedelta(seconds=20)
"""A click may be taken back for so long before its words go out."""


def may_answer(user: User | AnonymousUser) -> bool:
    return user.has_perm("challenges.answer_question")


def alike(question: Question) -> QuestionQuerySet:
    """It, and all that ask the same about the same riddle."""
    return Question.objects.filter(challenge_key=question.challenge_key, asked_as=question.asked_as)


@transaction.atomic
def answer_question(
    question: Question,
    answer: Question.Answer,
    *,
    by: User,
    words: str = "",
    told_as: str = "",
    now: datetime,
) -> int:
    """Answer it and all that wait with the same question; returns how many people are told, 0 where
    somebody was first."""
    waiting = alike(question).open().select_for_update(of=("self",))
    rows = list(waiting.values_list("pk", flat=True))
    moved = Question.objects.filter(pk__in=rows, state=State.OPEN).update(
        state=State.ANSWERED,
        answer=answer,
        words=words,
        told_as=told_as,
        is_repeat=False,
        answered_by=by,
        answered_at=now,
    )
    if moved:
        _tell(Question.objects.filter(pk__in=rows), now=now, due_at=now + GRACE)
    return moved


@transaction.atomic
def change_answer(
    question: Question,
    answer: Question.Answer,
    *,
    by: User,
    words: str = "",
    told_as: str = "",
    now: datetime,
) -> int:
    """Other words for an answer that was given: of what is unsaid, or by an edit of what was said.
    Returns how many answers changed."""
    given = alike(question).answered()
    moved = given.update(
        answer=answer, words=words, told_as=told_as, answered_by=by, answered_at=now
    )
    if moved:
        _tell(given, now=now, due_at=now)
    return moved


@transaction.atomic
def undo_answer(question: Question) -> int:
    """Take back what isn't said yet; returns how many questions wait again. What was said can still
    be changed."""
    given = alike(question).answered()
    promised = OutboxPost.objects.filter(question__in=given, said_version=0, attempts=0)
    unsaid = dict(promised.select_for_update(of=("self",)).values_list("pk", "question"))
    untold = list(given.filter(promise=None).values_list("pk", flat=True))
    OutboxPost.objects.filter(pk__in=unsaid).delete()
    return Question.objects.filter(pk__in=[*unsaid.values(), *untold]).update(
        state=State.OPEN, answer="", words="", is_repeat=False, answered_by=None, answered_at=None
    )


def set_aside(question: Question) -> int:
    """It asks nothing after all, and neither do those that say the same."""
    return alike(question).open().update(state=State.SET_ASIDE)


def take_up(question: Question) -> int:
    """What was set aside waits again."""
    return alike(question).filter(state=State.SET_ASIDE).update(state=State.OPEN)


@transaction.atomic
def answer_repeats(now: datetime, *, batch: int = 200) -> int:
    """Answer again what was asked and answered before; returns how many questions are answered."""
    rows = list(_repeats().select_for_update(of=("self",), skip_locked=True)[:batch])
    for row in rows:
        row.state, row.is_repeat, row.answered_at = State.ANSWERED, True, now
        row.answer, row.words, row.told_as, row.answered_by_id = _known(row)
    Question.objects.bulk_update(
        rows,
        ["state", "is_repeat", "answered_at", "answer", "words", "told_as", "answered_by"],
    )
    if rows:
        _tell(Question.objects.filter(pk__in=[row.pk for row in rows]), now=now, due_at=None)
    return len(rows)


def _known(row: Any) -> tuple[str, str, str, int | None]:
    return row.known_answer, row.known_words, row.known_told_as, row.known_by


def _repeats() -> QuerySet[Question]:
    """Open ones that a person answered before, of riddles that wish it."""
    before = (
        Question.objects.answered()
        .filter(challenge_key=OuterRef("challenge_key"), asked_as=OuterRef("asked_as"))
        .exclude(is_repeat=True)
        .order_by("-answered_at")
    )
    willing = PhotoRiddlePage.objects.live().filter(answers_repeats=True)
    return (
        Question.objects.open()
        .filter(challenge_key__in=willing.values("translation_key"))
        .annotate(
            known_answer=Subquery(before.values("answer")[:1]),
            known_words=Subquery(before.values("words")[:1]),
            known_told_as=Subquery(before.values("told_as")[:1]),
            known_by=Subquery(before.values("answered_by")[:1]),
        )
        .exclude(known_answer=None)
        .order_by("asked_at")
    )


def answer_key(question: Question) -> str:
    return f"question:{question.pk}"


def _tell(answered: QuerySet[Question], *, now: datetime, due_at: datetime | None) -> None:
    """Promise the words, in constant queries. Who doesn't want to hear from us reads them on the
    page. No `due_at`: as soon as the site's hours allow."""
    rows = list(answered.select_related("post"))
    screenings = list(
        Screening.objects.filter(post__in=[row.post_id for row in rows]).select_related(
            "post__author", "post__parent"
        )
    )
    desk = Desk.of(screenings, now=now)
    heard = {row.post_id: row for row in screenings if desk.hinders(row) is None}
    told = [row for row in rows if row.post_id in heard]
    enqueue_posts([_promise(row, heard[row.post_id], desk, due_at) for row in told])
    _remember_promises(told)


def _promise(
    row: Question, screening: Screening, desk: Desk, due_at: datetime | None
) -> OutboxPost:
    post, connection = screening.post, desk.connections[screening.post_id]
    mooc = desk.moocs[screening.post_id]
    language = language_for(desk.people.get(post.author_id), post, connection, mooc)
    return answer_to(
        post,
        connection,
        key=answer_key(row),
        kind=OutboxPost.Kind.QUESTION,
        text=compose(
            "question",
            row.words,
            limit=mooc.limit_on(connection),
            language=language,
            tone=mooc.tone,
            context={
                "handle": post.author.handle,
                "answer": row.answer,
                "is_repeat": row.is_repeat,
            },
        ),
        language=language,
        quiet=False,
        now=desk.now,
        due_at=due_at or next_waking(desk.now, mooc),
    )


def _remember_promises(rows: Sequence[Question]) -> None:
    known = OutboxPost.objects.filter(key__in=[answer_key(row) for row in rows])
    promises = {promise.key: promise for promise in known}
    for row in rows:
        row.promise = promises[answer_key(row)]
    Question.objects.bulk_update(rows, ["promise"])
    ring("deliver")
