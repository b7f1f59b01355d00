"""The order of a text's parts: one more, one up, one down, one less; for whoever has no script
too."""

from dataclasses import replace

from cms.contributing.content import MOST_PARTS, Content, Part

DEEDS = ("add", "up", "down", "drop")


def reorder(content: Content, deed: str) -> tuple[Content, int]:
    """`deed` is "add", or "up-2", "down-2", "drop-2"; whatever else changes nothing. Returns the
    part to look at, too."""
    name, _dash, told = deed.partition("-")
    parts = list(content.parts)
    number = int(told) if told.isdecimal() and len(told) < 4 else len(parts)
    if name == "add" and len(parts) < MOST_PARTS:
        return replace(content, parts=(*parts, Part())), len(parts)
    if number >= len(parts):
        return content, max(len(parts) - 1, 0)
    if name == "drop":
        del parts[number]
        return replace(content, parts=tuple(parts)), max(number - 1, 0)
    other = number + {"up": -1, "down": 1}.get(name, 0)
    if 0 <= other < len(parts):
        parts[number], parts[other] = parts[other], parts[number]
        return replace(content, parts=tuple(parts)), other
    return content, number
