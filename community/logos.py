"""A MOOC's logo in the sizes in which it is shown: on pages and phones, in mails, to machines."""

from dataclasses import dataclass

from wagtail.images.models import AbstractRendition, SourceImageIOError

from community.models import MoocSettings
from community.sites import base_url

ICON = "fill-192x192|format-png"
LARGE_ICON = "fill-512x512|format-png"
BESIDE_THE_NAME = "max-160x80|format-webp"
IN_MAILS = "max-160x80|format-png"
FOR_LINKS = "max-1200x630|format-png"


@dataclass(frozen=True, slots=True)
class Icon:
    """Square; `size`: how many pixels wide it really is, which is less for a small logo."""

    url: str
    size: int


@dataclass(frozen=True, slots=True)
class Logo:
    """Addresses; `in_mails` and `for_links` are whole ones. Width and height of the one beside the
    name, which is that in mails too. `drawn`: the name of the file in mails."""

    url: str
    width: int
    height: int
    alt: str
    icon: Icon
    large_icon: Icon
    in_mails: str
    drawn: str
    for_links: str


def logo_of(mooc: MoocSettings) -> Logo | None:
    """None where it has none, or where its file can't be read."""
    if mooc.logo is None:
        return None
    try:
        found = mooc.logo.get_renditions(ICON, LARGE_ICON, BESIDE_THE_NAME, IN_MAILS, FOR_LINKS)
    except (SourceImageIOError, OSError):
        return None
    shown = found[BESIDE_THE_NAME]
    return Logo(
        url=shown.url,
        width=shown.width,
        height=shown.height,
        alt=mooc.logo_alt,
        icon=_icon(found[ICON]),
        large_icon=_icon(found[LARGE_ICON]),
        in_mails=_absolute(found[IN_MAILS].url, mooc),
        drawn=found[IN_MAILS].file.name,
        for_links=_absolute(found[FOR_LINKS].url, mooc),
    )


def _icon(rendition: AbstractRendition) -> Icon:
    return Icon(rendition.url, rendition.width)


def _absolute(address: str, mooc: MoocSettings) -> str:
    if address.startswith(("http://", "https://")):
        return address
    return f"{base_url(mooc.site_id)}{address}"
