"""A challenge's photo as anybody may see it now: a riddle's grows with its hints."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.images.shortcuts import get_rendition_or_not_found

from challenges.models import ChallengePage, PhotoRiddlePage
from challenges.riddles.cropping import WHOLE, cropped


@dataclass(frozen=True, slots=True)
class PagePhoto:
    """One rendition, described without the answer."""

    url: str
    width: int
    height: int
    alt_text: str


def photo_of(page: ChallengePage, spec: str) -> PagePhoto | None:
    """`spec`: a filter, its parts separated by "|"."""
    photo = getattr(page, "photo", None)
    if photo is None:
        return None
    rendition = get_rendition_or_not_found(photo, visible_spec(page, spec))
    return PagePhoto(rendition.url, rendition.width, rendition.height, described(page))


def visible_spec(page: ChallengePage, spec: str) -> str:
    return cropped(spec, page.seen_crop) if isinstance(page, PhotoRiddlePage) else spec


def described(page: Any) -> str:
    """What is to be seen now. The image's own description tells all of it: it waits for the
    reveal."""
    if not isinstance(page, PhotoRiddlePage) or page.seen_crop >= WHOLE:
        return str(page.photo_alt or page.photo.alt_text)
    seen = [hint.alt_text for hint in page.all_hints[: page.hints_given] if hint.crop]
    return next(filter(None, reversed([page.photo_alt, *seen])), _("A small part of a photo"))
