"""How a word sounds to a French ear, roughly: what is written by ear is found by ear."""

import re

_BY_EAR = (
    ("sch|sh|ch", "8"),
    ("ph", "f"),
    ("qu|q|ck", "k"),
    ("c(?=[eiy])", "s"),
    ("c", "k"),
    ("gu(?=[eiy])", "9"),
    ("g(?=[eiy])", "j"),
    ("g", "9"),
    ("h", ""),
    ("eau|au", "o"),
    ("ain|ein|aim|yn|ym|im(?=[bp])", "in"),
    ("ai|ei|oe|ae", "e"),
    ("(?:e|a)(?:m(?=[bp])|n(?=[^aeiouyn]|$))", "an"),
    ("om(?=[bp])", "on"),
    ("y", "i"),
    ("w", "v"),
    ("z", "s"),
    ("(?<=..)(?:(?<!s)e?[stx]|es?|ent)$", ""),
    (r"(.)\1+", r"\1"),
)
"""Each in its turn: what is written, what is heard."""
_RULES = [(re.compile(written), heard) for written, heard in _BY_EAR]


def sound_of(bare: str) -> str:
    """Of a word without accents or case; words that sound alike have the same."""
    sound = bare
    for written, heard in _RULES:
        sound = written.sub(heard, sound)
    return sound
