"""Words of the review desk's templates."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.utils.translation import get_language_info
from wagtail.models import Site

from curation.access import rights_of
from curation.models import Item, Pick

register = template.Library()


@register.filter
def of(rows: Mapping[int, Any] | str, key: int) -> Any:
    return rows.get(key) if isinstance(rows, Mapping) else None


@register.filter
def pick_of(item: Item) -> Pick | None:
    pick: Pick | None = getattr(item, "pick", None)
    return pick


@register.filter
def host(url: str) -> str:
    """ "blog.example" of its address."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


@register.filter
def tongue(code: str) -> str:
    """A language in its own word; the code where nobody knows it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


@register.filter
def sifts(request: HttpRequest) -> bool:
    """Whether the reader may go to the desk of this MOOC; no query for those who aren't signed
    in."""
    if not request.user.is_authenticated:
        return False
    site = Site.find_for_request(request)
    return site is not None and bool(rights_of(request.user, site))
