"""Marks that stand on a letter: accents, vowel signs, and the towers that jokers build of them.

Putting a tower in order costs the square of its height, so no text is normalised before it was
thinned.
"""

import regex

MOST = 16
"""Marks on one letter: no script writes more than six or seven."""
_TOWER = regex.compile(rf"(\p{{M}}{{{MOST}}})\p{{M}}+")


def thin_marks(text: str) -> str:
    return _TOWER.sub(r"\1", text)
