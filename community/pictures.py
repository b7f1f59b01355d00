"""One picture in several widths and formats, for browsers to choose among.

The first reader gets a JPEG at once. Its kin, smaller, larger and in modern formats, are made away
from readers (cms/serving/kin.py) and offered from then on.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from PIL import features
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.images.shortcuts import get_rendition_or_not_found

PLAIN = "format-jpeg|jpegquality-80"
"""Ends the filters of pictures that have kin; no other filter says it."""
SCALES = (Fraction(1, 2), Fraction(1), Fraction(3, 2))
"""Of the size that a template asks for: telephones, screens, screens with small dots."""
_SIZE = re.compile(r"\b(fill|max|min|width|height)-(\d+)(?:x(\d+))?")


@dataclass(frozen=True, slots=True)
class Source:
    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What an <img> says, and the `sources` before it, best format first."""

    url: str
    width: int
    height: int
    alt_text: str
    sources: Sequence[Source] = ()


@cache
def modern_formats() -> tuple[str, ...]:
    """Best first; AVIF where this Pillow writes it."""
    return ("avif", "webp") if features.check("avif") else ("webp",)


def family_of(spec: str) -> list[str]:
    """Filters of the plain rendition, and of its kin; a `spec` that names its format has none."""
    if "format-" in spec:
        return [spec]
    plain = f"{spec}|{PLAIN}"
    return [plain, *kin_of(plain)]


def kin_of(plain: str) -> list[str]:
    """Whatever a filter cuts out, its kin cut out too: only the size changes."""
    sized = [_SIZE.sub(partial(_scaled, scale=scale), plain) for scale in SCALES]
    return [one.replace(PLAIN, f"format-{name}") for name in modern_formats() for one in sized]


def _scaled(found: re.Match[str], *, scale: Fraction) -> str:
    sides = [str(round(int(side) * scale)) for side in found.groups()[1:] if side]
    return f"{found[1]}-{'x'.join(sides)}"


def picture_of(image: AbstractImage, spec: str, *, alt_text: str | None = None) -> Picture:
    """`spec`: a filter, its parts separated by "|", without a format. Asks nothing of the database
    where renditions were prefetched, or where all that are there by now are remembered."""
    specs = family_of(spec)
    found = _made(image, specs)
    plain = found.get(specs[0]) or get_rendition_or_not_found(image, specs[0])
    return Picture(
        url=plain.url,
        width=plain.width,
        height=plain.height,
        alt_text=_alt_of(image) if alt_text is None else alt_text,
        sources=_sources([found[one] for one in specs[1:] if one in found]),
    )


def prefetch_pictures(images: Iterable[AbstractImage | None], specs: Collection[str]) -> None:
    """One query for all of them."""
    wanted = {one for spec in specs for one in family_of(spec)}
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=wanted)
    prefetch_related_objects(
        [image for image in images if image],
        Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions"),
    )


def _made(image: AbstractImage, specs: Sequence[str]) -> dict[str, AbstractRendition]:
    """Those that exist, by filter. Wagtail remembers renditions under these keys, and forgets them
    when they are deleted; a plain one that `awaits_kin` is forgotten when they are made."""
    filters = {spec: Filter(spec=spec) for spec in specs}
    if getattr(image, "prefetched_renditions", None) is not None:
        found = image.find_existing_renditions(*filters.values())
        return {one.spec: rendition for one, rendition in found.items()}
    model = image.get_rendition_model()
    keys = {
        spec: model.construct_cache_key(image, one.get_cache_key(image), spec)
        for spec, one in filters.items()
    }
    kept = model.cache_backend.get_many(keys.values())
    if len(kept) == len(keys) or getattr(kept.get(keys[specs[0]]), "awaits_kin", False):
        return {spec: kept[key] for spec, key in keys.items() if key in kept}
    rows = {
        row.filter_spec: row
        for row in image.renditions.filter(filter_spec__in=specs)
        if row.focal_point_key == filters[row.filter_spec].get_cache_key(image)
    }
    model.cache_backend.set_many({keys[spec]: row for spec, row in rows.items()})
    return rows


def _sources(made: Sequence[AbstractRendition]) -> list[Source]:
    found = []
    for name in modern_formats():
        same = {one.width: one for one in made if f"format-{name}" in one.filter_spec}
        widths = ", ".join(f"{same[width].url} {width}w" for width in sorted(same))
        if widths:
            found.append(Source(f"image/{name}", widths))
    return found


def _alt_of(image: Any) -> str:
    """A block may say that its picture decorates, or what it means in this place."""
    if getattr(image, "decorative", False):
        return ""
    return getattr(image, "contextual_alt_text", "") or str(image.default_alt_text)
