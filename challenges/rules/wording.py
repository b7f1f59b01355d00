"""How the rules read a text: what belongs to it, its words, its characters and its letters.

Every function gives the same answer for composed and decomposed forms of the same text.
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

import regex

from challenges.rules.facts import PostFacts

_LINE_BREAK = regex.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_LINK = regex.compile(
    r"""(?<![\p{L}\p{N}@])(?:https?://|www\.)[^\s<>«»“”"]*[^\s<>«»“”".,;:!?)\]…'’]"""
    r"|(?<![\p{L}\p{N}@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*",
    regex.IGNORECASE,
)
_ADDRESS = regex.compile(
    r"(?<![\p{L}\p{N}._+-])[\p{L}\p{N}._+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"
)
_MENTION = regex.compile(
    r"(?<![\p{L}\p{N}_/.])@[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?"
    r"(?:@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?)?"
)
_HASHTAG = regex.compile(
    r"(?<![\p{L}\p{N}_/&#])[#＃](?=[\p{N}_·]*\p{L})[\p{L}\p{N}_][\p{L}\p{M}\p{N}_·・]*"
)
_BLANKS = regex.compile(r"[^\S\n]+")
_INVISIBLE = regex.compile(r"\p{Cf}")
_NOTHING_TO_SEE = regex.compile(r"[\p{Cf}\p{Cc}]+")

_APOSTROPHE = r"['’ʼ＇′]"
_HYPHEN = r"[-‐‑]"
_SPACELESS = (
    r"(?:(?=\p{L})[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*)"
)
_RUN = rf"(?:(?!{_SPACELESS})[\p{{L}}\p{{N}}]\p{{M}}*)+"
_WORD = regex.compile(
    rf"(?!\p{{N}}\uFE0F?\u20E3)(?:{_SPACELESS}|{_RUN}(?:(?:{_APOSTROPHE}|{_HYPHEN}){_RUN})*)"
)
_ELISION = regex.compile(
    rf"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)(?={_APOSTROPHE})", regex.IGNORECASE
)
_PART = regex.compile(rf"[^{_HYPHEN[1:-1]}]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_LONGEST_SHOWN = 30


@dataclass(frozen=True)
class Word:
    """A word as written, and where it stands in the visible text."""

    shown: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.shown)

    @cached_property
    def base(self) -> str:
        """Its base letters and its digits, no accents, no apostrophes, no hyphens."""
        return "".join(char for char in fold(self.shown) if char.isalnum())

    @cached_property
    def letters(self) -> str:
        return "".join(char for char in self.base if char.isalpha())

    def __str__(self) -> str:
        """Short enough to be quoted in a sentence."""
        characters = graphemes(self.shown)
        if len(characters) <= _LONGEST_SHOWN:
            return self.shown
        return "".join(characters[: _LONGEST_SHOWN - 1]) + "…"


def composed(text: str) -> str:
    """NFC, with "\\n" as the only line break."""
    return unicodedata.normalize("NFC", _LINE_BREAK.sub("\n", text))


def visible(text: str) -> str:
    """Composed, without what nobody sees: zero-width characters, soft hyphens, direction marks."""
    return composed(_INVISIBLE.sub("", text))


def key(text: str) -> str:
    """Equal for spellings that differ only in case, ligature and composition; accents matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", folded).translate(_LIGATURES))


def fold(text: str) -> str:
    """Base letters in lower case: "Œuvré" is "oeuvre"."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", decomposed)
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", bare))


def letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalpha())


def prose(facts: PostFacts) -> str:
    """The text that is its author's own: without hashtags, mentions, links and outer white space.

    A line that held nothing else goes with them; a line left blank on purpose stays.
    """
    lines = []
    for line in composed(facts.text).split("\n"):
        own = _without_signs(line, facts.links)
        if own or not line.strip():
            lines.append(own)
    return composed("\n".join(lines)).strip()


def _without_signs(line: str, links: tuple[str, ...]) -> str:
    for host in filter(None, map(_host, links)):
        line = regex.sub(rf"(?<![\p{{L}}\p{{N}}@./-]){regex.escape(host)}(?:/\S*)?", "", line)
    for pattern in (_LINK, _MENTION, _ADDRESS, _HASHTAG):
        line = pattern.sub("", line)
    return _BLANKS.sub(" ", line).strip()


def _host(link: str) -> str:
    """Some networks show a link by its host alone, so we look for that too."""
    try:
        host = urlsplit(composed(link)).hostname or ""
    except ValueError:
        return ""
    return host if "." in host else ""


def words(text: str) -> list[Word]:
    """The words of a text in order.

    An elided word stands alone ("l'arbre" and "qu'il" are two words each); any other apostrophe
    belongs to its word ("aujourd'hui" and "don't" are one each), and so does a hyphen
    ("arc-en-ciel"). A number is a word. Where a script has no spaces, each character is one.
    """
    matches = _WORD.finditer(visible(text))
    return [word for match in matches for word in _elisions(match[0], match.start())]


def _elisions(token: str, start: int) -> list[Word]:
    found = []
    while elision := _ELISION.match(token):
        found.append(Word(elision[0], start))
        start += elision.end() + 1
        token = token[elision.end() + 1 :]
    return [*found, Word(token, start)]


def parts(text: str) -> list[Word]:
    """Words, and the members of a hyphenated word one by one."""
    return [
        Word(match[0], word.start + match.start())
        for word in words(text)
        for match in _PART.finditer(word.shown)
    ]


def lettered(text: str) -> list[Word]:
    """The words that have a letter: the only ones that letter games look at."""
    return [word for word in words(text) if word.letters]


def graphemes(text: str) -> list[str]:
    """Characters as a reader counts them: an emoji of any kind is one, what isn't seen is none."""
    return [
        grapheme
        for grapheme in regex.findall(r"\X", composed(text))
        if grapheme == "\n" or not _NOTHING_TO_SEE.fullmatch(grapheme)
    ]
