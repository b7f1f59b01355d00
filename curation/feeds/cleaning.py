"""From what feeds say to plain words and whole addresses; nothing of their markup stays."""

import html
import re
from urllib.parse import urljoin, urlsplit

import nh3

from curation.feeds.values import Words

_BLOCKS = re.compile(
    r"<(?=/?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|dd|dt|blockquote|figure|figcaption|section|article"
    r"|header|footer|pre|hr)\b)",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")
_IMAGE = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
LONGEST_ADDRESS = 2000
MOST_MARKUP = 400_000  # signs of one text that are looked at


def plain(words: Words) -> str:
    """One line of readable text."""
    text = words.raw[:MOST_MARKUP]
    if words.is_html and ("<" in text or "&" in text):
        text = html.unescape(nh3.clean(_BLOCKS.sub(" <", text), tags=set()))
    return one_line(text)


def one_line(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text).split())


def cut(text: str, most: int) -> str:
    """At most so many signs, whole words, with an ellipsis where something was left out."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return f"{head.rpartition(' ')[0] or head}…"


def whole_address(base: str, address: str) -> str:
    """The http(s) address that `address` means on `base`; "" for anything else, and for nothing."""
    said = one_line(address).replace(" ", "%20")
    if not said:
        return ""
    try:
        url = urljoin(base, said)
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    is_one = parts.scheme in ("http", "https") and host and len(url) <= LONGEST_ADDRESS
    return url if is_one else ""


def first_image(markup: str, base: str) -> str:
    found = _IMAGE.search(markup[:MOST_MARKUP])
    return whole_address(base, html.unescape(found[1])) if found else ""


def language_of(said: object) -> str:
    """ "fr-BE" → "fr"; "" for what isn't a language."""
    code = str(said or "").strip().lower().replace("_", "-").partition("-")[0]
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else ""
