"""Finds the words of the lexicon in a page's prose and links each once, where it is met first.

Pure: HTML and terms in, HTML out. Nothing is linked inside links, headings, code, forms or
buttons; of two terms that begin at the same place the longer one wins.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape

CLOSED = frozenset(
    {
        *("a", "button", "code", "fieldset", "figcaption", "form", "kbd", "label", "nav", "option"),
        *("pre", "script", "select", "style", "summary", "svg", "textarea", "title"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
"""Elements whose words stay as they are."""

_TAG = re.compile(r"""(<!--.*?-->|</?[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_BEFORE, _AFTER = r"(?<![\w&#@/-])", r"(?![\w@/-]|\.\w)"
_APOSTROPHES = "'’ʼ"
_APOSTROPHE = "(?:['’ʼ]|&#x27;|&#39;|&rsquo;)"
_SPACE = r"(?:\s|&nbsp;|&#160;|&#8239;)+"
_SHOUTED = 2
"""So many capitals and nothing else: an abbreviation, which small letters don't mean."""


@dataclass(frozen=True, slots=True)
class Term:
    """`key` tells terms apart; `spellings`: all that leads there, the first being the word."""

    key: int
    spellings: tuple[str, ...]
    url: str
    short: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    pattern: re.Pattern[str]
    exact: dict[str, Term] = field(default_factory=dict)
    folded: dict[str, Term] = field(default_factory=dict)

    def find(self, words: str) -> Term | None:
        said = _smooth(words)
        return self.exact.get(said) or self.folded.get(said.casefold())


def link_terms(html: str, terms: Sequence[Term], *, met: set[int] | None = None) -> str:
    """`met`: keys of terms that are not linked any more, such as the one the page is about; those
    that are linked here are added."""
    lexicon = _lexicon(tuple(terms))
    if lexicon is None:
        return html
    met = set() if met is None else met
    return "".join(
        lexicon.pattern.sub(lambda found: _link(found, lexicon, met), part) if is_open else part
        for part, is_open in _parts(html)
    )


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    """Tags and words in turn; whether links may be put there."""
    closed: list[str] = []
    for number, part in enumerate(_TAG.split(html)):
        if number % 2 == 0:
            yield unicodedata.normalize("NFC", part), not closed
            continue
        name = _NAME.match(part)
        tag = name.group(1).lower() if name else ""
        if tag in CLOSED and not part.startswith("</"):
            closed.append(tag)
        elif tag in closed and part.startswith("</"):
            del closed[closed.index(tag) :]
        yield part, False


def _link(found: re.Match[str], lexicon: _Lexicon, met: set[int]) -> str:
    words = found.group(0)
    term = lexicon.find(words)
    if term is None or term.key in met:
        return words
    met.add(term.key)
    return f'<a class="term" href="{escape(term.url)}" title="{escape(term.short)}">{words}</a>'


@lru_cache(maxsize=32)
def _lexicon(terms: tuple[Term, ...]) -> _Lexicon | None:
    exact: dict[str, Term] = {}
    folded: dict[str, Term] = {}
    for term in terms:
        for spelling in map(_smooth, term.spellings):
            if _is_shouted(spelling):
                exact.setdefault(spelling, term)
            elif spelling:
                folded.setdefault(spelling.casefold(), term)
    spellings = sorted([*exact, *folded], key=len, reverse=True)
    if not spellings:
        return None
    either = "|".join(map(_pattern, spellings))
    return _Lexicon(re.compile(f"{_BEFORE}(?:{either}){_AFTER}", re.IGNORECASE), exact, folded)


def _is_shouted(spelling: str) -> bool:
    letters = [sign for sign in spelling if sign.isalpha()]
    return len(letters) >= _SHOUTED and all(sign.isupper() for sign in letters)


def _smooth(words: str) -> str:
    """Composed, with plain spaces and one kind of apostrophe."""
    plain = unicodedata.normalize("NFC", unescape(words))
    for sign in _APOSTROPHES:
        plain = plain.replace(sign, "'")
    return " ".join(plain.split())


def _pattern(spelling: str) -> str:
    signs = (_APOSTROPHE if one == "'" else re.escape(escape(one)) for one in spelling)
    return "".join(_SPACE if sign in (" ", r"\ ") else sign for sign in signs)
