"""The demo as it is shipped, with plain pictures in the place of its photographs: those are slow
to cut."""

import shutil
from pathlib import Path

from PIL import Image

from cms.demo_loader.reading import SHIPPED, Demo


def a_demo(root: Path) -> Demo:
    """A copy that a test may add to."""
    shutil.copytree(SHIPPED / "content", root / "content")
    demo = Demo(root)
    (root / "photos").mkdir()
    for key in demo.photos:
        Image.new("RGB", (1600, 1200), "#27507d").save(demo.photo_file(key), "JPEG")
    return demo
