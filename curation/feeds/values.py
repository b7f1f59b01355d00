"""A feed in our words, whatever its format."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

MOST_ENTRIES = 100
"""Of one feed in one reading: the newest."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text as the feed has it. `is_html`: tags and entities are markup, else they are meant."""

    raw: str = ""
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """`name` is what the feed calls it: its id, else its address. Addresses are whole."""

    name: str
    url: str
    title: Words = Words()
    summary: Words = Words()
    content: Words = Words()
    author: str = ""
    language: str = ""
    image_url: str = ""
    published_at: datetime | None = None
    topics: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()

    @property
    def fingerprint(self) -> str:
        """Of everything we use, as it came: 32 hexadecimal digits."""
        parts = (
            self.url,
            self.title.raw,
            self.summary.raw,
            self.content.raw,
            self.author,
            self.language,
            self.image_url,
            self.published_at.isoformat() if self.published_at else "",
            *self.topics,
        )
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Feed:
    """`ttl` in seconds: how long the feed asks to be left alone; 0 where it doesn't say. `hub_url`
    and `self_url` are what WebSub needs."""

    title: str = ""
    page_url: str = ""
    language: str = ""
    hub_url: str = ""
    self_url: str = ""
    ttl: int = 0
    entries: tuple[FeedEntry, ...] = ()
