"""Whether a text guesses an answer: tolerant of how it is written, strict about what it says."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA, Hamming

from challenges.rules import denials, wording

_ARTICLES_WRITTEN = "le la les l un une des du de d au aux a the an of"
_ARTICLES = frozenset(_ARTICLES_WRITTEN.split())
_NOT_SINGULAR = frozenset({"moi", "toi", "soi", "tou", "plu", "pa", "thi", "ye", "ga"})
_SHORTEST_PLURAL = 4
_SHORTEST_WITH_A_SLIP = 5
_SHORTEST_WITH_ANOTHER_LETTER = 6
_SHORTEST_WITH_ANOTHER_INITIAL = 8
_SHORTEST_WITH_TWO_SLIPS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """Its telling words: without articles, unless it has no others."""

    words: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Answer":
        words = [part.base for part in wording.parts(text)]
        return cls(tuple(_telling(words) or words))


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word and word not in _ARTICLES]


def answers(texts: list[str]) -> list[Answer]:
    return [answer for answer in map(Answer.read, texts) if answer.words]


def is_guessed(text: str, accepted: list[Answer], near_misses: list[Answer]) -> bool:
    """Whether somewhere in the text one of the answers is named and not denied."""
    utterance = denials.Utterance.read(text)
    looked_alike = {"".join(miss.words) for miss in near_misses}
    return any(
        not utterance.denies(first, last)
        for answer in accepted
        for first, last in _places(utterance, answer, looked_alike)
    )


def gives_away(text: str, accepted: list[Answer]) -> bool:
    """Whether an answer stands in the text, denied or not: those who still look shouldn't read
    it."""
    utterance = denials.Utterance.read(text)
    return any(True for answer in accepted for _place in _places(utterance, answer, set()))


def _places(
    utterance: denials.Utterance, answer: Answer, looked_alike: set[str]
) -> Iterator[tuple[int, int]]:
    """Where the answer is named: the places of its first and last word."""
    if all(word in _ARTICLES for word in answer.words):
        if tuple(utterance.words) == answer.words:
            yield 0, len(utterance.words) - 1
        return
    telling = [place for place, word in enumerate(utterance.words) if word not in _ARTICLES]
    for size in range(max(len(answer.words) - 1, 1), len(answer.words) + 2):
        for start in range(len(telling) - size + 1):
            places = telling[start : start + size]
            guess = tuple(utterance.words[place] for place in places)
            if "".join(guess) in looked_alike and guess != answer.words:
                continue
            if _means(guess, answer.words):
                yield places[0], places[-1]


def _means(guess: tuple[str, ...], answer: tuple[str, ...]) -> bool:
    """Word by word with a slip; written as one word or apart, exactly."""
    if len(guess) == len(answer):
        return all(map(_alike, guess, answer))
    return _same("".join(guess), "".join(answer))


def _alike(guess: str, answer: str) -> bool:
    return _same(guess, answer) or _slipped(_shortest(guess), _shortest(answer))


def _same(guess: str, answer: str) -> bool:
    """Equal, or one the plural of the other."""
    return guess == answer or guess in _singulars(answer) or answer in _singulars(guess)


def _singulars(word: str) -> set[str]:
    """What this could be the plural of, in French or English. Its members need not exist."""
    if len(word) < _SHORTEST_PLURAL or not word.isalpha() or word[-1] not in "sx":
        return set()
    found = {word[:-1]}
    for ending, singulars in (
        ("es", ("",)),
        ("aux", ("al", "ail")),
        ("ies", ("y",)),
        ("ves", ("f", "fe")),
    ):
        if word.endswith(ending):
            found |= {word.removesuffix(ending) + singular for singular in singulars}
    return found - _NOT_SINGULAR


def _shortest(word: str) -> str:
    """Without its plural s or x, lest that letter make a short word look long enough for a slip."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] in "sx" else word


def _slipped(guess: str, answer: str) -> bool:
    """One slip of the keyboard from five letters on, two from ten; under eight a right initial.

    Short words lie too near one another ("phase" and "phare"), and numbers always do. So five
    letters may be swapped, doubled or one too few, but none may be another.
    """
    length = min(len(guess), len(answer))
    if length < _SHORTEST_WITH_A_SLIP or not (guess.isalpha() and answer.isalpha()):
        return False
    if length < _SHORTEST_WITH_ANOTHER_INITIAL and guess[0] != answer[0]:
        return False
    if length < _SHORTEST_WITH_ANOTHER_LETTER and _one_letter_is_another(guess, answer):
        return False
    slips = 2 if length >= _SHORTEST_WITH_TWO_SLIPS else 1
    return OSA.distance(guess, answer, score_cutoff=slips) <= slips


def _one_letter_is_another(guess: str, answer: str) -> bool:
    return len(guess) == len(answer) and Hamming.distance(guess, answer) == 1
