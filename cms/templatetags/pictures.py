"""Pictures as every public page shows them: modern formats, several widths, no jumping."""

from typing import Any

from django import template
from wagtail.images.models import AbstractImage

from community.pictures import picture_of

register = template.Library()

ON_SCREEN = {
    "card": "(min-width: 72rem) 21rem, (min-width: 40rem) 45vw, 92vw",
    "hero": "(min-width: 72rem) 29rem, (min-width: 56rem) 40vw, 90vw",
    "prose": "(min-width: 46rem) 41rem, 92vw",
    "wide": "(min-width: 72rem) 67rem, 94vw",
    "face": "9rem",
}
"""How wide a picture stands in its place, as browsers ask before they have read the style sheet."""


@register.inclusion_tag("_partials/picture.html")
def photo(
    image: AbstractImage | None,
    spec: str,
    *,
    place: str,
    classes: str = "photo",
    alt: str | None = None,
    eager: bool = False,
) -> dict[str, Any]:
    """`spec` without a format ("fill-640x400"); `place`: see ON_SCREEN; `eager`: the first picture
    of its page."""
    picture = picture_of(image, spec, alt_text=alt) if image else None
    return {"picture": picture, "place": place, "classes": classes, "eager": eager}


@register.filter
def on_screen(place: str) -> str:
    return ON_SCREEN[place]
