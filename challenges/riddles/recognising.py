"""Does a reply to a riddle ask something, does it name something, and which replies ask the same?

French and English. Pure; patterns are matched against base words apart by one space, as in
challenges.rules.denials: "Est-ce qu'elle" is "est ce qu elle".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

import regex

from challenges.rules import wording

_SENTENCE = regex.compile(r"[^.!?…？！؟\n]+(?P<end>[.!?…？！؟]*)")
_ASKS = regex.compile(r"[?？؟]")
_LEAD_IN = regex.compile(
    r"^(?:(?:et|mais|alors|donc|ou|sinon|euh+|hum+|hm+|mmm*|bon|dis|moi|bonjour|salut|coucou|pardon"
    r"|and|but|so|or|then|well|ok|okay|um+|hello|hi|hey|please|sorry|question|svp|stp"
    r"|s il (?:te|vous) plait) )+"
)
_FORMS = regex.compile(
    r"^(?:est ce|n est ce pas que|serait ce|sont ce|etait ce|y a t il"
    r"|(?:se )?\w+ (?:t )?(?:il|elle|ils|elles|on) |(?:peux|as|sais) tu|(?:pouvez|avez|savez) vous"
    r"|qu est ce|c est quoi|c est ou|ou est|quelle? est"
    r"|(?:is|are|was|were|does|do|did|can|could|would|has|have|will|should|isnt|arent|doesnt|cant)"
    r" (?:it|this|that|these|those|they|there|you|i|we|he|she|the|one|people|someone)\b"
    r"|(?:what|where|which|who|how|why|when) (?:is|are|does|do|did|can|could|was|were)\b|whats\b)"
)
_STATES = regex.compile(
    r"^(?:\w+ )?(?:il|elle|ils|elles|on) (?!\w+ (?:t )?(?:il|elle|ils|elles|on)\b)"
)
_INVERTED = regex.compile(
    r"^(?:\W*\p{L}+\W+){0,3}?\p{L}+[-‐‑](?:t[-‐‑])?(?:il|elle|ils|elles|on|ce)\b", regex.IGNORECASE
)
_EXCLAMATIONS = """ah bon|vraiment|hein|pardon|quoi|comment|ok|oui|non|ah|oh|eh|hmm|qui sait
pourquoi pas|n est ce pas|ca va|serieux|tu crois|really|what|huh|sorry|yes|no|who knows
why not|right|isnt it|you think|seriously"""
_EXCLAIMS = frozenset(_EXCLAMATIONS.replace("\n", "|").split("|"))
_BELIEVES = regex.compile(
    r"^(?:(?:je|j|i|moi je) (?:pense|crois|dis|dirais|parie|propose|suppose|tente|think|guess|say"
    r"|bet|believe|would say)(?: (?:que|qu|pour|on|that))?|id say|pour moi|peut etre(?: que| qu)?"
    r"|maybe|perhaps|my guess is|et si c etait|ou bien) "
)
_DETERMINER = (
    r"(?:un|une|le|la|les|l|du|des|de la|de l|d|a|an|the|some|mon|ma|ton|ta|son|sa|my|your|one of)"
)
_NAMES = regex.compile(
    rf"^(?:c est|ce sont|ce serait|ca serait|c etait|ce doit etre|ca doit etre|il s agit|on dirait"
    rf"|its|it is|thats|that is|this is|it could be|could it be|might it be|it must be"
    rf"|(?:it )?looks like) (?:d )?{_DETERMINER} \w"
)
_NOUN_PHRASE = regex.compile(rf"^{_DETERMINER} \w")
_VERBS_WRITTEN = """
est sont etait peut peuvent sert servent va vont fait font mange se s y is are was were does do can
has have
"""
_VERBS = frozenset(_VERBS_WRITTEN.split())
_LONGEST_NAME = 8
_BARE_NAME = 2
_SCAFFOLDING_WRITTEN = """
est ce que qu c ca cela il elle ils elles on it is are that this these those they does do did a an
the un une le la les l d du de des t ne n sont its thats bien donc alors et mais ou so and but euh
hum please svp stp bonjour salut hello
"""
_SCAFFOLDING = frozenset(_SCAFFOLDING_WRITTEN.split())
_POLITE = regex.compile(r"\b(?:s il (?:te|vous) plait|peut etre|je me demande si|i wonder if)\b")
_SHORTEST_PLURAL = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """asks: it wants an answer; names: it says what the photo might be; words: the sentences that
    ask, as written; key: equal where the same is asked, "" where nothing is."""

    asks: bool = False
    names: bool = False
    words: str = ""
    key: str = ""


def read_question(text: str) -> Asked:
    """`text` is the author's own prose: no hashtags, mentions or links."""
    sentences = list(_sentences(text))
    asking = [(words, shown) for words, shown, asks in sentences if asks]
    return Asked(
        asks=bool(asking),
        names=any(_names(words, asks=asks) for words, _shown, asks in sentences),
        words=" ".join(shown for _words, shown in asking),
        key=_key([words for words, _shown in asking]) if asking else "",
    )


def _sentences(text: str) -> Iterator[tuple[str, str, bool]]:
    """Base words, the sentence as written, and whether it asks."""
    for match in _SENTENCE.finditer(wording.visible(text)):
        shown = match[0].strip()
        bases = [part.base for part in wording.parts(shown)]
        words = _LEAD_IN.sub("", " ".join(filter(None, bases)))
        if words:
            yield words, shown, _is_question(words, shown, match["end"])


def _is_question(words: str, shown: str, end: str) -> bool:
    if words in _EXCLAIMS:
        return False
    if _ASKS.search(end):
        return True
    if _FORMS.match(f"{words} ") is None:
        return False
    return _STATES.match(f"{words} ") is None or bool(_INVERTED.match(shown))


def _names(words: str, *, asks: bool) -> bool:
    """A word or two alone are a name where they ask ("Boat?"), and may be anything where not."""
    bare = _BELIEVES.sub("", words)
    if _NAMES.match(bare):
        return True
    parts = bare.split()
    if len(parts) > _LONGEST_NAME or not _VERBS.isdisjoint(parts):
        return False
    if _NOUN_PHRASE.match(bare):
        return True
    return asks and len(parts) <= _BARE_NAME and parts[0] not in _SCAFFOLDING


def _key(sentences: list[str]) -> str:
    told = "/".join(dict.fromkeys(map(_telling, sentences)))
    return blake2b(told.encode(), digest_size=16).hexdigest()


def _telling(words: str) -> str:
    """What is left when two people ask the same in other words; a denial stays."""
    parts = _POLITE.sub(" ", words).split()
    telling = [_singular(part) for part in parts if part not in _SCAFFOLDING]
    return " ".join(telling or parts)


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word
