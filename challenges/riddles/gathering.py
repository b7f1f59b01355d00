"""Gathers what is asked about riddles, and marks what would give an answer away. Set-based: a batch
costs a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from uuid import UUID

from challenges.matching import Screened
from challenges.models import Question
from challenges.riddles.recognising import Asked, read_question
from challenges.riddles.secrets import secret_of
from challenges.rules import guesses, wording
from microblog.models import Post

READ_ANEW = ("challenge_key", "asked_as", "is_guess", "state")


def gather_questions(screened: Sequence[Screened]) -> None:
    """Keep a row for every post that asks something; what is edited into another question waits
    again."""
    present = {row.post_id: row for row in _present(screened)}
    asked = {one.post.pk: (one, found) for one in screened if (found := _read(one)).asks}
    gone = [row.pk for post, row in present.items() if post not in asked]
    changed, new = [], []
    for post, (one, found) in asked.items():
        row = present.get(post)
        if row is None:
            new.append(_row(one, found))
        elif (row.challenge_key, row.asked_as) != (one.ruling.challenge_key, found.key):
            changed.append(_asked_anew(row, one, found))
    if gone:
        Question.objects.filter(pk__in=gone).delete()
    Question.objects.bulk_create(new, ignore_conflicts=True)
    Question.objects.bulk_update(changed, READ_ANEW)


def _present(screened: Iterable[Screened]) -> Iterable[Question]:
    return Question.objects.filter(post__in=[one.post.pk for one in screened])


def _read(one: Screened) -> Asked:
    """Nothing for what is no riddle's, was said to somebody else, or found the answer."""
    riddle = one.ruling.challenge
    if not one.counts or riddle is None or not riddle.is_riddle or one.is_remark:
        return Asked()
    text = wording.prose(one.reading.facts)
    found = read_question(text)
    if not found.asks or guesses.is_guessed(text, *_secret(one)):
        return Asked()
    return found


def _row(one: Screened, found: Asked) -> Question:
    """`_read` lets none pass that has no riddle."""
    return Question(
        post=one.post,
        challenge_key=cast(UUID, one.ruling.challenge_key),
        asked_as=found.key,
        is_guess=found.names,
        asked_at=one.post.said_at,
    )


def _asked_anew(row: Question, one: Screened, found: Asked) -> Question:
    row.challenge_key = one.ruling.challenge_key or row.challenge_key
    row.asked_as, row.is_guess = found.key, found.names
    row.state = Question.State.OPEN
    return row


def _secret(one: Screened) -> tuple[list[guesses.Answer], list[guesses.Answer]]:
    if one.ruling.challenge is None:
        return [], []
    answers, near_misses = secret_of(one.ruling.challenge)
    return guesses.answers(answers), guesses.answers(near_misses)


def veil_posts(screened: Sequence[Screened]) -> None:
    """Mark the posts in which a riddle's answer stands while others are still looking for it."""
    wanted: Mapping[int, UUID | None] = {one.post.pk: _veil(one) for one in screened}
    changed = [one.post for one in screened if one.post.veil != wanted[one.post.pk]]
    for post in changed:
        post.veil = wanted[post.pk]
    Post.objects.bulk_update(changed, ["veil"])


def _veil(one: Screened) -> UUID | None:
    riddle = one.ruling.challenge
    if not one.counts or riddle is None or not riddle.is_riddle or riddle.is_revealed:
        return None
    media = [item.alt_text for item in one.reading.facts.media]
    said = "\n".join([one.reading.facts.text, one.post.content_warning, *media])
    return riddle.key if guesses.gives_away(said, _secret(one)[0]) else None
