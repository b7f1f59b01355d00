"""Strangers' JSON, read without trust: null for "", numbers for text, odd dates, moving ids."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from microblog.marks import thin_marks

Answer = Mapping[str, Any]

LONGEST_URI = 500
LONGEST_ID = 300
LARGEST_NUMBER = 2**31 - 1
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What JSON can say and no database can hold: NUL, and halves of characters."""

_TIME_AND_HASH = re.compile(r"\d{10}([0-9a-fA-F]{32})")
"""An id whose first ten digits move with every change of the post (snac): only the hash stays."""


def identity_of(remote_id: object) -> str:
    """What stays of an id when its post is edited or boosted: to compare two ids of one server."""
    found = _TIME_AND_HASH.fullmatch(text_of(remote_id))
    return found[1].lower() if found else text_of(remote_id)


def remote_id_of(value: object) -> str:
    """An id as we send it back, "" for one longer than any; the server that capitalises ids
    understands only small letters."""
    remote_id = text_of(value)
    if len(remote_id) > LONGEST_ID:
        return ""
    return remote_id.lower() if _TIME_AND_HASH.fullmatch(remote_id) else remote_id


def normalise_hashtag(name: str) -> str:
    """NFC and casefolded, without "#"; a percent-encoded name is decoded first."""
    return unicodedata.normalize("NFC", thin_marks(unquote(name)).strip().lstrip("#").casefold())


def moment(value: object) -> datetime | None:
    """A time of a server as aware UTC; None where it gave none that can be read."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    try:
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)
    except OverflowError:
        return None


def web_address(value: object) -> str:
    """An http(s) address, or "": nothing else may become a link or a picture."""
    address = text_of(value).strip()
    return address if address.startswith(("https://", "http://")) else ""


def uri_of(value: object) -> str:
    """A name for ever, or "" for one that is too long to be kept whole: a part would name another
    thing."""
    uri = text_of(value)
    return uri if len(uri) <= LONGEST_URI else ""


def text_of(value: object) -> str:
    """A string that can be kept, or "" for null and for anything that is no text; numbers (old
    servers' ids) become text.
    """
    if isinstance(value, str):
        return thin_marks(_UNSTORABLE.sub("", value))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def as_mapping(value: object) -> Answer:
    return value if isinstance(value, Mapping) else {}


def as_mappings(values: object) -> list[Answer]:
    if not isinstance(values, Sequence) or isinstance(values, str):
        return []
    return [value for value in values if isinstance(value, Mapping)]


def positive(value: object) -> int:
    """A number from 1 to what a column holds, or 0."""
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 0 < value <= LARGEST_NUMBER else 0
