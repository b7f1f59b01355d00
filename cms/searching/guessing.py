"""What somebody who mistyped may have meant: each unknown word made the nearest one that is said.

The words are those of the vocabulary (cms.searching.vocabulary). A word is near by its letters, or
by its sound: "foto" is "photo". A word that is near to none stays as it is.
"""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cms.searching.sounding import sound_of
from cms.searching.vocabulary import Said, Vocabulary, vocabulary_of
from community.moocs import bare_words
from curation.searching import MOST_TERMS, SMALL

SHORTEST = 4
"""Letters of a word that may stand for another."""
SLIPS = ((5, 1), (9, 2), (99, 3))
"""Up to so many letters, so many may be wrong, missing, too many or changed over."""
BY_EAR = 0.5
"""What sounds the same is nearer than what is one letter away."""
CANDIDATES = 40


def guess(query: str, *, site_id: int, language: str) -> str:
    """The query with what is unknown made known, as texts write it; "" where nothing changes."""
    known = vocabulary_of(site_id)
    words = bare_words(query).split()
    words = [word for word in words if word not in SMALL][:MOST_TERMS]
    meant = [_meant(word, known, language) for word in words]
    return " ".join(meant) if meant and bare_words(" ".join(meant)) != " ".join(words) else ""


def _meant(word: str, known: Vocabulary, language: str) -> str:
    own = known.words(language)
    if word in own or len(word) < SHORTEST:
        return own[word].written if word in own else word
    others = [known.words(other) for other in known.languages if other != language]
    elsewhere = next((words[word] for words in others if word in words), None)
    near = _nearest(word, own, by_ear=elsewhere is not None)
    if near or elsewhere:
        return near or (elsewhere.written if elsewhere else word)
    return next(filter(None, (_nearest(word, words) for words in others)), word)


def _nearest(word: str, words: dict[str, Said], *, by_ear: bool = False) -> str:
    """`by_ear`: by its sound only, for it is a word elsewhere."""
    sound = sound_of(word)
    alike = [bare for bare, said in words.items() if said.sound == sound]
    costs = {bare: BY_EAR + OSA.distance(word, bare) / 100 for bare in alike}
    if not by_ear:
        for bare, slips in _close(word, list(words)):
            costs[bare] = min(slips, costs.get(bare, slips))
    if not costs:
        return ""
    return words[min(costs, key=lambda bare: (costs[bare], -words[bare].times))].written


def _close(word: str, bares: Sequence[str]) -> list[tuple[str, float]]:
    most = next(slips for letters, slips in SLIPS if len(word) <= letters or letters == 99)
    found = process.extract(word, bares, scorer=OSA.distance, score_cutoff=most, limit=CANDIDATES)
    return [(bare, slips) for bare, slips, _at in found if slips]
