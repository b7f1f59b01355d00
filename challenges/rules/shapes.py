"""Games with the shape of a text: growing words, the alphabet in order, the same both ways."""

from challenges.rules import wording
from challenges.rules.book import RULES, nothing_written
from challenges.rules.facts import PostFacts
from challenges.rules.fields import Params, number, string
from rulebook import Finding, Message, accepted, not_yet
from rulebook.messages import gettext as _
from rulebook.messages import ngettext

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_FEWEST_PALINDROME_LETTERS = 3


def _snowball_summary(params: Params) -> Message:
    return ngettext(
        "Make a snowball of at least one word.",
        "Make a snowball: each word one letter longer than the last, at least %(count)s words.",
        number(params, "count", 3),
    )


@RULES.rule("snowball", summary=_snowball_summary)
def snowball(facts: PostFacts, params: Params) -> Finding:
    """`count` (int = 3): at least so many words. The first may have any length.

    Only letters are counted: œ is two, a hyphen none; "l'" is a word of one letter.
    """
    words = wording.lettered(wording.prose(facts))
    if not words:
        return nothing_written()
    first = len(words[0].letters)
    for place, word in enumerate(words):
        if len(word.letters) != first + place:
            return not_yet(_wrong_size(place + 1, str(word), len(word.letters), first + place))
    missing = number(params, "count", 3) - len(words)
    if missing > 0:
        return not_yet(
            ngettext(
                "Your snowball has to grow by one more word, of %(size)s letters.",
                "Your snowball has to grow by %(count)s more words; the next one has "
                "%(size)s letters.",
                missing,
                size=first + len(words),
            )
        )
    return accepted(
        ngettext(
            "Your snowball has one word.",
            "Your snowball grows letter by letter over %(count)s words.",
            len(words),
        )
    )


def _wrong_size(place: int, word: str, size: int, needed: int) -> Message:
    return ngettext(
        "Word %(place)s (“%(word)s”) has one letter; it needs %(needed)s.",
        "Word %(place)s (“%(word)s”) has %(count)s letters; it needs %(needed)s.",
        size,
        place=place,
        word=word,
        needed=needed,
    )


def _from(params: Params) -> str:
    """The alphabet from the letter chosen, going on with a after z."""
    letter = wording.letters(string(params, "start"))[:1]
    start = max(_ALPHABET.find(letter), 0)
    return _ALPHABET[start:] + _ALPHABET[:start]


def _length(params: Params) -> int:
    return min(number(params, "length", 26), len(_ALPHABET))


def _abecedary_summary(params: Params) -> Message:
    return ngettext(
        "Write a word that begins with “%(first)s”.",
        "Write at least %(count)s words that begin with the letters of the alphabet in order, "
        "from “%(first)s”.",
        _length(params),
        first=_from(params)[0],
    )


@RULES.rule("abecedary", summary=_abecedary_summary)
def abecedary(facts: PostFacts, params: Params) -> Finding:
    """`length` (int = 26): at least so many words; `start` (str = "a"): the first one's initial.

    Every word has to follow, "l'" too; after z comes a.
    """
    words = wording.lettered(wording.prose(facts))
    if not words:
        return nothing_written()
    alphabet = _from(params)
    for place, word in enumerate(words):
        letter = alphabet[place % len(alphabet)]
        if word.letters[0] != letter:
            return not_yet(
                _(
                    "Word %(place)s (“%(word)s”) begins with “%(initial)s”; it needs “%(letter)s”.",
                    place=place + 1,
                    word=str(word),
                    initial=word.letters[0],
                    letter=letter,
                )
            )
    missing = _length(params) - len(words)
    if missing > 0:
        return not_yet(
            ngettext(
                "Only one word is missing, one that begins with “%(letter)s”.",
                "Well begun: %(count)s words to go, the next one begins with “%(letter)s”.",
                missing,
                letter=alphabet[len(words) % len(alphabet)],
            )
        )
    return accepted(
        ngettext(
            "Your word begins with the right letter.",
            "Your %(count)s words follow the alphabet.",
            len(words),
        )
    )


def _palindrome_summary(_params: Params) -> Message:
    return _("Write a palindrome: the same letters from the left and from the right.")


@RULES.rule("palindrome", summary=_palindrome_summary)
def palindrome(facts: PostFacts, _params: Params) -> Finding:
    """No fields. Letters only; three at least."""
    letters = wording.letters(wording.prose(facts))
    if not letters:
        return nothing_written()
    if len(letters) < _FEWEST_PALINDROME_LETTERS:
        return not_yet(_("That is a very short palindrome: write one of three letters or more."))
    for place, (left, right) in enumerate(zip(letters, reversed(letters), strict=True), 1):
        if left != right:
            return not_yet(
                _(
                    "Letter %(place)s is “%(left)s” from the beginning and “%(right)s” from the "
                    "end: make them the same.",
                    place=place,
                    left=left,
                    right=right,
                )
            )
    return accepted(
        ngettext(
            "Your letter reads the same from both ends.",
            "Your %(count)s letters read the same from both ends.",
            len(letters),
        )
    )
