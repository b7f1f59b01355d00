"""Which words a text has, and how long it is."""

from challenges.rules import wording
from challenges.rules.book import RULES, nothing_written, unfinished, unfinished_summary
from challenges.rules.facts import PostFacts
from challenges.rules.fields import Params, number, strings
from rulebook import Finding, Message, accepted, not_yet
from rulebook.messages import ngettext

_APOSTROPHES = str.maketrans("", "", "'’ʼ＇′")


def _spelled(text: str) -> list[str]:
    return [wording.key(part.shown).translate(_APOSTROPHES) for part in wording.parts(text)]


def _found(phrases: list[str], text: str) -> list[str]:
    """The phrases that stand in the text as whole words, one after the other."""
    haystack = _spelled(text)
    whole = wording.key(text)
    return [phrase for phrase in phrases if _stands(_spelled(phrase), haystack, phrase, whole)]


def _stands(needle: list[str], haystack: list[str], phrase: str, whole: str) -> bool:
    if not needle:  # nothing but emoji or signs
        return wording.key(phrase) in whole
    last_start = len(haystack) - len(needle)
    return any(haystack[start : start + len(needle)] == needle for start in range(last_start + 1))


def _words(params: Params) -> list[str]:
    return list(dict.fromkeys(map(wording.composed, strings(params, "words"))))


def _needed(params: Params, words: list[str]) -> int:
    return min(number(params, "count", 0, smallest=0) or len(words), len(words))


def _contains_words_summary(params: Params) -> Message:
    words = _words(params)
    needed = _needed(params, words)
    if not words:
        return unfinished_summary()
    if needed < len(words):
        return ngettext(
            "Use at least one of these words: %(words)s.",
            "Use at least %(count)s of these words: %(words)s.",
            needed,
            words=words,
        )
    return ngettext(
        "Use the word %(words)s.", "Use all these words: %(words)s.", needed, words=words
    )


@RULES.rule("contains_words", summary=_contains_words_summary)
def contains_words(facts: PostFacts, params: Params) -> Finding:
    """`words` (list[str], words or phrases); `count` (int = 0): how many are needed, 0 for all.

    Whole words; case doesn't matter, accents do. Hashtags don't count as words.
    """
    words = _words(params)
    if not words:
        return unfinished()
    present = _found(words, wording.prose(facts))
    missing = _needed(params, words) - len(present)
    if missing <= 0:
        return accepted(
            ngettext(
                "Your text has the word %(words)s.",
                "Your text has these words: %(words)s.",
                len(present),
                words=present,
            )
        )
    absent = [word for word in words if word not in present]
    if missing == len(absent):
        return not_yet(
            ngettext(
                "One word is still missing: %(words)s.",
                "%(count)s words are still missing: %(words)s.",
                missing,
                words=absent,
            )
        )
    return not_yet(
        ngettext(
            "One more word is needed, whichever you like of these: %(words)s.",
            "%(count)s more words are needed, whichever you like of these: %(words)s.",
            missing,
            words=absent,
        )
    )


def _avoids_words_summary(params: Params) -> Message:
    words = _words(params)
    if not words:
        return unfinished_summary()
    return ngettext(
        "Do without the word %(words)s.",
        "Do without these words: %(words)s.",
        len(words),
        words=words,
    )


@RULES.rule("avoids_words", summary=_avoids_words_summary)
def avoids_words(facts: PostFacts, params: Params) -> Finding:
    """`words` (list[str], words or phrases): none of them. An empty text avoids nothing."""
    words = _words(params)
    if not words:
        return unfinished()
    text = wording.prose(facts)
    if not wording.words(text):
        return nothing_written()
    present = _found(words, text)
    if not present:
        return accepted(
            ngettext(
                "Your text does without the word %(words)s.",
                "Your text does without these words: %(words)s.",
                len(words),
                words=words,
            )
        )
    return not_yet(
        ngettext(
            "Find another way to say %(words)s: that word is to be avoided here.",
            "Find other ways to say %(words)s: these words are to be avoided here.",
            len(present),
            words=present,
        )
    )


def _length(facts: PostFacts) -> int:
    return len(wording.graphemes(wording.prose(facts)))


def _at_most_characters_summary(params: Params) -> Message:
    return ngettext(
        "Write at most one character.",
        "Write at most %(count)s characters; hashtags, mentions and links don't count.",
        number(params, "count", 280),
    )


@RULES.rule("at_most_characters", summary=_at_most_characters_summary)
def at_most_characters(facts: PostFacts, params: Params) -> Finding:
    """`count` (int = 280): characters as readers see them, without hashtags, mentions and links."""
    length, most = _length(facts), number(params, "count", 280)
    if not length:
        return nothing_written()
    if length <= most:
        return accepted(
            ngettext(
                "Your text has one character (at most %(most)s).",
                "Your text has %(count)s characters (at most %(most)s).",
                length,
                most=most,
            )
        )
    return not_yet(
        ngettext(
            "Your text has %(length)s characters: make it one shorter.",
            "Your text has %(length)s characters: make it %(count)s shorter.",
            length - most,
            length=length,
        )
    )


def _exactly_characters_summary(params: Params) -> Message:
    return ngettext(
        "Write exactly one character.",
        "Write exactly %(count)s characters; hashtags, mentions and links don't count.",
        number(params, "count", 140),
    )


@RULES.rule("exactly_characters", summary=_exactly_characters_summary)
def exactly_characters(facts: PostFacts, params: Params) -> Finding:
    """`count` (int = 140): as at_most_characters counts; spaces and line ends inside count."""
    length, wanted = _length(facts), number(params, "count", 140)
    if not length:
        return nothing_written()
    if length == wanted:
        return accepted(
            ngettext(
                "Your text has exactly one character.",
                "Your text has exactly %(count)s characters.",
                length,
            )
        )
    if length < wanted:
        return not_yet(
            ngettext(
                "Hashtags, mentions and links aside, your text has %(length)s characters: add one.",
                "Hashtags, mentions and links aside, your text has %(length)s characters: "
                "add %(count)s.",
                wanted - length,
                length=length,
            )
        )
    return not_yet(
        ngettext(
            "Hashtags, mentions and links aside, your text has %(length)s characters: "
            "take one away.",
            "Hashtags, mentions and links aside, your text has %(length)s characters: "
            "take %(count)s away.",
            length - wanted,
            length=length,
        )
    )


def _at_least_words_summary(params: Params) -> Message:
    return ngettext(
        "Write at least one word.",
        "Write at least %(count)s words; hashtags, mentions and links don't count.",
        number(params, "count", 10),
    )


@RULES.rule("at_least_words", summary=_at_least_words_summary)
def at_least_words(facts: PostFacts, params: Params) -> Finding:
    """`count` (int = 10): words as wording.words reads them ("l'arbre" is two)."""
    length = len(wording.words(wording.prose(facts)))
    missing = number(params, "count", 10) - length
    if not length:
        return nothing_written()
    if missing <= 0:
        return accepted(
            ngettext("Your text has one word.", "Your text has %(count)s words.", length)
        )
    return not_yet(
        ngettext(
            "Your text has %(length)s words so far: write one more.",
            "Your text has %(length)s words so far: write %(count)s more.",
            missing,
            length=length,
        )
    )
