"""The tweetchats that a batch of posts may belong to, read in a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from community.live.chat.recognising import Recognised, Saying, recognise
from community.models import ChatQuestion, LiveEvent, Participant, QuestionPost, Replay
from microblog.hashtags import bare
from microblog.models import Post


@dataclass(frozen=True, slots=True)
class Chat:
    """One tweetchat with its questions by number; skipped ones are left out."""

    event: LiveEvent
    begun_at: datetime
    questions: Mapping[int, ChatQuestion]

    @property
    def texts(self) -> Mapping[int, Sequence[str]]:
        return {n: (one.text_fr, one.text_en) for n, one in self.questions.items()}

    def last_asked(self, at: datetime) -> int | None:
        """The question people were at, if the event went on then."""
        if not self.event.starts_at <= at <= self.event.ends_at:
            return None
        asked = [one for one in self.questions.values() if one.asked_at and one.asked_at <= at]
        newest = max(asked, key=lambda one: (one.asked_at, one.number), default=None)
        return newest.number if newest else None


@dataclass(frozen=True, slots=True)
class Atlas:
    """`said`: our own posts that ask a question, by id and by uri: (event, number)."""

    chats: Mapping[int, Chat] = field(default_factory=dict)
    said: Mapping[int | str, tuple[int, int]] = field(default_factory=dict)
    replayed: frozenset[tuple[int, int]] = frozenset()  # (participant, event)

    def find(
        self, post: Post, person: Participant | None
    ) -> tuple[ChatQuestion, Recognised] | None:
        """What a post answers, if anything. Posts come with `parent` and `media`."""
        above = self._above(post)
        chat = self._chat_of(post, person, above)
        if chat is None:
            return None
        below = above.get("below")
        found = recognise(
            Saying(
                text=post.text,
                bears_hashtag=chat.event.bare_hashtag in bare(post.hashtags),
                has_media=bool(post.media.all()),
                thread=_number(above.get("thread"), chat),
                quoted=_number(above.get("quoted"), chat),
                meanwhile=_number(below, chat) or chat.last_asked(post.said_at),
                is_below=below is not None,
            ),
            chat.texts,
        )
        return (chat.questions[found.number], found) if found else None

    def _above(self, post: Post) -> dict[str, tuple[int, int]]:
        """The questions that it answers directly, quotes, or hangs somewhere below."""
        found = {}
        if parent := self.said.get(post.parent_id or ""):
            found["thread"] = parent
        elif (root := self.said.get(post.root_id or "")) and post.parent:
            goes_on = post.parent.author_id == post.author_id
            found["thread" if goes_on else "below"] = root
        if quoted := self.said.get(post.quote_uri):
            found["quoted"] = quoted
        return found

    def _chat_of(
        self, post: Post, person: Participant | None, above: Mapping[str, tuple[int, int]]
    ) -> Chat | None:
        """Of several with one hashtag: the one being replayed, else the latest that had begun."""
        for event, _number_there in above.values():
            return self.chats.get(event)
        hashtags = bare(post.hashtags)
        open_ones = [
            chat
            for chat in self.chats.values()
            if chat.event.bare_hashtag in hashtags and chat.begun_at <= post.said_at
        ]
        again = [
            chat for chat in open_ones if person and (person.pk, chat.event.pk) in self.replayed
        ]
        return max(again or open_ones, key=lambda chat: chat.event.starts_at, default=None)


def _number(place: tuple[int, int] | None, chat: Chat) -> int | None:
    return place[1] if place and place[0] == chat.event.pk else None


def read_atlas(posts: Sequence[Post], people: Iterable[Participant]) -> Atlas:
    """At most four queries; one where no post hangs on anything or bears a hashtag of a chat."""
    said = _questions_said(posts)
    hashtags = bare(hashtag for post in posts for hashtag in post.hashtags)
    events = _events(hashtags, {event for event, _number_there in said.values()})
    if not events:
        return Atlas()
    replays = Replay.objects.filter(
        participant__in={person.pk for person in people}, event__in=events, finished_at=None
    )
    return Atlas(
        chats=_chats(events),
        said=said,
        replayed=frozenset(replays.values_list("participant_id", "event_id")),
    )


def _questions_said(posts: Iterable[Post]) -> dict[int | str, tuple[int, int]]:
    above = {pk for post in posts for pk in (post.parent_id, post.root_id) if pk}
    quoted = {post.quote_uri for post in posts if post.quote_uri}
    if not above and not quoted:
        return {}
    rows = QuestionPost.objects.filter(
        Q(promise__post__in=above) | Q(promise__post__uri__in=quoted)
    ).values_list(
        "promise__post_id", "promise__post__uri", "question__event_id", "question__number"
    )
    said: dict[int | str, tuple[int, int]] = {}
    for pk, uri, event, number in rows:
        said[pk] = said[uri] = (event, number)
    return said


def _events(hashtags: frozenset[str], ids: set[int]) -> dict[int, LiveEvent]:
    if not hashtags and not ids:
        return {}
    chats = LiveEvent.objects.accepted().filter(kind=LiveEvent.Kind.TWEETCHAT)
    return {
        event.pk: event
        for event in chats.only("hashtag", "kind", "title", "slug", "starts_at", "ends_at")
        if event.pk in ids or event.bare_hashtag in hashtags
    }


def _chats(events: Mapping[int, LiveEvent]) -> dict[int, Chat]:
    questions: dict[int, dict[int, ChatQuestion]] = {pk: {} for pk in events}
    for one in ChatQuestion.objects.filter(event__in=events, skipped_at=None):
        questions[one.event_id][one.number] = one
    return {
        pk: Chat(event, _begun_at(event, questions[pk].values()), questions[pk])
        for pk, event in events.items()
    }


def _begun_at(event: LiveEvent, questions: Iterable[ChatQuestion]) -> datetime:
    """Its start, or its first question where somebody asked that earlier."""
    return min([event.starts_at, *(one.asked_at for one in questions if one.asked_at)])
