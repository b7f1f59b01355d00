"""Games with the letters of a text. An accented letter counts as its base letter, œ as o and e."""

from collections import Counter

from challenges.rules import wording
from challenges.rules.book import RULES, nothing_written, unfinished, unfinished_summary
from challenges.rules.facts import PostFacts
from challenges.rules.fields import Params, string
from challenges.rules.wording import Word
from rulebook import Finding, Message, accepted, not_yet
from rulebook.messages import gettext as _
from rulebook.messages import ngettext

_VOWELS = "aeiouy"
_FEWEST_TAUTOGRAM_WORDS = 3


def _letters(params: Params, name: str) -> str:
    """Each base letter once, in the order given."""
    return "".join(dict.fromkeys(wording.letters(string(params, name))))


def _lipogram_summary(params: Params) -> Message:
    letters = _letters(params, "letters")
    if not letters:
        return unfinished_summary()
    return ngettext(
        "Write without the letter %(letters)s.",
        "Write without these letters: %(letters)s.",
        len(letters),
        letters=list(letters),
    )


@RULES.rule("lipogram", summary=_lipogram_summary)
def lipogram(facts: PostFacts, params: Params) -> Finding:
    """`letters` (str, such as "e" or "ae"): none of them; a text of one word is enough."""
    letters = _letters(params, "letters")
    if not letters:
        return unfinished()
    words = wording.lettered(wording.prose(facts))
    if not words:
        return nothing_written()
    caught = [word for word in words if set(word.letters) & set(letters)]
    if not caught:
        return accepted(
            ngettext(
                "Your one word does without %(letters)s.",
                "Your %(count)s words do without %(letters)s.",
                len(words),
                letters=list(letters),
            )
        )
    first = caught[0]
    return not_yet(
        ngettext(
            "One word still has %(letter)s: find another one for “%(word)s”.",
            "%(count)s words still have a letter to avoid. Begin with “%(word)s”, "
            "which has %(letter)s.",
            len(caught),
            word=str(first),
            letter=[letter for letter in letters if letter in first.letters],
        )
    )


def _univocal_summary(params: Params) -> Message:
    vowel = _vowel(params)
    if vowel:
        return _("Use no other vowel than “%(vowel)s” (y is a vowel too).", vowel=vowel)
    return _("Use one vowel only, whichever you like (y is a vowel too).")


def _vowel(params: Params) -> str:
    return next((char for char in _letters(params, "vowel") if char in _VOWELS), "")


@RULES.rule("univocal", summary=_univocal_summary)
def univocal(facts: PostFacts, params: Params) -> Finding:
    """`vowel` (str = ""): one of a e i o u y, each always a vowel; "" for the text's commonest."""
    words = wording.lettered(wording.prose(facts))
    if not words:
        return nothing_written()
    vowels = Counter(char for word in words for char in word.letters if char in _VOWELS)
    if not vowels:
        return not_yet(_("Your words have no vowel yet: choose one and write with it."))
    vowel = _vowel(params) or vowels.most_common(1)[0][0]
    caught = [word for word in words if _other_vowels(word, vowel)]
    if not caught:
        return accepted(_("“%(vowel)s” is the only vowel in your text.", vowel=vowel))
    first = caught[0]
    return not_yet(
        ngettext(
            "One word has another vowel than “%(vowel)s”: “%(word)s” has %(others)s.",
            "%(count)s words have another vowel than “%(vowel)s”. Begin with “%(word)s”, "
            "which has %(others)s.",
            len(caught),
            vowel=vowel,
            word=str(first),
            others=_other_vowels(first, vowel),
        )
    )


def _other_vowels(word: Word, vowel: str) -> list[str]:
    return [char for char in _VOWELS if char in word.letters and char != vowel]


def _tautogram_summary(params: Params) -> Message:
    letter = _letters(params, "letter")[:1]
    if letter:
        return _("Begin every word with the letter “%(letter)s”.", letter=letter)
    return _("Begin every word with the same letter.")


@RULES.rule("tautogram", summary=_tautogram_summary)
def tautogram(facts: PostFacts, params: Params) -> Finding:
    """`letter` (str = "", the commonest initial). Three words at least; "l'" is one, with an l."""
    words = wording.lettered(wording.prose(facts))
    if not words:
        return nothing_written()
    commonest = Counter(word.letters[0] for word in words).most_common(1)[0][0]
    letter = _letters(params, "letter")[:1] or commonest
    for place, word in enumerate(words, 1):
        if word.letters[0] != letter:
            return not_yet(
                _(
                    "Word %(place)s (“%(word)s”) begins with “%(initial)s”; it needs “%(letter)s”.",
                    place=place,
                    word=str(word),
                    initial=word.letters[0],
                    letter=letter,
                )
            )
    missing = _FEWEST_TAUTOGRAM_WORDS - len(words)
    if missing > 0:
        return not_yet(
            ngettext(
                "A good beginning: add one more word that begins with “%(letter)s”.",
                "A good beginning: add %(count)s more words that begin with “%(letter)s”.",
                missing,
                letter=letter,
            )
        )
    return accepted(
        ngettext(
            "Your word begins with “%(letter)s”.",
            "All your %(count)s words begin with “%(letter)s”.",
            len(words),
            letter=letter,
        )
    )


def _acrostic_summary(params: Params) -> Message:
    word = wording.composed(string(params, "word"))
    if not wording.letters(word):
        return unfinished_summary()
    return _("Let the first letters of your lines spell “%(word)s”.", word=word)


@RULES.rule("acrostic", summary=_acrostic_summary)
def acrostic(facts: PostFacts, params: Params) -> Finding:
    """`word` (str, or a phrase): the initials of the lines that have letters, and no line more."""
    word = wording.composed(string(params, "word"))
    wanted = wording.letters(word)
    if not wanted:
        return unfinished()
    lines = filter(None, map(wording.letters, wording.prose(facts).split("\n")))
    initials = "".join(line[0] for line in lines)
    if not initials:
        return nothing_written()
    if initials == wanted:
        return accepted(_("The first letters of your lines spell “%(word)s”.", word=word))
    return not_yet(_acrostic_next_step(initials, wanted))


def _acrostic_next_step(initials: str, wanted: str) -> Message:
    for place, (initial, letter) in enumerate(zip(initials, wanted, strict=False), 1):
        if initial != letter:
            return _(
                "Line %(place)s begins with “%(initial)s”; it needs “%(letter)s”.",
                place=place,
                initial=initial,
                letter=letter,
            )
    if len(initials) < len(wanted):
        return _(
            "Well begun: add line %(place)s, which begins with “%(letter)s”.",
            place=len(initials) + 1,
            letter=wanted[len(initials)],
        )
    return _(
        "The word is spelled by line %(last)s: take away the lines after it.", last=len(wanted)
    )
