"""A riddle's hints as plain values: words, or a wider part of the photo."""

from dataclasses import dataclass

from wagtail.blocks import StreamValue

from challenges.riddles.cropping import WHOLE, crop_after


@dataclass(frozen=True, slots=True)
class Hint:
    """`number` counts from 1. `crop`: the percentage of the photo that it shows, 0 for words
    alone."""

    number: int
    text: str
    crop: int = 0
    alt_text: str = ""


def read_hints(stream: StreamValue, *, first_crop: int) -> list[Hint]:
    crops = sum(block.block_type == "crop" for block in stream)
    hints: list[Hint] = []
    for number, block in enumerate(stream, 1):
        if block.block_type == "crop":
            earlier = sum(hint.crop > 0 for hint in hints)
            percent = crop_after(earlier + 1, of=crops, first=first_crop)
            value = block.value
            hints.append(Hint(number, value["text"] or "", percent, value["alt_text"]))
        else:
            hints.append(Hint(number, block.value))
    return hints


def seen_so_far(hints: list[Hint], *, given: int, first_crop: int) -> int:
    """The percentage of the photo that may be seen after so many hints."""
    if not any(hint.crop for hint in hints):
        return WHOLE
    return max([hint.crop for hint in hints[:given]], default=0) or first_crop
