"""Sifting rules without a database: facts of an item in, what happens to it and why out."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

PUBLISH, DROP, SNOOZE = "publish", "drop", "snooze"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an item. `itself`: one of its sources publishes by itself; `applied`: ids of
    rules that had their say before."""

    title: str = ""
    text: str = ""
    sources: frozenset[int] = frozenset()
    topics: frozenset[str] = frozenset()
    language: str = ""
    finders: int = 0
    itself: bool = False
    applied: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """`topic` and Facts.topics are keys (curation.topics.topic_key)."""

    id: int
    source: int | None = None
    any_words: Sequence[str] = ()
    all_words: Sequence[str] = ()
    only_title: bool = False
    topic: str = ""
    language: str = ""
    least_finders: int = 0
    add_topics: Sequence[str] = ()
    axis: str = ""
    depth: str = ""
    outcome: str = ""
    snooze_days: int = 7
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`outcome` and `decided_by` (None: its source) say where it goes; "" leaves it on the desk.
    The first rule that says something about a thing has the word on it; topics add up."""

    outcome: str = ""
    decided_by: int | None = None
    snooze_days: int = 0
    axis: str = ""
    depth: str = ""
    topics: Sequence[str] = ()
    applied: Sequence[int] = field(default=())


def decide(facts: Facts, rules: Iterable[Rule]) -> Verdict:
    """A source that publishes by itself is only overruled by a rule that sets aside."""
    words = Words(facts)
    topics: list[str] = []
    applied: list[int] = []
    settled: Rule | None = None
    axis = depth = ""
    for rule in rules:
        if rule.id in facts.applied or not applies(rule, facts, words):
            continue
        applied.append(rule.id)
        topics += [name for name in rule.add_topics if name not in topics]
        axis, depth = axis or rule.axis, depth or rule.depth
        if settled is None and rule.outcome and (rule.outcome == DROP or not facts.itself):
            settled = rule
        if rule.stops:
            break
    sorting = {"axis": axis, "depth": depth, "topics": tuple(topics), "applied": tuple(applied)}
    if settled is not None:
        days = settled.snooze_days if settled.outcome == SNOOZE else 0
        return Verdict(settled.outcome, settled.id, days, **sorting)  # type: ignore[arg-type]
    return Verdict(PUBLISH if facts.itself else "", **sorting)  # type: ignore[arg-type]


class Words:
    """An item's words, bare of capitals and accents, made when somebody asks."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._title: str | None = None
        self._all: str | None = None

    def of(self, *, only_title: bool) -> str:
        if self._title is None:
            self._title = bare_words(self._facts.title)
        if only_title:
            return self._title
        if self._all is None:
            self._all = f"{self._title}{bare_words(self._facts.text)}"
        return self._all


def applies(rule: Rule, facts: Facts, words: Words) -> bool:
    if rule.source is not None and rule.source not in facts.sources:
        return False
    if rule.topic and rule.topic not in facts.topics:
        return False
    if rule.language and not _speaks(facts.language, rule.language):
        return False
    if facts.finders < rule.least_finders:
        return False
    if not rule.any_words and not rule.all_words:
        return True
    said = words.of(only_title=rule.only_title)
    if rule.any_words and not any(phrase(one) in said for one in rule.any_words):
        return False
    return all(phrase(one) in said for one in rule.all_words)


def _speaks(language: str, wanted: str) -> bool:
    """ "fr-CA" is French as well."""
    return language.casefold().partition("-")[0] == wanted.casefold().partition("-")[0]


@lru_cache(maxsize=2048)
def phrase(words: str) -> str:
    return bare_words(words)


_APART = re.compile(r"[\W_]+")


def bare_words(text: str) -> str:
    """ " l ete a paris ": between spaces, so that a phrase is found as whole words alone."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return f" {_APART.sub(' ', plain).strip()} "


def lines(text: str) -> tuple[str, ...]:
    """Of a field with one on each line; those without a letter or digit ask nothing."""
    found = (" ".join(line.split()) for line in text.splitlines())
    return tuple(line for line in found if bare_words(line).strip())
