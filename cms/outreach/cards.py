"""A picture for each page, for where a link to it is shown: its title, on paper, in the MOOC's
colour."""

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont, ImageOps

from community.logos import Logo
from community.models import MoocSettings

WIDTH, HEIGHT = 1200, 630
"""The size that networks ask for (Open Graph)."""
EDGE = 80
PAPER, INK, SOFT = "#faf6ee", "#1d2433", "#545c70"
SIZES = (92, 76, 64, 54)
MOST_LINES = 4
FONTS = settings.ROOT / "cms/static/envol/fonts"
DISPLAY = FONTS / "bricolage-grotesque-latin-wght-normal.woff2"
TEXT = FONTS / "atkinson-hyperlegible-next-latin-wght-normal.woff2"
BIRD = Path(__file__).with_name("bird.png")
HAND = blake2b(Path(__file__).read_bytes() + BIRD.read_bytes(), digest_size=8).hexdigest()
"""Of how cards are drawn: with another line in this file it is another hand."""


@dataclass(frozen=True, slots=True)
class Card:
    """`kicker`: what sort of page it is; `name`: the MOOC; `colour`: #rrggbb; `logo`: the name of
    its file, "" for Envol's bird."""

    title: str
    kicker: str
    name: str
    colour: str
    logo: str = ""

    @property
    def mark(self) -> str:
        """Another one for whatever is drawn otherwise."""
        return blake2b(f"{HAND} {self!r}".encode(), digest_size=8).hexdigest()


def blank_card(mooc: MoocSettings, logo: Logo | None) -> Card:
    """What all cards of a MOOC have in common."""
    return Card("", "", mooc.name, mooc.colour, logo.drawn if logo else "")


def draw_card(card: Card) -> bytes:
    """A PNG of 1200 by 630 pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, HEIGHT), fill=card.colour)
    top = EDGE
    if card.kicker:
        pen.text((EDGE, top), card.kicker, font=_font(TEXT, 34, 500), fill=SOFT)
        top += 64
    font, lines = _fitting(card.title, room=HEIGHT - top - 180)
    for line in lines:
        pen.text((EDGE, top), line, font=font, fill=INK)
        top += round(font.size * 1.16)
    emblem = _emblem(card.logo)
    image.paste(emblem, (EDGE - 8, HEIGHT - EDGE - 22 - emblem.height // 2), emblem)
    left = EDGE + emblem.width + 12
    name = _cut(card.name, _font(DISPLAY, 40, 700), WIDTH - EDGE - left)
    pen.text((left, HEIGHT - EDGE - 44), name, font=_font(DISPLAY, 40, 700), fill=card.colour)
    buffer = io.BytesIO()
    # Few colours: a tenth of the bytes, and nobody sees it.
    image.quantize(64, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _emblem(logo: str) -> Image.Image:
    """What stands before the name, at most 168 by 84 pixels; the bird for a logo that can't be
    read."""
    if logo:
        with suppress(OSError), default_storage.open(logo) as file, Image.open(file) as own:
            return _small(own)
    with Image.open(BIRD) as bird:
        return _small(bird)


def _small(picture: Image.Image) -> Image.Image:
    return ImageOps.contain(picture.convert("RGBA"), (168, 84))


def _fitting(title: str, *, room: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size in which the title stands whole; in the smallest, the rest is cut."""
    for size in SIZES:
        font = _font(DISPLAY, size, 700)
        lines = list(_lines(title, font))
        if len(lines) <= MOST_LINES and len(lines) * size * 1.16 <= room:
            return font, lines
    kept = lines[:MOST_LINES]
    kept[-1] = _cut(f"{kept[-1]} …", font, WIDTH - 2 * EDGE)
    return font, kept


def _lines(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > WIDTH - 2 * EDGE:
            yield line
            longer = word
        line = _cut(longer, font, WIDTH - 2 * EDGE)
    if line:
        yield line


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """As many letters as fit, with an ellipsis where some are missing."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=16)
def _font(path: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, size)
    font.set_variation_by_axes([weight])
    return font
