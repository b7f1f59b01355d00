"""Answers to the questions of tweetchats, found in every batch of posts that is screened.

A month later still counts. What was recognised once stays an answer, whatever an edit does; an edit
that says another number moves it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from community.learning import NewEvent, log_learning_events
from community.live.chat.atlas import read_atlas
from community.live.chat.thanking import Late, thank_latecomers
from community.models import (
    ChatAnswer,
    ChatQuestion,
    Consent,
    LearningEvent,
    LiveEvent,
    Participant,
)
from community.people import known_participants, participants_of
from microblog.models import Post

How = ChatAnswer.How


@dataclass(frozen=True, slots=True)
class Found:
    """A post, and the question that it answers."""

    post: Post
    question: ChatQuestion
    event: LiveEvent
    how: str
    is_new: bool

    @property
    def is_certain(self) -> bool:
        return self.how != How.LIKELY

    @property
    def is_late(self) -> bool:
        return self.post.said_at > self.event.ends_at


def notice_answers(posts: Sequence[Post], *, ours: set[int], now: datetime) -> None:
    """Posts are alive, open to everybody, and nobody's machine's. Called within the screening's
    transaction; constant queries."""
    prefetch_related_objects(list(posts), "author", "media", "parent")
    people = known_participants({post.author_id for post in posts})
    found = _find(posts, people)
    if not found:
        return
    strangers = {one.post.author for one in found if one.post.author_id not in people}
    people |= participants_of(strangers) if strangers else {}
    kept = _keep(found)
    certain = sorted(
        (one for one in kept if one.is_certain), key=lambda one: (one.post.said_at, one.post.pk)
    )
    log_learning_events(_deed(one, people[one.post.author_id]) for one in certain)
    late = [
        Late(one.post, people[one.post.author_id], one.question, one.event)
        for one in certain
        if one.is_late and one.is_new
    ]
    thank_latecomers(late, ours=ours, now=now)


def _find(posts: Sequence[Post], people: Mapping[int, Participant]) -> list[Found]:
    atlas = read_atlas(posts, people.values())
    found = []
    for post in posts if atlas.chats else ():
        person = people.get(post.author_id)
        if person and person.consent == Consent.NOTHING:
            continue
        if hit := atlas.find(post, person):
            question, recognised = hit
            event = atlas.chats[question.event_id].event
            found.append(Found(post, question, event, recognised.how, is_new=True))
    return found


def _keep(found: Iterable[Found]) -> list[Found]:
    """Write what is new or surer than before; returns each as it is kept now."""
    found = list(found)
    rows = ChatAnswer.objects.filter(post__in=[one.post for one in found])
    before = {row.post_id: row for row in rows.select_related("question")}
    kept, changed = [], []
    for one in found:
        row = before.get(one.post.pk)
        if row is None or _is_better(one, row):
            changed.append(
                ChatAnswer(question=one.question, post=one.post, how=one.how, is_late=one.is_late)
            )
            is_new = row is None or row.how == How.LIKELY
            kept.append(Found(one.post, one.question, one.event, one.how, is_new))
        elif row.question.event_id == one.event.pk:
            kept.append(Found(one.post, row.question, one.event, row.how, is_new=False))
    ChatAnswer.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["post"],
        update_fields=["question", "how", "is_late"],
    )
    return kept


def _is_better(found: Found, row: ChatAnswer) -> bool:
    """Surer, or the author says another number now. What a person decided stays."""
    if row.how == How.BY_HAND or (row.question_id, row.how) == (found.question.pk, found.how):
        return False
    return row.how == How.LIKELY or found.how == How.NAMED


def _deed(found: Found, person: Participant) -> NewEvent:
    """Once for a person and question, whatever they answer to it later."""
    return NewEvent(
        kind=LearningEvent.Kind.CHAT_ANSWERED,
        source_key=f"{found.question.pk}:{person.pk}",
        participant_id=person.pk,
        subject=f"live:{found.event.pk}",
        tags=("tweetchat", "later") if found.is_late else ("tweetchat",),
        occurred_at=found.post.said_at,
        post_id=found.post.pk,
        evidence_url=found.post.url,
    )


def confirm_answer(answer: ChatAnswer, *, question: ChatQuestion) -> None:
    """A person says what a post answers; no machine changes that."""
    answer.question, answer.how = question, How.BY_HAND
    answer.save(update_fields=["question", "how"])
    post, event = answer.post, question.event
    people = participants_of([post.author])
    found = Found(post, question, event, How.BY_HAND, is_new=True)
    log_learning_events([_deed(found, people[post.author_id])])
