"""What a MOOC wears: its colour as a small style sheet of its own address, and its logo."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.images.models import SourceImageIOError

from community.colours import NAMES, PALETTES, stylesheet, validate_accent
from community.models import MoocSettings
from community.sites import base_url

A_YEAR = 365 * 24 * 60 * 60  # seconds
ICON = "fill-192x192|format-png"
BESIDE_THE_NAME = "max-160x80|format-webp"
FOR_LINKS = "max-1200x630|format-png"


@dataclass(frozen=True, slots=True)
class Logo:
    """Addresses; width and height of the one beside the name."""

    url: str
    width: int
    height: int
    alt: str
    icon: str
    for_links: str


@require_safe
def colours(request: HttpRequest, accent: str) -> HttpResponse:
    """The same for ever: another colour has another address. Raises Http404 for what nobody could
    read."""
    colour = f"#{accent.lower()}"
    try:
        validate_accent(colour)
    except ValidationError as error:
        raise Http404(accent) from error
    answer = HttpResponse(stylesheet(colour), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return answer


def colours_address(colour: str) -> str:
    return reverse("colours", args=[colour.removeprefix("#")])


def dress_of(mooc: MoocSettings) -> str:
    """The address of its style sheet; "" where it wears what the house comes with."""
    return "" if mooc.is_plainly_dressed else colours_address(mooc.colour)


def logo_of(mooc: MoocSettings) -> Logo | None:
    """None where it has none, or where its file can't be read."""
    if mooc.logo is None:
        return None
    try:
        found = mooc.logo.get_renditions(ICON, BESIDE_THE_NAME, FOR_LINKS)
    except (SourceImageIOError, OSError):
        return None
    shown = found[BESIDE_THE_NAME]
    return Logo(
        url=shown.url,
        width=shown.width,
        height=shown.height,
        alt=mooc.logo_alt,
        icon=found[ICON].url,
        for_links=_absolute(found[FOR_LINKS].url, mooc),
    )


def _absolute(address: str, mooc: MoocSettings) -> str:
    if address.startswith(("http://", "https://")):
        return address
    return f"{base_url(mooc.site_id)}{address}"


def palettes() -> list[dict[str, object]]:
    """The tested colours, by name, for whoever chooses one."""
    return [
        {"name": name, "accent": PALETTES[key].removeprefix("#")} for key, name in NAMES.items()
    ]
