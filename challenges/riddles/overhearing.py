"""A person who may answer a question may do so in the thread, in a post of their own: it counts as
the answer, and the bot needs to say nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import regex
from django.contrib.auth.models import AbstractBaseUser

from challenges.matching import Screened
from challenges.models import Question
from challenges.rules import wording
from community.models import Consent, User
from community.people import known_participants
from microblog.gateways.base import Visibility

LONGEST_WORDS = 300
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_READABLE = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)
_FILLER = r"^\W*(?:(?:m+|h+m+|eu+h+|ah|oh|eh bien|well)\b\W*)*"
_ALMOST = regex.compile(
    _FILLER + r"(?:presque|pas tout à fait|pas loin|tu br[uû]les|tu chauffes|oui et presque"
    r"|almost|not quite|nearly|close|you are getting warm)\b\W*",
    regex.IGNORECASE,
)
_NEITHER = regex.compile(
    _FILLER + r"(?:ni oui ni non|neither yes nor no|yes and no|oui et non)\b\W*", regex.IGNORECASE
)
_YES = regex.compile(
    _FILLER + r"(?:oui+|ouais|yes+|yep|tout à fait|exactement|absolutely)\b\W*", regex.IGNORECASE
)
_NO = regex.compile(_FILLER + r"(?:non|nope|no|pas du tout|not at all)\b\W*", regex.IGNORECASE)
_IN_ORDER = (
    (Question.Answer.NEITHER, _NEITHER),
    (Question.Answer.ALMOST, _ALMOST),
    (Question.Answer.YES, _YES),
    (Question.Answer.NO, _NO),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person's own post answers, and what it adds."""

    answer: Question.Answer
    words: str


def read_answer(text: str) -> Heard | None:
    """None where it doesn't begin with an answer: it may be anything."""
    text = wording.visible(text)
    for answer, pattern in _IN_ORDER:
        if match := pattern.match(text):
            return Heard(answer, text[match.end() :].strip()[:LONGEST_WORDS])
    return None


def overhear_answers(screened: Sequence[Screened], *, now: datetime) -> None:
    """Three queries where somebody replies to a question that waits, one elsewhere."""
    replies = {one.post.parent_id: one for one in screened if _may_answer_so(one)}
    waiting = _lock_waiting(replies) if replies else []
    if not waiting:
        return
    replies = {question.post_id: replies[question.post_id] for question in waiting}
    users = _who_may(replies)
    people = known_participants({one.post.author_id for one in replies.values()})
    answered = []
    for question in waiting:
        one = replies[question.post_id]
        heard = read_answer(wording.prose(one.reading.facts))
        user = users.get(one.post.author.user_id or 0)
        if heard and user:
            person = people.get(one.post.author_id)
            shows = person is not None and person.consent == Consent.SHOW
            answered.append(_answered(question, heard, by=user, shows=shows, now=now))
    Question.objects.bulk_update(
        answered, ["state", "answer", "words", "answered_by", "answered_at"]
    )


def _lock_waiting(posts: Collection[int | None]) -> list[Question]:
    """What somebody is answering by a click at this moment is theirs."""
    waiting = Question.objects.open().filter(post__in=posts)
    return list(waiting.select_for_update(of=("self",), skip_locked=True))


def _may_answer_so(one: Screened) -> bool:
    post = one.post
    return bool(
        post.parent_id
        and post.author.user_id
        and post.deleted_at is None
        and post.visibility in _READABLE
        and post.parent
        and post.parent.author_id != post.author_id
    )


def _who_may(replies: Mapping[int | None, Screened]) -> dict[int, AbstractBaseUser]:
    wanted = [user for one in replies.values() if (user := one.post.author.user_id)]
    may = User.objects.with_perm("challenges.answer_question", backend=_BACKEND)
    return {user.pk: user for user in may.filter(pk__in=wanted)}


def _answered(
    question: Question, heard: Heard, *, by: AbstractBaseUser, shows: bool, now: datetime
) -> Question:
    question.state, question.answer = Question.State.ANSWERED, heard.answer
    question.words = heard.words if shows else ""
    question.answered_by_id, question.answered_at = by.pk, now
    return question
