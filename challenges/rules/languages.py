"""In which language a text is written."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from challenges.rules import wording
from challenges.rules.book import RULES, nothing_written, unfinished, unfinished_summary
from challenges.rules.facts import PostFacts
from challenges.rules.fields import Params, string
from rulebook import Finding, Message, accepted, not_yet, with_tutor
from rulebook.messages import gettext as _

_NAMES = {
    "ar": "العربية",
    "br": "brezhoneg",
    "ca": "català",
    "de": "Deutsch",
    "en": "English",
    "eo": "esperanto",
    "es": "español",
    "eu": "euskara",
    "fr": "français",
    "it": "italiano",
    "nl": "Nederlands",
    "oc": "occitan",
    "pl": "polski",
    "pt": "português",
    "ro": "română",
    "ru": "русский",
    "tr": "Türkçe",
    "uk": "українська",
    "wa": "walon",
    "zh": "中文",
}
_USUAL = frozenset({"fr", "en", "es", "de", "it", "nl", "pt"})
_LETTERS_TO_TELL = 20
_SURE = 0.8
_LIKELY = 0.5


@cache
def _identifier() -> LanguageIdentifier:
    """Loading the model takes a second, so only the first text that needs it waits."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _known() -> frozenset[str]:
    return frozenset(_identifier().labels)


def _primary(tag: str) -> str:
    """ "fr-BE" and "FR" are "fr"."""
    return tag.strip().replace("_", "-").split("-")[0].lower()


def _name(code: str) -> str:
    """A language's own name, which needs no translation."""
    return _NAMES.get(code, code)


def _read(text: str, candidates: frozenset[str]) -> tuple[str, float]:
    """The likeliest of the candidates, and its share among them."""
    shares = {code: share for code, share in _identifier().rank(text) if code in candidates}
    code = max(shares, key=lambda candidate: shares[candidate])
    return code, float(shares[code]) / (float(sum(shares.values())) or 1.0)


def _language_summary(params: Params) -> Message:
    asked = _primary(string(params, "language"))
    if not asked:
        return unfinished_summary()
    return _("Write in this language: %(language)s.", language=_name(asked))


@RULES.rule("language", summary=_language_summary)
def language(facts: PostFacts, params: Params) -> Finding:
    """`language` (str, BCP 47; the region doesn't matter).

    Many servers declare their own default whatever people write, so a text of 20 letters and more
    is read, and the declaration only tips the balance where the reading is unsure. A shorter one
    is believed, unless it declares something else and doesn't speak for itself.
    """
    asked, declared = _primary(string(params, "language")), _primary(facts.language)
    if not asked:
        return unfinished()
    text = wording.prose(facts)
    letters = len(wording.letters(text))
    if not letters:
        return nothing_written()
    if asked not in _known():
        return _as_declared(asked, declared)
    found, share = _read(text, (_USUAL | {asked, declared}) & _known())
    if letters >= _LETTERS_TO_TELL:
        right = (found == asked and share >= _LIKELY) or (declared == asked and share < _SURE)
        return _accepted(asked) if right else _other(asked, found)
    enough = _SURE if declared else _LIKELY
    if declared == asked or (found == asked and share >= enough):
        return _accepted(asked)
    if found != asked and share >= _SURE:
        return _other(asked, found)
    return not_yet(
        _(
            "Your text is too short to tell its language: write a few more words (%(language)s).",
            language=_name(asked),
        )
    )


def _as_declared(asked: str, declared: str) -> Finding:
    if declared == asked:
        return _accepted(asked)
    return with_tutor(
        _("A tutor will read the language of your post (%(language)s).", language=_name(asked))
    )


def _accepted(asked: str) -> Finding:
    return accepted(
        _("Your text is in the language asked for: %(language)s.", language=_name(asked))
    )


def _other(asked: str, found: str) -> Finding:
    if found == asked:
        return not_yet(
            _(
                "Your text mixes languages: write a little more of it in this one: %(language)s.",
                language=_name(asked),
            )
        )
    return not_yet(
        _(
            "Your text reads like this language: %(found)s. Write it in this one: %(language)s.",
            found=_name(found),
            language=_name(asked),
        )
    )
