"""How much of a riddle's photo may be seen: a part around its focal point that grows with each
hint. Nothing beside that part ever leaves the house before the reveal."""

from dataclasses import dataclass
from typing import Any

from wagtail.images.image_operations import TransformOperation
from wagtail.images.rect import Rect

WHOLE = 100
"""Percent of the photo's width and height."""


def crop_after(given: int, *, of: int, first: int) -> int:
    """The percentage to be seen after `given` of `of` wider crops, where the launch shows `first`.

    Each widens by the same factor, so that the eye gains as much every time; the whole photo would
    come one step after the last, and is kept for the reveal.
    """
    if of <= 0:
        return WHOLE
    step = min(max(given, 0), of)
    return min(WHOLE - 1, round(first * (WHOLE / first) ** (step / (of + 1))))


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a photo in pixels: from its left and top edge, so wide and high."""

    left: int
    top: int
    width: int
    height: int


def window_around(size: tuple[int, int], focus: tuple[float, float], percent: int) -> Window:
    """The part with the photo's own proportions, as near to the focus as the edges allow. What a
    smaller percentage shows is always part of what a larger one shows."""
    (width, height), (x, y) = size, focus
    wide = max(1, round(width * percent / WHOLE))
    high = max(1, round(height * percent / WHOLE))
    left = min(max(round(x - wide / 2), 0), width - wide)
    top = min(max(round(y - high / 2), 0), height - high)
    return Window(left, top, wide, high)


class AroundOperation(TransformOperation):
    """In a filter, "around-25": a quarter of the width and height around the focal point."""

    vary_fields = ("focal_point_x", "focal_point_y")

    def construct(self, percent: str) -> None:
        self.percent = int(percent)
        if not 1 <= self.percent <= WHOLE:
            raise ValueError("A part of a photo is between 1 and 100 percent of it.")

    def run(self, transform: Any, image: Any) -> Any:
        width, height = transform.size
        focus = image.get_focal_point()
        place = focus.centroid if focus else (width / 2, height / 2)
        window = window_around((int(width), int(height)), tuple(place), self.percent)
        return transform.crop(
            Rect(
                window.left,
                window.top,
                window.left + window.width,
                window.top + window.height,
            )
        )


def cropped(spec: str, percent: int) -> str:
    """A filter that first cuts out what may be seen."""
    return spec if percent >= WHOLE else f"around-{percent}|{spec}"
