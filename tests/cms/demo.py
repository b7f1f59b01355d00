"""The demo as it is shipped, with plain pictures in the place of its photographs and a lexicon of a
few words: those are slow to cut, and 160 pages of the same kind slow to write."""

import shutil
from pathlib import Path

from PIL import Image

from cms.demo_loader.reading import SHIPPED, Demo

WORDS = 12
"""Of the lexicon; the same in both languages."""


def a_demo(root: Path) -> Demo:
    """A copy that a test may add to."""
    shutil.copytree(SHIPPED / "content", root / "content")
    demo = Demo(root)
    for lexicon in demo.content.glob("*/lexicon.toml"):
        head, *words = lexicon.read_text().split("[[terms]]")
        lexicon.write_text("[[terms]]".join([head, *words[:WORDS]]))
    (root / "photos").mkdir()
    for key in demo.photos:
        Image.new("RGB", (1600, 1200), "#27507d").save(demo.photo_file(key), "JPEG")
    (root / "drawings").mkdir()
    for key in demo.drawings:
        Image.new("P", (96, 54)).save(demo.drawing_file(key))
    return demo
