"""Reads what an organiser's editor produced, and never raises: nonsense counts as left empty."""

from collections.abc import Mapping, Sequence
from typing import Any

import regex

Params = Mapping[str, Any]
_LARGEST = 100_000
_SEPARATOR = regex.compile(r"[\n,;]")


def number(params: Params, name: str, default: int, *, smallest: int = 1) -> int:
    """A whole number, given as one or as digits; at least `smallest`."""
    value = params.get(name)
    if isinstance(value, bool) or value is None or value == "":
        return default
    try:
        return min(max(int(value), smallest), _LARGEST)
    except (TypeError, ValueError, OverflowError):
        return default


def strings(params: Params, name: str) -> list[str]:
    """Texts that aren't empty; a single text is cut at commas, semicolons and line ends."""
    value = params.get(name)
    if isinstance(value, str):
        value = _SEPARATOR.split(value)
    if not isinstance(value, Sequence):
        return []
    return [item.strip() for item in value if isinstance(item, str) and item.strip()]


def string(params: Params, name: str) -> str:
    value = params.get(name)
    return value.strip() if isinstance(value, str) else ""


def switch(params: Params, name: str) -> bool:
    return params.get(name) is True
