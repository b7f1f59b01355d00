"""Rules that no post can keep together: said to the organiser before a learner despairs."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from challenges.rules.fields import number, string, strings
from challenges.rules.wording import key, letters
from rulebook import RuleSpec

Specs = Sequence[RuleSpec]


def contradictions(specs: Specs) -> list[str]:
    """A sentence for each contradiction, in the language active now."""
    return [sentence for find in _FINDERS for sentence in find(specs)]


def _of(specs: Specs, rule: str) -> list[RuleSpec]:
    return [spec for spec in specs if spec.key == rule]


def _lengths(specs: Specs) -> Iterator[str]:
    ceiling = min(
        (number(s.params, "count", 280) for s in _of(specs, "at_most_characters")), default=0
    )
    for exact in _of(specs, "exactly_characters"):
        count = number(exact.params, "count", 140)
        if ceiling and count > ceiling:
            yield _("A post of exactly %(exact)s characters can't have at most %(most)s.") % {
                "exact": count,
                "most": ceiling,
            }
        ceiling = count
    for floor in _of(specs, "at_least_words"):
        words = number(floor.params, "count", 10)
        # The shortest text of n words has n letters and the spaces between them.
        if ceiling and 2 * words - 1 > ceiling:
            yield _("%(words)s words don't fit in %(characters)s characters.") % {
                "words": words,
                "characters": ceiling,
            }


def _place(specs: Specs) -> Iterator[str]:
    if _of(specs, "reply") and _of(specs, "starts_conversation"):
        yield _("A post can't be a reply and start a conversation at once.")


def _words(specs: Specs) -> Iterator[str]:
    wanted = {key(w): w for s in _of(specs, "contains_words") for w in strings(s.params, "words")}
    avoided = {key(w) for s in _of(specs, "avoids_words") for w in strings(s.params, "words")}
    for word in sorted(wanted.keys() & avoided):
        yield _("“%(word)s” is both asked for and to be avoided.") % {"word": wanted[word]}


def _letters(specs: Specs) -> Iterator[str]:
    forbidden = {
        letter
        for spec in _of(specs, "lipogram")
        for letter in letters(string(spec.params, "letters"))
    }
    needed = "".join(
        string(spec.params, field)
        for rule, field in (("tautogram", "letter"), ("univocal", "vowel"), ("acrostic", "word"))
        for spec in _of(specs, rule)
    )
    for letter in sorted(set(letters(needed)) & forbidden):
        yield _("The letter %(letter)s is both forbidden and needed.") % {"letter": letter}
    if forbidden and _of(specs, "abecedary"):
        yield _("The alphabet in order needs every letter: forbid none.")


_FINDERS: tuple[Callable[[Specs], Iterator[str]], ...] = (_lengths, _place, _words, _letters)
