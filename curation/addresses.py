"""One page, one address, however it was passed on.

`canonical_url` is where people are led: only what surely changes nothing is left out of it.
`address_key` is for comparing, and forgives more: the scheme, www. and m., the order of parameters,
a slash or an index.html at the end. Nothing here asks the network: redirects and what a page calls
itself are for the step "describe".
"""

import re
from functools import lru_cache
from hashlib import sha256
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit, urlunsplit

import courlan
import idna

from curation.trimmings import (
    A_HOST,
    AMP_ENDS,
    AMP_VALUES,
    COMES_FROM,
    FRONT_PAGES,
    HEX,
    HEX_SESSIONS,
    LEADING_ON,
    OTHER_NAMES,
    PREFIXES_OF_HOSTS,
    REDIRECTORS,
    SAID_BY,
    SESSIONS,
    TRACKER_PREFIXES,
    TRACKERS,
)

LONGEST = 2000
_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff]+")
_HOST = re.compile(r"[a-z0-9_.:\[\]-]+")
_HOPS = 4
_REMEMBERED = 4096  # one batch asks for the same addresses again and again


@lru_cache(maxsize=_REMEMBERED)
def canonical_url(url: str) -> str:
    """Where people are led; "" for what is no address of the web. Never raises; what it gives is
    its own canonical address."""
    for _hop in range(_HOPS):
        tidy = _tidied(url)
        inner = _leads_to(tidy) if tidy else ""
        if tidy is None or not inner:
            break
        url = inner
    else:
        return ""
    found = urlunsplit(tidy) if tidy else ""
    return found if len(found) <= LONGEST else ""


@lru_cache(maxsize=_REMEMBERED)
def address_key(url: str) -> str:
    """SHA-256 (hexadecimal) of what two addresses of one page have in common; "" for what is no
    address of the web."""
    bare = bare_address(url)
    return sha256(bare.encode()).hexdigest() if bare else ""


def bare_address(url: str) -> str:
    """An address without its trimmings, for comparing only: nobody can be led there."""
    parts = urlsplit(canonical_url(url))
    if not parts.netloc:
        return ""
    host = _bare_host(parts.netloc)
    path = AMP_ENDS.sub(r"\g<page>", parts.path)
    head, _slash, last = re.sub(r"/{2,}", "/", path).rpartition("/")
    if last.casefold() in FRONT_PAGES:
        last = ""
    path = f"{head}/{last}".rstrip("/")
    host, path, query = _known_video(OTHER_NAMES.get(host, host), path, parts.query)
    if host == "twitter.com" and "/status/" in path:
        query = ""
    query = "&".join(sorted(filter(None, query.split("&"))))
    return f"{host}{path}?{query}#{parts.fragment}"


def registrable_domain(url: str) -> str:
    """example.co.uk of https://a.b.example.co.uk/; a host that has none (an IP address) is its
    own."""
    try:
        domain = courlan.extract_domain(url)
        return domain or urlsplit(url).hostname or ""
    except (ValueError, TypeError, AttributeError):
        return ""


def host_of(url: str) -> str:
    """Lower case; "" where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _parsed(url: str) -> SplitResult | None:
    """Its parts, scheme and host tidied, and only such fragments as name a page."""
    try:
        parts = urlsplit(_BLANKS.sub("", url))
        scheme, port = parts.scheme.lower(), parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError:
        return None
    if scheme not in _PORTS or not host or parts.username or parts.password:
        return None
    if port is not None and port != _PORTS[scheme]:
        host = f"{host}:{port}"
    fragment = parts.fragment.partition(":~:")[0]
    fragment = _escaped(fragment) if fragment.startswith(("!", "/")) else ""
    return SplitResult(scheme, host, parts.path, parts.query, fragment)


def _tidied(url: str) -> SplitResult | None:
    """With its path and query in one spelling, which tells redirectors by any other."""
    parts = _parsed(url)
    if parts is None:
        return None
    return parts._replace(path=_path(parts.path), query=_query(parts.query))


def _ascii_host(host: str) -> str:
    """As the network knows it; raises ValueError for what is no name of a host."""
    host = host.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]"
    if not host.isascii():
        # An IDNAError is a UnicodeError, which is a ValueError.
        host = idna.encode(host, uts46=True).decode("ascii").rstrip(".")
    if not _HOST.fullmatch(host) or ".." in host or host.startswith("."):
        raise ValueError(host)
    return host


def _leads_to(parts: SplitResult) -> str:
    """The page behind an AMP cache or a known redirector; "" for a page of its own."""
    if parts.netloc.endswith(".cdn.ampproject.org"):
        kind, _slash, rest = parts.path.strip("/").partition("/")
        return _behind_cache(rest, parts.query) if kind in {"c", "v", "r"} else ""
    if parts.netloc.endswith("google.com") and parts.path.startswith("/amp/"):
        return _behind_cache(parts.path.removeprefix("/amp/"), parts.query)
    names = REDIRECTORS.get(parts.netloc)
    if not names or parts.path not in LEADING_ON:
        return ""
    try:
        values = dict(parse_qsl(parts.query))
    except ValueError:
        return ""
    found = (values.get(name, "") for name in names.split())
    return next((url for url in found if url.startswith(("http://", "https://"))), "")


def _behind_cache(rest: str, query: str) -> str:
    """`s/example.org/page`, where "s/" stands for https."""
    scheme = "https" if rest.startswith("s/") else "http"
    rest = rest.removeprefix("s/")
    return f"{scheme}://{rest}{'?' + query if query else ''}" if "." in rest else ""


def _path(path: str) -> str:
    path = _without_dots(_escaped(_SESSION_IN_PATH.sub("", path)))
    return path or "/"


def _without_dots(path: str) -> str:
    """As RFC 3986 (5.2.4) says, so that /a/../b is /b."""
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if len(kept) > 1:
                kept.pop()
        elif part != ".":
            kept.append(part)
    if parts[-1] in {".", ".."}:
        kept.append("")
    tidy = "/".join(kept)
    return tidy if tidy.startswith("/") else f"/{tidy}"


def _escaped(text: str) -> str:
    """One spelling of every sign: nothing escaped that needn't be, the rest in capitals."""

    def one(match: re.Match[str]) -> str:
        sign = chr(int(match[1], 16))
        return sign if sign in _UNRESERVED else f"%{match[1].upper()}"

    text = _ESCAPE.sub(one, text)
    while (again := _ESCAPE.sub(one, text)) != text:
        text = again
    text = re.sub(r"%(?![0-9A-F]{2})", "%25", text)
    return quote(text, safe="%/:@!$&'()*+,;=-._~?", errors="replace")


def _query(query: str) -> str:
    """Without what only follows readers about; the order stays, for some servers mind it."""
    pieces = [_escaped(piece) for piece in query.split("&")]
    return "&".join(piece for piece in pieces if piece and not _is_trimming(piece))


def _is_trimming(piece: str) -> bool:
    name, equals, value = piece.partition("=")
    name, value = unquote(name).casefold(), unquote(value).casefold()
    if name in AMP_VALUES:
        return value in AMP_VALUES[name]
    if not equals:
        return name in TRACKERS
    if name in TRACKERS or name in SESSIONS or name.startswith(TRACKER_PREFIXES):
        return True
    if name in HEX_SESSIONS and HEX.fullmatch(value):
        return True
    if name == "ref" and A_HOST.fullmatch(value):
        return True
    return name in SAID_BY and re.split("_|--", value)[0] in COMES_FROM


def _bare_host(host: str) -> str:
    """Without www., m. and the like, as long as two labels stay."""
    labels = host.split(".")
    rest = [label for label in labels[:-2] if not PREFIXES_OF_HOSTS.fullmatch(label)]
    return ".".join([*rest, *labels[-2:]])


def _known_video(host: str, path: str, query: str) -> tuple[str, str, str]:
    """A video by its short address, in a player or a list is the video."""
    if host == "youtu.be" and path.count("/") == 1:
        return "youtube.com", "/watch", f"v={path[1:]}"
    if host in {"youtube.com", "youtube-nocookie.com"}:
        kind, _slash, name = path.strip("/").partition("/")
        if kind in {"embed", "shorts", "live", "v"} and name:
            return "youtube.com", "/watch", f"v={name}"
        pieces = [piece for piece in query.split("&") if piece.startswith("v=")]
        if path == "/watch" and pieces:
            return "youtube.com", "/watch", pieces[0]
    return host, path, query
