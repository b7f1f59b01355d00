"""Blocks with a picture that may be missing.

wagtail-localize takes a picture's raw data for granted and stumbles where there is none; Wagtail
itself where some blocks of a page have one and others say null.
"""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

NO_PICTURE = {"image": None, "alt_text": "", "decorative": False}


class PicturedBlock(blocks.StructBlock):
    def bulk_to_python(self, values: Iterable[dict[str, Any]]) -> list[blocks.StructValue]:
        pictures = [n for n, child in self.child_blocks.items() if isinstance(child, ImageBlock)]
        told = [
            {**value, **{name: value.get(name) or NO_PICTURE for name in pictures}}
            for value in values
        ]
        found: list[blocks.StructValue] = super().bulk_to_python(told)
        return found

    def get_translatable_segments(self, value: blocks.StructValue) -> list[Any]:
        raw = dict(self.get_prep_value(value))
        for name, child in self.child_blocks.items():
            if isinstance(child, ImageBlock):
                raw[name] = raw.get(name) or NO_PICTURE
        reader = StreamFieldSegmentExtractor(None, include_overridables=True)
        found: list[Any] = reader.handle_struct_block(value, raw_value={"value": raw})
        return found

    def restore_translated_segments(
        self, value: blocks.StructValue, segments: list[Any]
    ) -> blocks.StructValue:
        return StreamFieldSegmentsWriter(None, None, None).handle_struct_block(value, segments)
