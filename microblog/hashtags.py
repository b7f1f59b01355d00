"""Hashtags as an organiser writes them, and as posts are known by them."""

from collections.abc import Iterable
from unicodedata import normalize

import regex
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_HASHTAG = regex.compile(r"[\p{L}\p{M}\p{N}_·]*[\p{L}\p{M}_][\p{L}\p{M}\p{N}_·]*")
_ACCENTS = regex.compile(r"(?<=\p{Latin}\p{M}*)\p{Mn}")
_SEPARATORS = regex.compile(r"[\s,;]+")
LONGEST = 60


def normalise(name: str) -> str:
    """As posts hold it: NFC, casefolded, without "#"."""
    return normalize("NFC", normalize("NFC", name.strip().lstrip("#＃")).casefold())


def bare(names: Iterable[str]) -> frozenset[str]:
    """For comparing: normalised names without the accents of Latin letters. Some servers hand
    "#défi" on as "defi", and so does a hurried thumb."""
    return frozenset(normalize("NFC", _ACCENTS.sub("", normalize("NFD", name))) for name in names)


def written(field: str) -> list[str]:
    """The hashtags of a text field in their own spelling, without "#", each once."""
    names = (name.lstrip("#＃") for name in _SEPARATORS.split(normalize("NFC", field)))
    unique: dict[str, str] = {}
    for name in filter(None, names):
        unique.setdefault(normalise(name), name)
    return list(unique.values())


def normalised(fields: Iterable[str]) -> frozenset[str]:
    return frozenset(normalise(name) for field in fields for name in written(field))


def validate_hashtags(field: str) -> None:
    """Raises ValidationError for a word that networks wouldn't read as one hashtag."""
    for name in written(field):
        if not _HASHTAG.fullmatch(name) or len(name) > LONGEST:
            raise ValidationError(
                _(
                    "“%(name)s” is no hashtag: use letters, figures and _ only, at least one "
                    "letter, and separate hashtags by spaces."
                ),
                params={"name": name},
            )
