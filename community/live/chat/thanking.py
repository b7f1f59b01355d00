"""A word of thanks to those who answer a tweetchat once it is over, and to those who finish a
replay: once for an event, with the manners expected of a machine."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import override

from community.manners import HourlyRoom, current_mooc, language_for
from community.models import ChatAnswer, ChatQuestion, LiveEvent, MoocSettings, Participant
from community.people import accounts_of
from microblog.answering import answering_connections, answering_visibility
from microblog.composing import compose
from microblog.models import Account, Connection, Follow, Mention, OutboxPost, Post
from microblog.promising import enqueue_posts

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody answered after the end."""

    post: Post
    person: Participant
    question: ChatQuestion
    event: LiveEvent


@dataclass(frozen=True, slots=True)
class Word:
    """What we would say to the author of a post, in a language and within so many characters."""

    key: str
    post: Post
    person: Participant
    write: Callable[[str, int], str]


def thank_latecomers(late: Sequence[Late], *, ours: set[int], now: datetime) -> int:
    """Returns how many thanks were promised. Constant queries, none where nobody came late."""
    if not late:
        return 0
    left = _left(late)
    words = {
        key: Word(key, one.post, one.person, _thanks(one, left[one.person.pk, one.event.pk]))
        for one in reversed(late)  # of several answers in one batch, the first is thanked
        if (key := f"chat-thanks:{one.event.pk}:{one.person.pk}")
    }
    return say_once(list(words.values()), ours=ours, now=now)


def _thanks(late: Late, left: int) -> Callable[[str, int], str]:
    def write(language: str, limit: int) -> str:
        return compose(
            "chat_thanks",
            "",
            limit=limit,
            language=language,
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
        return settings.BASE_URL + reverse(name, args=[event.slug])


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
    manners = _Manners.of(posts, ours=ours, now=now)
    connections = answering_connections(posts)
    promises = []
    for word in words:
        connection = connections.get(word.post.pk)
        if connection and manners.may_say(word.post, word.person) and (at := manners.take(word)):
            promises.append(_promise(word, connection, due_at=at, now=now))
    return enqueue_posts(promises)


def _promise(word: Word, connection: Connection, *, due_at: datetime, now: datetime) -> OutboxPost:
    post = word.post
    language = language_for(word.person, post, connection)
    return OutboxPost(
        key=word.key,
        kind=OutboxPost.Kind.FEEDBACK,
        connection=connection,
        lane=f"account:{post.author_id}",
        recipient=post.author,
        in_reply_to=post,
        is_answer=True,
        text=word.write(language, connection.character_limit),
        language=language,
        visibility=answering_visibility(post, quiet=True).value,
        created_at=now,
        due_at=due_at,
    )


@dataclass(slots=True)
class _Manners:
    ours: set[int]
    mooc: MoocSettings
    room: HourlyRoom
    addressed: set[int]  # posts that mention an account of ours
    followers: set[int]
    today: Counter[int]

    @classmethod
    def of(cls, posts: Iterable[Post], *, ours: set[int], now: datetime) -> "_Manners":
        posts = list(posts)
        authors = {post.author_id for post in posts}
        mooc = current_mooc()
        mentions = Mention.objects.filter(post__in=posts, account__in=ours)
        follows = Follow.objects.filter(follower__in=authors, followed__in=ours)
        answers = OutboxPost.objects.filter(
            kind=OutboxPost.Kind.FEEDBACK, recipient__in=authors, created_at__gt=now - DAY
        ).order_by()
        return cls(
            ours=ours,
            mooc=mooc,
            room=HourlyRoom(mooc, now=now),
            addressed=set(mentions.values_list("post_id", flat=True)),
            followers=set(follows.values_list("follower_id", flat=True)),
            today=Counter(dict(answers.values_list("recipient").annotate(Count("pk")))),
        )

    def may_say(self, post: Post, person: Participant) -> bool:
        """They answer us, spoke to us, follow us or came aboard, and heard little from us today."""
        author: Account = post.author
        to_us = post.parent is not None and post.parent.author_id in self.ours
        knows_us = person.embarked_at or person.user_id or author.pk in self.followers
        asked = to_us or knows_us or post.pk in self.addressed
        few = self.today[author.pk] < self.mooc.answers_per_person_per_day
        return bool(asked) and few and not author.refuses_bots

    def take(self, word: Word) -> datetime | None:
        self.today[word.post.author_id] += 1
        return self.room.take()
