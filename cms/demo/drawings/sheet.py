"""A window of a microblog, to draw in: its frame, its signs, its words that need not be read.

The colours are those of our own look; the fonts are those of the booklet.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
FONTS = HERE.parents[1] / "booklet" / "fonts"
WIDTH, HEIGHT = 960, 540
FINE = 2
"""Drawn so many times larger, then made smaller: smooth edges."""
PAPER, CARD, INK, SOFT, LINE = "#faf6ee", "#fffdf8", "#1d2433", "#545c70", "#e4dccb"
NIGHT, NIGHT_SOFT, CORAL, CORAL_SOFT = "#1f3a5f", "#e5ecf5", "#c8432b", "#fdeae4"
LEAF, LEAF_SOFT, SUN, SUN_SOFT = "#2c6e49", "#e4f1e8", "#8a5a00", "#fdf1d3"
NAMES = {"mastodon": "Mastodon", "bluesky": "Bluesky", "practice": "Envol"}
TONES = {
    "mastodon": (NIGHT, NIGHT_SOFT),
    "bluesky": (LEAF, LEAF_SOFT),
    "practice": (SUN, SUN_SOFT),
    "": (NIGHT, NIGHT_SOFT),
}
Box = tuple[int, int, int, int]


class Sheet:
    """A drawing in the making; all measures in its own pixels."""

    def __init__(self, network: str = "") -> None:
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.tone, self.pale = TONES[network]
        self.box((60, 36, 900, 504), CARD, radius=28, edge=LINE)
        self.box((60, 36, 900, 92), self.pale, radius=28)
        self.box((60, 66, 900, 92), self.pale)
        for number in range(3):
            self.disc(94 + 26 * number, 64, 7, self.tone)
        self.word(480, 64, NAMES.get(network, ""), self.tone, 28)

    def box(self, box: Box, fill: str | None, *, radius: int = 0, edge: str = "") -> None:
        self.pen.rounded_rectangle(
            [value * FINE for value in box],
            radius * FINE,
            fill=fill,
            outline=edge or None,
            width=3 * FINE if edge else 0,
        )

    def disc(self, x: int, y: int, radius: int, fill: str | None, *, edge: str = "") -> None:
        self.box((x - radius, y - radius, x + radius, y + radius), fill, radius=radius, edge=edge)

    def line(self, *points: tuple[int, int], fill: str = SOFT, width: int = 5) -> None:
        self.pen.line([(x * FINE, y * FINE) for x, y in points], fill, width * FINE, joint="curve")

    def word(self, x: int, y: int, said: str, fill: str = INK, size: int = 26) -> None:
        font = ImageFont.truetype(FONTS / "AtkinsonHyperlegibleNext-Bold.ttf", size * FINE)
        self.pen.text((x * FINE, y * FINE), said, fill, font, anchor="mm")

    def lines(self, x: int, y: int, *widths: int) -> None:
        """Words that need not be read."""
        for number, width in enumerate(widths):
            self.box((x, y + 28 * number, x + width, y + 12 + 28 * number), LINE, radius=6)

    def face(self, x: int, y: int, radius: int = 30) -> None:
        self.disc(x, y, radius, self.pale, edge=self.tone)
        self.disc(x, y - radius // 4, radius // 3, self.tone)
        self.pen.chord(
            [
                (x - radius * 6 // 10) * FINE,
                (y + radius // 5) * FINE,
                (x + radius * 6 // 10) * FINE,
                (y + radius * 13 // 10) * FINE,
            ],
            180,
            360,
            self.tone,
        )

    def photo(self, box: Box) -> None:
        left, top, right, bottom = box
        self.box(box, NIGHT_SOFT, radius=16, edge=NIGHT)
        self.disc(right - 46, top + 42, 18, SUN)
        hill = [(left + 8, bottom - 8), (left + 80, top + 60), (left + 140, bottom - 44)]
        ridge = [(left + 180, top + 80), (right - 8, bottom - 8)]
        self.pen.polygon([(x * FINE, y * FINE) for x, y in (*hill, *ridge)], LEAF)

    def button(self, x: int, y: int, said: str, *, width: int = 150) -> None:
        self.box((x - width // 2, y - 28, x + width // 2, y + 28), self.tone, radius=28)
        self.word(x, y, said, CARD, 28)

    def ring(self, x: int, y: int, across: int, high: int | None = None) -> None:
        """What is meant: a ring around it, and an arrow that leads there."""
        half, tall = across // 2, (high or across) // 2
        self.pen.rounded_rectangle(
            [(x - half) * FINE, (y - tall) * FINE, (x + half) * FINE, (y + tall) * FINE],
            min(half, tall, 48) * FINE,
            outline=CORAL,
            width=7 * FINE,
        )
        tip_x, tip_y = x + half + 6, y + tall // 2 + 6
        self.line((tip_x + 74, tip_y + 58), (tip_x + 6, tip_y + 6), fill=CORAL, width=9)
        self.line(
            (tip_x + 40, tip_y + 4), (tip_x, tip_y), (tip_x + 6, tip_y + 40), fill=CORAL, width=9
        )

    # The signs that microblogs share.

    def reply(self, x: int, y: int) -> None:
        self.line((x + 20, y + 16), (x + 20, y + 2), (x + 12, y - 6), (x - 18, y - 6), fill=INK)
        self.line((x - 6, y - 18), (x - 18, y - 6), (x - 6, y + 6), fill=INK)

    def share(self, x: int, y: int) -> None:
        self.line((x - 22, y + 4), (x - 22, y - 12), (x + 12, y - 12), fill=INK)
        self.line((x + 4, y - 20), (x + 12, y - 12), (x + 4, y - 4), fill=INK)
        self.line((x + 22, y - 4), (x + 22, y + 12), (x - 12, y + 12), fill=INK)
        self.line((x - 4, y + 4), (x - 12, y + 12), (x - 4, y + 20), fill=INK)

    def star(self, x: int, y: int) -> None:
        points = [(0, -20), (6, -7), (20, -6), (9, 4), (13, 18), (0, 10), (-13, 18), (-9, 4)]
        points += [(-20, -6), (-6, -7), (0, -20)]
        self.line(*((x + dx, y + dy) for dx, dy in points), fill=INK)

    def bookmark(self, x: int, y: int) -> None:
        points = [(-14, -20), (14, -20), (14, 20), (0, 8), (-14, 20), (-14, -20)]
        self.line(*((x + dx, y + dy) for dx, dy in points), fill=INK)

    def dots(self, x: int, y: int) -> None:
        for number in (-1, 0, 1):
            self.disc(x + 15 * number, y, 5, INK)

    def poll(self, x: int, y: int) -> None:
        for number, width in enumerate((40, 24, 32)):
            self.box((x - 20, y - 20 + 15 * number, x - 20 + width, y - 11 + 15 * number), INK)

    def globe(self, x: int, y: int) -> None:
        self.disc(x, y, 19, None, edge=INK)
        self.line((x - 18, y), (x + 18, y), fill=INK, width=3)
        self.pen.ellipse(
            [(x - 9) * FINE, (y - 18) * FINE, (x + 9) * FINE, (y + 18) * FINE],
            outline=INK,
            width=3 * FINE,
        )

    def message(self, y: int = 130) -> None:
        """A post with its row of signs, 180 below."""
        self.face(134, y + 34)
        self.box((184, y + 8, 360, y + 24), SOFT, radius=8)
        self.lines(184, y + 48, 560, 620, 420)
        self.line((100, y + 236), (860, y + 236), fill=LINE, width=3)
        for sign, x in (
            (self.reply, 210),
            (self.share, 350),
            (self.star, 490),
            (self.bookmark, 630),
        ):
            sign(x, y + 184)
        self.dots(770, y + 184)

    def composer(self) -> None:
        self.box((100, 120, 860, 470), PAPER, radius=20, edge=LINE)
        self.face(150, 170)
        self.lines(200, 152, 520, 440)

    def save(self, name: str) -> None:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        flat = small.quantize(64, dither=Image.Dither.NONE)
        flat.save(HERE / f"{name}.png", optimize=True)
