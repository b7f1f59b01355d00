"""Which question of a tweetchat a post answers, and how sure that is. Plain words in, words out:
no rows, no clock."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

import regex

from community.models import ChatAnswer
from community.moocs import bare_words

How = ChatAnswer.How

MOST_READ = 5000
"""Characters of a post that are looked at; no network takes more from people."""

_APART = re.compile(r"https?://\S+|(?<!\w)[@＠][\w.@-]+|[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_HASHTAG = re.compile(r"(?<!\w)[#＃](?!(?:[AQR]|rep|ans)\d{1,2}(?!\w))[\w·]+", re.I)
_LABEL = r"(?:[#＃]?[AQR][.\-]?|(?:[Rr]éponse|[Rr]eponse|[Aa]nswer|[Qq]uestion)\s{0,3})"
_SIGN = r"(?:\s{0,2}[.:;,)\]/=>|–—-]|\s*$|\s*\n)"
_OPENING = re.compile(rf"^[^\w\n]*{_LABEL}0?(\d{{1,2}})(?!\w)", re.I | re.M)
# "A 2 enfants" begins a sentence; "A 2:" doesn't. "R 2" is no word of any language.
_SPACED = re.compile(
    rf"^[^\w\n]*(?:[QR]\s0?(\d{{1,2}})(?!\w)|A\s0?(\d{{1,2}})(?={_SIGN}))", re.I | re.M
)
_WITHIN = re.compile(
    rf"(?<![\w.-]){_LABEL}0?(\d{{1,2}})(?=\s{{0,2}}[:=>|])|[(\[]{_LABEL}0?(\d{{1,2}})[)\]]", re.I
)
_HASHED = re.compile(r"(?<!\w)[#＃](?:[AQR]|rep|ans)0?(\d{1,2})(?!\w)", re.I)
_LOOSE = re.compile(r"(?<![\w.-])[AQR]0?(\d{1,2})(?!\w)")
_SAYS = regex.compile(r"[^\s\p{P}\p{Cf}]")


@dataclass(frozen=True, slots=True)
class Saying:
    """A post, as far as it matters here. `thread`, `quoted`: the number of the question that it
    answers directly or quotes, if any; `meanwhile`: the one it may be about, because that was the
    last asked when it was said, or because it hangs (`is_below`) among the answers to it."""

    text: str
    bears_hashtag: bool
    has_media: bool = False
    thread: int | None = None
    quoted: int | None = None
    meanwhile: int | None = None
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    number: int
    how: ChatAnswer.How


def recognise(saying: Saying, questions: Mapping[int, Sequence[str]]) -> Recognised | None:
    """`questions`: the texts of each by its number. None where it answers nothing."""
    found = _evidence(saying, questions)
    if found is None or _says_nothing(saying, questions[found.number]):
        return None
    return found


def _evidence(saying: Saying, questions: Mapping[int, Sequence[str]]) -> Recognised | None:
    """The first of these that names a question there is."""
    named, is_sure = named_number(saying.text)
    hangs = saying.is_below or saying.thread in questions or saying.quoted in questions
    belongs = saying.bears_hashtag or hangs
    for number, how, holds in (
        (named, How.NAMED, is_sure and belongs),
        (saying.quoted, How.QUOTE, True),
        (saying.thread, How.THREAD, True),
        (named, How.LIKELY, belongs),
        (saying.meanwhile, How.LIKELY, belongs),
    ):
        if holds and number is not None and number in questions:
            return Recognised(number, how)
    return None


def named_number(text: str) -> tuple[int | None, bool]:
    """The number that a post says it answers ("A1", "r 1", "Réponse 1:", "#R1", "(Q1)"), and
    whether it stands where labels stand. "Niveau A2" is a number too, of which nobody is sure."""
    words = _HASHTAG.sub(" ", _plain(text)).strip()
    for pattern in (_OPENING, _SPACED, _HASHED, _WITHIN):
        if found := pattern.search(words):
            return int(next(filter(None, found.groups()))), True
    loose = _LOOSE.search(words)
    return (int(loose[1]), False) if loose else (None, False)


def _plain(text: str) -> str:
    """One way of writing letters and figures; addresses, handles and invisible signs left out."""
    return _APART.sub(" ", normalize("NFKC", text[:MOST_READ]))


def _says_nothing(saying: Saying, question: Sequence[str]) -> bool:
    """A label alone, or the question said again, is no answer; a picture or a link is one."""
    if saying.has_media or "://" in saying.text:
        return False
    words = _HASHED.sub(" ", _HASHTAG.sub(" ", _plain(saying.text))).strip()
    rest = _SPACED.sub(" ", _OPENING.sub(" ", words))
    if not _SAYS.search(rest):
        return True
    said = f" {bare_words(rest)} "
    for text in filter(None, map(bare_words, question)):
        said = said.replace(f" {text} ", " ")
    return not said.strip() and bool(bare_words(rest))
