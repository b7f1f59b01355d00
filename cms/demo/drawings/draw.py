"""Draws the pictures of the lessons' steps: windows of a microblog, and the button in question.

    python -m cms.demo.drawings.draw

Schematic on purpose: no words but a name and what stands on the button, nobody's logo, nobody's
screen.
"""

from collections.abc import Callable

from cms.demo.drawings.sheet import (
    CARD,
    CORAL,
    INK,
    LEAF,
    LINE,
    NAMES,
    NIGHT,
    PAPER,
    SOFT,
    SUN,
    Sheet,
)


def describe(sheet: Sheet, network: str) -> None:
    sheet.composer()
    sheet.photo((200, 220, 500, 420))
    if network == "practice":
        sheet.box((530, 220, 830, 420), CARD, radius=14, edge=sheet.tone)
        sheet.lines(552, 250, 240, 200, 220)
        sheet.ring(680, 320, 330, 232)
        return
    said, x, y = ("ALT", 262, 384) if network == "mastodon" else ("+ ALT", 270, 258)
    sheet.box((x - 52, y - 24, x + 52, y + 24), INK, radius=12)
    sheet.word(x, y, said, CARD, 26)
    sheet.ring(x, y, 132, 76)


def follow(sheet: Sheet, network: str) -> None:
    if network == "mastodon":
        sheet.box((100, 112, 860, 164), PAPER, radius=26, edge=LINE)
        sheet.disc(134, 136, 10, None, edge=SOFT)
        sheet.line((142, 144), (150, 152))
        sheet.word(340, 138, "@nom@exemple.social", SOFT, 26)
    else:
        sheet.box((100, 112, 860, 200), sheet.pale, radius=18)
    sheet.face(170, 240, 56)
    sheet.box((250, 224, 450, 244), SOFT, radius=10)
    sheet.lines(100, 330, 620, 700, 540)
    sheet.button(690, 240, "+", width=170)
    sheet.ring(690, 240, 204, 88)


def chain(sheet: Sheet, network: str) -> None:
    if network == "bluesky":
        sheet.composer()
        sheet.line((150, 206), (150, 300), fill=sheet.tone)
        sheet.face(150, 330)
        sheet.lines(200, 312, 460, 380)
        sheet.line((110, 404), (850, 404), fill=LINE, width=3)
        sheet.disc(640, 438, 24, None, edge=sheet.tone)
        sheet.word(640, 436, "+", sheet.tone, 36)
        sheet.button(780, 438, "", width=110)
        sheet.line((766, 438), (792, 438), fill=CARD)
        sheet.line((782, 428), (792, 438), (782, 448), fill=CARD)
        sheet.ring(640, 438, 76)
        return
    sheet.message()
    sheet.ring(210, 314, 84)
    sheet.face(184, 430, 24)
    sheet.line((134, 196), (134, 430), (158, 430), fill=sheet.tone)
    sheet.lines(360, 412, 380, 300)


def quote(sheet: Sheet, network: str) -> None:
    sheet.message(112)
    if network != "practice":
        sheet.box((500, 330, 800, 474), CARD, radius=16, edge=sheet.tone)
        sheet.share(550, 366)
        sheet.lines(594, 360, 170)
        sheet.word(550, 450, "“ ”", INK, 52)
        sheet.lines(594, 432, 130)
        sheet.line((514, 402), (786, 402), fill=LINE, width=3)
    sheet.ring(350, 296, 84)


def link(sheet: Sheet, network: str) -> None:
    sheet.composer()
    if network == "practice":
        sheet.word(330, 240, "https://… #Envol", NIGHT, 30)
        sheet.ring(330, 240, 300, 72)
        return
    if network == "mastodon":
        sheet.word(290, 230, "https://…", NIGHT, 28)
        sheet.word(790, 440, "23", SOFT, 28)
    sheet.box((200, 262, 800, 402), CARD, radius=16, edge=sheet.tone)
    sheet.photo((216, 276, 396, 388))
    sheet.box((420, 290, 700, 308), SOFT, radius=9)
    sheet.lines(420, 328, 340, 260)
    if network == "mastodon":
        sheet.ring(790, 440, 76, 60)
    else:
        sheet.ring(500, 332, 632, 176)


def pinned(sheet: Sheet, _network: str) -> None:
    sheet.box((100, 112, 860, 190), sheet.pale, radius=18)
    sheet.face(170, 220, 52)
    sheet.lines(250, 214, 420, 480)
    sheet.box((100, 310, 860, 476), PAPER, radius=18, edge=LINE)
    sheet.disc(146, 344, 14, sheet.tone)
    sheet.line((146, 352), (146, 380), fill=sheet.tone)
    sheet.lines(200, 350, 520, 560, 380)
    sheet.ring(146, 358, 76)


def keep(sheet: Sheet, _network: str) -> None:
    sheet.message()
    sheet.ring(630, 314, 84)


def ask(sheet: Sheet, _network: str) -> None:
    sheet.composer()
    for number, width in enumerate((420, 260)):
        top = 236 + 70 * number
        sheet.box((200, top, 760, top + 52), CARD, radius=26, edge=sheet.tone)
        sheet.disc(234, top + 26, 11, None, edge=sheet.tone)
        sheet.lines(266, top + 20, width)
    sheet.poll(230, 432)
    sheet.ring(230, 430, 84)


def doors(sheet: Sheet, _network: str) -> None:
    sheet.composer()
    sheet.globe(230, 260)
    for number, width in enumerate((300, 240, 330, 200)):
        top = 216 + 60 * number
        sheet.box(
            (390, top, 820, top + 48), CARD, radius=12, edge=sheet.tone if not number else LINE
        )
        sheet.disc(422, top + 24, 9, sheet.tone if not number else LINE)
        sheet.lines(448, top + 18, width)
    sheet.ring(230, 260, 84)


def silence(sheet: Sheet, _network: str) -> None:
    sheet.message(112)
    sheet.box((430, 334, 730, 484), CARD, radius=16, edge=sheet.tone)
    for number, width in enumerate((180, 220, 150)):
        sheet.disc(464, 362 + 46 * number, 9, (LEAF, SUN, CORAL)[number])
        sheet.lines(490, 356 + 46 * number, width)
    sheet.ring(770, 296, 84)


BY_NETWORK: dict[str, Callable[[Sheet, str], None]] = {
    "texte-alternatif": describe,
    "suivre": follow,
    "fil": chain,
    "citer": quote,
    "lien": link,
}
ALONE: dict[str, Callable[[Sheet, str], None]] = {
    "profil": pinned,
    "signets": keep,
    "sondages": ask,
    "visibilite": doors,
    "masquer": silence,
}


def main() -> None:
    for name, draw in BY_NETWORK.items():
        for network in NAMES:
            sheet = Sheet(network)
            draw(sheet, network)
            sheet.save(f"{name}-{network}")
    for name, draw in ALONE.items():
        sheet = Sheet()
        draw(sheet, "")
        sheet.save(name)


if __name__ == "__main__":
    main()
