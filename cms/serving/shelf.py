"""Whole pages as visitors get them, in the cache of all processes, under a name that changes when
something is published; and what servers in front were given of them."""

import re
import secrets
from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from cms.serving.front import take_back

_EDITION = "envol:edition"
_DAY = 24 * 3600
EVERY_RELEASE = 0
"""The version (in the cache's sense) of what processes of two releases tell each other."""
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w{64})"')
KEPT_HEADERS = ("Content-Type", "Last-Modified", "Link", "X-Frame-Options", "X-Robots-Tag")


@dataclass(frozen=True, slots=True)
class Kept:
    """A page and what its answer said of it. `tokens` stand in its forms, and are each visitor's
    own: whoever is served next gets theirs instead."""

    body: bytes
    headers: dict[str, str]
    tokens: frozenset[bytes]
    mark: str

    @classmethod
    def of(cls, answer: HttpResponse) -> "Kept":
        body = answer.content
        headers = {name: answer[name] for name in KEPT_HEADERS if name in answer}
        tokens = frozenset(_TOKEN.findall(body))
        mark = "" if tokens else f'"{blake2b(body, digest_size=12).hexdigest()}"'
        return cls(body, headers, tokens, mark)

    def dressed(self, token: str) -> bytes:
        """With this visitor's token in every form."""
        body = self.body
        for old in self.tokens:
            body = body.replace(old, token.encode())
        return body


def kept_page(key: str) -> Kept | None:
    """From this process if it has it, else from where all processes keep theirs."""
    near = caches[settings.NEAR_CACHE]
    found: Kept | None = near.get(key)
    if found is None:
        found = cache.get(key)
        if found is not None:
            near.set(key, found, min(5, settings.PAGE_CACHE_SECONDS))
    return found


def keep_page(key: str, answer: HttpResponse) -> Kept:
    """`key`: as it was named before it was made. What was published meanwhile isn't on it."""
    kept = Kept.of(answer)
    cache.set(key, kept, settings.PAGE_CACHE_SECONDS)
    return kept


def forget_pages() -> None:
    """Whatever is kept, here or in a server in front, is out of date, once this transaction is
    committed; at once outside one."""
    transaction.on_commit(_new_edition, robust=True)
    take_back()


def _new_edition() -> str:
    edition = secrets.token_hex(6)
    cache.set(_EDITION, edition, 30 * _DAY, version=EVERY_RELEASE)
    return edition


def edition() -> str:
    """Of all that is kept just now."""
    return cache.get(_EDITION, version=EVERY_RELEASE) or _new_edition()


def name_of(request: HttpRequest) -> str:
    """Where it is kept, in this edition."""
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    return f"envol:page:{edition()}:{blake2b(address.encode(), digest_size=16).hexdigest()}"
