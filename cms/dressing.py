"""What a MOOC wears: its colour, as a small style sheet at an address of its own."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.colours import NAMES, PALETTES, stylesheet, validate_accent
from community.models import MoocSettings

A_YEAR = 365 * 24 * 60 * 60  # seconds


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


def palettes() -> list[dict[str, object]]:
    """The tested colours, by name, for whoever chooses one."""
    return [
        {"name": name, "accent": PALETTES[key].removeprefix("#")} for key, name in NAMES.items()
    ]
