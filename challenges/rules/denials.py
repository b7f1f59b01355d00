"""What a text denies, in French and English: "it is not a lighthouse" is no guess.

All patterns below are matched against base letters, words apart by one space: "n'est-ce" is
"n est ce", "isn't" is "isnt".
"""

from dataclasses import dataclass

import regex

from challenges.rules import wording

_REACH = 30
_FULL_STOP = regex.compile(r"[.!?;:…\n()—–。！？؟]")
_ASKS = regex.compile(r"[?？؟]")
_COMMA = regex.compile(r"[,、،]")
_TURNS = frozenset({"mais", "but", "donc", "alors", "sinon", "plutot"})
_GOES_ON = frozenset({"ou", "or", "ni", "nor", "et", "and"})
_ASSERTS = {("c", "est"), ("it", "is"), ("that", "is")}
_ASSERTS_IN_ONE = frozenset({"its", "thats"})
_REPORTING = """
que qu si est think believe say says sure that if whether feel bet guess not where why how
"""
_REPORTS = frozenset(_REPORTING.split())

_ONLY_SEEMS_TO_DENY = regex.compile(
    r"\b(?:"
    r"n est ce pas|pourquoi pas"
    r"|ne (?:serait|sera|seraient|peut|pourrait) (?:ce|il|elle|t il|t elle) pas"
    r"|(?:is|was|would|could|might|can|are) (?:it|this|that|they|these|those) not"
    r"|(?:is|was|would|could|ca|are|does|ai)nt (?:it|this|that|they|these|those|there)"
    r"|why not"
    r"|pas (?:(?:tres|trop|vraiment|tout|a|fait|completement) )*(?:sure?s?|certaine?s?)"
    r"|not (?:so |very |quite |really |too |at all )?(?:sure|certain)"
    r"|(?:ne )?sa(?:is|it|vons) (?:pas|jamais)"
    r"|(?:dont|do not|didnt|did not|doesnt) know|no idea|aucune idee|(?:sans|aucun) doute"
    r"|without (?:a )?doubt|no doubt|pas mal|not bad|(?:im|i am) not mistaken"
    r")\b"
)
_POLITE_QUESTION = regex.compile(
    r"\b(?:serai(?:s|t|ent)|could|would|might) (?:ce |be )?(?:pas|not)\b"
)
_DENIES_WHAT_FOLLOWS = regex.compile(
    r"\b(?:pas|jamais|aucune?|aucunement|nullement|guere|ni|not|never|nor|neither|cannot"
    r"|(?:is|are|was|were|ai|ca|could|would|should|do|does|did|wo|has|have|must|need)nt|can t"
    r"|nicht|keine?|niet|geen|nao|no es|non e)\b|\bne? .*\b(?:plus|point)\b"
)
_DENIES_THE_NEXT_WORD = regex.compile(
    r"\b(?:no|sans|without|sauf|except|anything but|rather than|instead of|plutot que?|au lieu)"
    r"(?: (?:le|la|les|l|un|une|des|du|de|d|a|an|the))*$"
)
_IS_NOT = (
    r"(?:(?:n |ne )?(?:est|etait|sont|etaient|peut|serait) "
    r"(?:(?:vraiment|surement|certainement|donc|etre) )*(?:pas|jamais|plus)"
    r"|(?:is|was|are|were|can|could|would) (?:(?:definitely|surely|certainly) )?(?:not|never)"
    r"|(?:is|was|are|were|ca|could|wo|ai)nt(?! (?:it|they|this|that)\b)|cannot)"
)
_DENIES_WHAT_WENT_BEFORE = regex.compile(
    rf"{_IS_NOT}\b|(?:ce|cela|ca|il|elle|it|they) {_IS_NOT}$|(?:not|pas)$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The places of its words in the utterance (`start` to `end`, excluded), and how it is said."""

    start: int
    end: int
    asks: bool


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text as base words, cut into the clauses within which a denial holds."""

    words: list[str]
    clauses: list[Clause]

    @classmethod
    def read(cls, text: str) -> "Utterance":
        text = wording.visible(text)
        parts = [part for part in wording.parts(text) if part.base]
        if not parts:
            return cls([], [])
        words = [part.base for part in parts]
        ends = [part.start for part in parts[1:]] + [len(text)]
        gaps = [text[part.end : end] for part, end in zip(parts, ends, strict=True)]
        starts = [place for place in range(len(words)) if place == 0 or _begins(words, gaps, place)]
        clauses = [
            Clause(start, end, _asks(gaps, start, end))
            for start, end in zip(starts, [*starts[1:], len(words)], strict=True)
        ]
        return cls(words, clauses)

    def denies(self, first: int, last: int) -> bool:
        """Whether the clause that holds the words from `first` to `last` denies them, near by."""
        clause = next(clause for clause in self.clauses if clause.start <= first < clause.end)
        before = _bare(" ".join(self.words[max(clause.start, first - _REACH) : first]), clause)
        after = " ".join(self.words[last + 1 : min(clause.end, last + 1 + _REACH)])
        return bool(
            _DENIES_WHAT_FOLLOWS.search(before)
            or _DENIES_THE_NEXT_WORD.search(before)
            or _DENIES_WHAT_WENT_BEFORE.match(after)
        )


def _bare(before: str, clause: Clause) -> str:
    bare = _ONLY_SEEMS_TO_DENY.sub(" ", before)
    return _POLITE_QUESTION.sub(" ", bare) if clause.asks else bare


def _asks(gaps: list[str], start: int, end: int) -> bool:
    return any(_ASKS.search(gap) for gap in gaps[start:end])


def _begins(words: list[str], gaps: list[str], place: int) -> bool:
    """Whether a clause begins here: after a stop, at a "but", or where a new "it is" asserts."""
    word, previous, gap = words[place], words[place - 1], gaps[place - 1]
    if _FULL_STOP.search(gap):
        return True
    if _COMMA.search(gap):
        return word not in _GOES_ON
    if word in _TURNS:
        return previous not in {"anything", "nothing"}
    asserts = word in _ASSERTS_IN_ONE or tuple(words[place : place + 2]) in _ASSERTS
    return asserts and previous not in _REPORTS
