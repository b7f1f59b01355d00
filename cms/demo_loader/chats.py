"""A tweetchat that took place, answered on the day and since, and one that comes: the engine itself
asks, recognises and thanks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.past import answer
from cms.demo_loader.people import account_of
from cms.demo_loader.reading import Demo, Fields
from community.live.chat.conducting import change_interval
from community.live.clocks import exact
from community.models import ChatQuestion, LiveEvent
from microblog.doorbells import silence
from microblog.models import Post
from microblog.timeline.services import write_post

WORDS = ("title", "hashtag", "language", "time_zone", "description")
TIPS = ("tips_before", "tips_during", "tips_after")
QUESTION = ("text_fr", "text_en", "tip_fr", "tip_en", "planned_minute", "by_hand")


@dataclass(frozen=True, slots=True)
class Moment:
    """Something in the life of a chat; afterwards the engine has its say."""

    key: str
    at: datetime
    post: Fields | None = None


READING = timedelta(seconds=30)
"""Nobody answers in the second in which something was said."""


def load_chats(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many items are new. After the people who answer."""
    missing = [chat for chat in demo.chats if any(key not in ledger for key in _keys(chat))]
    if not missing:
        return 0
    began = ledger.moment("chats", now)
    return sum(_load(chat, ledger, began) for chat in missing)


def _keys(chat: Fields) -> Iterator[str]:
    """Of all that belongs to it; what is to come has no life yet."""
    yield f"chat:{chat['key']}"
    if chat["in_days"] < 0:
        yield from (_question_key(chat, number) for number, _one in enumerate(chat["questions"], 1))
        yield from (_post_key(post) for post in chat["posts"])


def _question_key(chat: Fields, number: int) -> str:
    return f"chat-question:{chat['key']}:{number}"


def _post_key(post: Fields) -> str:
    return f"chat-post:{post['key']}"


def _load(chat: Fields, ledger: Ledger, began: datetime) -> int:
    made = int(ledger.load(f"chat:{chat['key']}", _event, chat, began))
    event = ledger.find(f"chat:{chat['key']}", LiveEvent)
    if event is None or event.ends_at > began:
        return made
    for moment in sorted(_moments(chat, event), key=lambda one: one.at):
        with silence():
            if ledger.load(moment.key, partial(_play, moment, ledger)):
                made += 1
                answer(moment.at + READING if moment.post else moment.at)
    return made


def _event(chat: Fields, began: datetime) -> LiveEvent:
    fields = {name: chat[name].strip() for name in (*WORDS, *TIPS) if name in chat}
    day = began.astimezone(ZoneInfo(chat["time_zone"])).date() + timedelta(days=chat["in_days"])
    starts, ends = (
        exact(datetime.combine(day, time.fromisoformat(chat[name])), chat["time_zone"])
        for name in ("at", "until")
    )
    kind = LiveEvent.Kind.TWEETCHAT
    event = LiveEvent.objects.create(kind=kind, starts_at=starts, ends_at=ends, **fields)
    for number, question in enumerate(chat["questions"], 1):
        known = {name: question[name] for name in QUESTION if name in question}
        ChatQuestion.objects.create(event=event, number=number, **known)
    change_interval(event, minutes=chat["interval"], now=began)
    return event


def _moments(chat: Fields, event: LiveEvent) -> Iterator[Moment]:
    """Questions go out in their rhythm, which rings once an interval; answers come in between."""
    for number in range(1, len(chat["questions"]) + 1):
        at = event.starts_at + timedelta(minutes=chat["interval"] * (number - 1))
        yield Moment(_question_key(chat, number), at)
    for post in chat["posts"]:
        at = event.starts_at + timedelta(
            days=post.get("days_later", 0), minutes=post["minute"], seconds=30
        )
        yield Moment(_post_key(post), at, post)


def _play(moment: Moment, ledger: Ledger) -> Post | None:
    """None where its author isn't there (any more), and for a question: the engine asks it."""
    if moment.post is None:
        return None
    author = account_of(ledger, moment.post["author"])
    if author is None:
        return None
    return write_post(author, text=moment.post["text"], now=moment.at, language="fr")
