"""The one door to typst: data in, an accessible PDF out.

The words of editors come in as JSON, never as source: whatever they write is words to the
typesetter.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

import typst

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "booklet.typ"
FONTS = HERE / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA: tagged, with a language, a title and a reading order."""


class NotPrinted(Exception):
    """The typesetter refused; its own words are kept as the cause."""


def digest_of(data: dict[str, Any]) -> str:
    """Changes with the words and with the looks."""
    told = json.dumps(data, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(told + TEMPLATE.read_bytes()).hexdigest()


def print_booklet(data: dict[str, Any]) -> bytes:
    """Raises NotPrinted."""
    try:
        pdf: bytes = typst.compile(
            str(TEMPLATE),
            root=str(HERE),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=[STANDARD],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise NotPrinted(str(error)) from error
    return pdf
