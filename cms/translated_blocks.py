"""Blocks with a picture that may be missing, as translators meet them.

wagtail-localize takes a picture's raw data for granted and stumbles where there is none.
"""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

NO_PICTURE = {"image": None, "alt_text": "", "decorative": False}


class PicturedBlock(blocks.StructBlock):
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
