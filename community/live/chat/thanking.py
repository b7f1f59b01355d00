"""A word of thanks to those who answer a tweetchat once it is over, and to those who finish a
replay: once for an event, with the manners expected of a machine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import override

from community.manners import Manners, language_for
from community.models import ChatAnswer, ChatQuestion, LiveEvent, MoocSettings, Participant
from community.moocs import Moocs
from community.people import accounts_of
from community.sites import base_url
from microblog.answering import answer_to, answering_connections
from microblog.composing import compose
from microblog.models import Connection, OutboxPost, Post
from microblog.promising import enqueue_posts

Write = Callable[[str, int, str], str]


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody answered after the end."""

    post: Post
    person: Participant
    question: ChatQuestion
    event: LiveEvent


@dataclass(frozen=True, slots=True)
class Word:
    """What we would say to the author of a post: in a language, within so many characters, and in
    the tone of the MOOC whose site it is."""

    key: str
    post: Post
    person: Participant
    write: Write
    site_id: int | None


def thank_latecomers(late: Sequence[Late], *, ours: set[int], now: datetime) -> int:
    """Returns how many thanks were promised. Constant queries, none where nobody came late."""
    if not late:
        return 0
    left = _left(late)
    words = {
        key: Word(
            key,
            one.post,
            one.person,
            _thanks(one, left[one.person.pk, one.event.pk]),
            one.event.site_id,
        )
        for one in reversed(late)  # of several answers in one batch, the first is thanked
        if (key := f"chat-thanks:{one.event.pk}:{one.person.pk}")
    }
    return say_once(list(words.values()), ours=ours, now=now)


def _thanks(late: Late, left: int) -> Write:
    def write(language: str, limit: int, tone: str) -> str:
        return compose(
            "chat_thanks",
            "",
            limit=limit,
            language=language,
            tone=tone,
            context={
                "handle": late.post.author.handle,
                "number": late.question.number,
                "title": late.event.title,
                "left": left,
                "url": address_of("live:questions", late.event, language),
            },
        )

    return write


def address_of(name: str, event: LiveEvent, language: str) -> str:
    with override(language):
        return base_url(event.site_id) + reverse(name, args=[event.slug])


def _left(late: Sequence[Late]) -> dict[tuple[int, int], int]:
    """(participant, event) → asked questions that they haven't answered yet."""
    events = {one.event.pk for one in late}
    asked = ChatQuestion.objects.asked().filter(event__in=events).order_by()
    questions = dict(asked.values_list("event").annotate(Count("pk")))
    owners = accounts_of({one.person for one in late})
    answers = ChatAnswer.objects.certain().by_accounts(owners)
    done: dict[tuple[int, int], set[int]] = {}
    rows = answers.filter(question__event__in=events, question__asked_at__isnull=False)
    for account, event, question in rows.values_list(
        "post__author_id", "question__event_id", "question_id"
    ):
        done.setdefault((owners[account], event), set()).add(question)
    return {
        key: questions.get(key[1], 0) - len(done.get(key, ()))
        for key in {(one.person.pk, one.event.pk) for one in late}
    }


def say_once(words: Sequence[Word], *, ours: set[int], now: datetime) -> int:
    """Promise each word that wasn't promised before, to those who don't mind hearing from us."""
    said = OutboxPost.objects.filter(key__in=[word.key for word in words])
    known = set(said.values_list("key", flat=True))
    words = [word for word in words if word.key not in known]
    if not words:
        return 0
    posts = [word.post for word in words]
    moocs = Moocs.read()
    manners = Manners.of(posts, ours=ours, moocs=moocs, now=now)
    homes = {word.post.pk: moocs.of_site(word.site_id) for word in words}
    connections = answering_connections(
        posts, may=lambda post, connection: moocs.may_speak(homes[post.pk], connection)
    )
    promises = []
    for word in words:
        mooc, connection = homes[word.post.pk], connections.get(word.post.pk)
        if connection is None or not _may_say(word, mooc, manners):
            continue
        manners.today[word.post.author_id] += 1
        if due_at := manners.rooms.take(mooc):
            promises.append(_promise(word, connection, mooc, due_at=due_at, now=now))
    return enqueue_posts(promises)


def _may_say(word: Word, mooc: MoocSettings, manners: Manners) -> bool:
    post = word.post
    is_welcome = manners.is_wanted(post, word.person) and not post.author.refuses_bots
    return is_welcome and not manners.has_heard_enough(post, mooc)


def _promise(
    word: Word, connection: Connection, mooc: MoocSettings, *, due_at: datetime, now: datetime
) -> OutboxPost:
    language = language_for(word.person, word.post, connection, mooc)
    return answer_to(
        word.post,
        connection,
        key=word.key,
        kind=OutboxPost.Kind.FEEDBACK,
        text=word.write(language, mooc.limit_on(connection), mooc.tone),
        language=language,
        quiet=True,
        now=now,
        due_at=due_at,
    )
