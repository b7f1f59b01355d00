"""The colour in which a MOOC acts and links: chosen from tested ones, or its own if it can be read.

One colour is chosen, for light paper; that of the dark is mixed from it. Contrasts are WCAG 2's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEAST = 4.5
LIGHT = {"paper": "#faf6ee", "card": "#fffdf8"}
DARK = {"paper": "#12161f", "card": "#1a202c"}
"""Surfaces on which words stand, as tokens.css has them; a test keeps both the same."""
_HEX = re.compile(r"#[0-9a-f]{6}")
_WHITE, _BLACK = "#ffffff", "#000000"
_STEPS = [step / 20 for step in range(21)]

NIGHT = "night"
PALETTES: Mapping[str, str] = {
    NIGHT: "#1f3a5f",
    "sea": "#0b5a66",
    "forest": "#2b5a35",
    "plum": "#6a2c66",
    "brick": "#8c3420",
    "slate": "#404a57",
}
NAMES: Mapping[str, str | Promise] = {
    NIGHT: _("Night, as Envol comes"),
    "sea": _("Sea"),
    "forest": _("Forest"),
    "plum": _("Plum"),
    "brick": _("Brick"),
    "slate": _("Slate"),
}


@dataclass(frozen=True, slots=True)
class Accent:
    """Its shades on one kind of paper: `deep` under the pointer, `soft` behind words."""

    plain: str
    deep: str
    soft: str

    def css(self) -> str:
        return f"--night:{self.plain};--night-deep:{self.deep};--night-soft:{self.soft}"


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def validate_accent(colour: str) -> None:
    """Raises ValidationError for what is no colour, or can't be read on light paper."""
    if not _HEX.fullmatch(colour.lower()):
        raise ValidationError(_("Write the colour as # and six signs, such as #1f3a5f."))
    worst = min(contrast(colour.lower(), surface) for surface in LIGHT.values())
    if worst < LEAST:
        raise ValidationError(
            _(
                "This colour is too pale to be read: its contrast is %(found)s to 1, where "
                "4.5 to 1 is needed. Choose a darker one."
            ),
            params={"found": f"{int(worst * 10) / 10:.1f}"},
        )


def light_accent(colour: str) -> Accent:
    return Accent(colour, _mix(colour, _BLACK, 0.2), _soft(colour, LIGHT["card"]))


def dark_accent(colour: str) -> Accent:
    """As much lighter as dark paper asks for, and a little more: it shall be a pleasure to read."""
    plain = next(
        shade
        for step in _STEPS
        if min(contrast(shade := _mix(colour, _WHITE, step), s) for s in DARK.values()) >= LEAST + 2
    )
    return Accent(plain, _mix(plain, _WHITE, 0.35), _soft(plain, DARK["card"]))


def stylesheet(colour: str) -> str:
    """Overrides the tokens; the light colour for paper as well, whatever the screen shows. The
    colours on either paper have names too, for lists that are shown on one paper alone."""
    light, dark = light_accent(colour), dark_accent(colour)
    both = f"--on-light:{light.plain};--on-dark:{dark.plain}"
    return (
        f":root{{{light.css()};{both}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark.css()}}}}}\n"
    )


def _soft(colour: str, surface: str) -> str:
    """As much of the colour as leaves its own words readable on it."""
    tints = (_mix(surface, colour, part / 100) for part in (12, 8, 4))
    return next((tint for tint in tints if contrast(colour, tint) >= LEAST), surface)


def _mix(one: str, other: str, part: float) -> str:
    """`part` of the other, in the first."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [_linear(channel / 255) for channel in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
