"""What is a help, and what confirms it: pure judgements on what was said.

A reply to a newcomer helps if it is on topic: about the challenge they are at, the live event they
relay, a question of theirs, something that was missing, or a tip of the tutors. It counts once they
thank for it, like it, or do what it says.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from community.models import Help

Topic = Help.Topic

THANKS = re.compile(r"\b(merci|mercis|remercie|thanks|thank you|thx|ty)\b|🙏|❤|🥰", re.IGNORECASE)
_WORD = re.compile(r"(?<![@#\w])[^\W\d_]{2,}")
_ADDRESS = re.compile(r"https?://\S+")
_SENTENCE = re.compile(r"[^.!?…？؟\n]+[.!?…？؟]*")
_ASKS = re.compile(r"[?？؟]")
FEWEST_WORDS = 3  # less is a nod, not a help

GESTURES: Mapping[str, re.Pattern[str]] = {
    "description": re.compile(
        r"\balt\b|\bd[ée]cri(?:s|t|re|ption)|\bdescri(?:be|ption)|\btextes? alternatifs?\b"
        r"|\balternative text\b",
        re.IGNORECASE,
    ),
    "photo": re.compile(r"\bphotos?\b|\bimages?\b|\bpictures?\b", re.IGNORECASE),
    "hashtag": re.compile(r"\bhash ?tags?\b|\bmot-di[èe]se\b|#\w", re.IGNORECASE),
    "mention": re.compile(r"\bmention\w*|\barobas\w*|\bpseudos?\b|\bhandles?\b", re.IGNORECASE),
    "link": re.compile(r"\bliens?\b|\blinks?\b|\badresses?\b", re.IGNORECASE),
    "thread": re.compile(r"\bfils?\b|\bthreads?\b|\bencha[iî]n", re.IGNORECASE),
    "warning": re.compile(r"\bavertissements?\b|\bcontent warnings?\b|\bcw\b", re.IGNORECASE),
}
"""What a reply may tell to do, and how one says it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A reply to a newcomer, and what it answers. `shows`: gestures of the answered post;
    `missing`: those that a challenge still asked of it; `at_work`: it belongs to a challenge."""

    text: str
    answered: str = ""
    shows: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    at_work: bool = False
    is_live: bool = False
    uses_tip: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What a help is about. `gestures`: what it speaks of that wasn't there, so that it can be seen
    to be done."""

    topic: Help.Topic
    gestures: tuple[str, ...] = ()


def judge_remark(remark: Remark) -> About | None:
    """What a reply helps with; None for nods, thanks, mere questions and other matters."""
    words = _ADDRESS.sub(" ", remark.text)
    if len(_WORD.findall(words)) < FEWEST_WORDS or _only_asks(words):
        return None
    gestures = tuple(
        key for key, said in GESTURES.items() if said.search(words) and key not in remark.shows
    )
    if says_thanks(words) and not gestures:
        return None
    topic = _topic(remark, gestures)
    return About(topic, gestures) if topic else None


def _topic(remark: Remark, gestures: Collection[str]) -> Help.Topic | None:
    """The one that says most."""
    told = remark.missing.intersection(gestures)
    answers = bool(_ASKS.search(_ADDRESS.sub(" ", remark.answered)))
    found = {
        Topic.TIP: remark.uses_tip,
        Topic.MISSING: bool(told),
        Topic.LIVE: remark.is_live,
        Topic.CHALLENGE: remark.at_work,
        Topic.QUESTION: answers,
    }
    return next((topic for topic, is_so in found.items() if is_so), None)


def _only_asks(text: str) -> bool:
    """A move of a game, or curiosity: nothing that one could use."""
    said = [part for part in _SENTENCE.findall(text) if _WORD.search(part)]
    return bool(said) and all(_ASKS.search(part) for part in said)


def says_thanks(text: str) -> bool:
    return bool(THANKS.search(text))


@dataclass(frozen=True, slots=True)
class Advice:
    """A help that waits: what it spoke of, when, under which post; the post its newcomer said
    next."""

    gestures: frozenset[str]
    said_at: datetime
    about: int | None
    next_post: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """A newcomer's post as it is now."""

    post: int
    shows: frozenset[str]
    said_at: datetime
    edited_at: datetime | None = None


def is_applied(advice: Advice, said: Said) -> bool:
    """Whether the next post, or an edit of the one that was answered, does what the help says."""
    if advice.gestures.isdisjoint(said.shows):
        return False
    if said.post == advice.about:
        return said.edited_at is not None and said.edited_at > advice.said_at
    return said.post == advice.next_post and said.said_at > advice.said_at


def counts_between(moments: Sequence[datetime], moment: datetime, *, most: int, days: int) -> bool:
    """Whether one more help counts between two people, given the moments of those that do."""
    window = timedelta(days=days)
    near = [other for other in moments if abs(moment - other) < window]
    return len(near) < most


def gestures_of(
    *,
    images: Iterable[str],
    hashtags: Collection[str],
    mentions: int,
    links: Collection[str],
    goes_on: bool,
    warning: str,
) -> frozenset[str]:
    """`images`: the descriptions of a post's photos; `goes_on`: it answers its own author."""
    described = list(images)
    shown = {
        "photo": bool(described),
        "description": bool(described) and all(text.strip() for text in described),
        "hashtag": bool(hashtags),
        "mention": mentions > 0,
        "link": bool(links),
        "thread": goes_on,
        "warning": bool(warning.strip()),
    }
    return frozenset(key for key, is_shown in shown.items() if is_shown)
