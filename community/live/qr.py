"""The one door to the library that draws QR codes."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString


@lru_cache(maxsize=64)
def draw_qr(text: str) -> SafeString:
    """An SVG without style, script or size of its own: the style sheet gives it colour and room."""
    drawing = segno.make(text, error="m").svg_inline(
        omitsize=True, border=2, svgclass="qr", lineclass="qr__line"
    )
    return SafeString(drawing)
