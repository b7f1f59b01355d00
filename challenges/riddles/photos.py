"""A challenge's photo as anybody may see it now: a riddle's grows with its hints."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from challenges.models import ChallengePage, PhotoRiddlePage
from challenges.riddles.cropping import WHOLE, cropped
from community.pictures import Picture, picture_of, prefetch_pictures


def photo_of(page: ChallengePage, spec: str) -> Picture | None:
    """Cut as far as the hints go, in every width and format, and described without the answer.
    `spec`: a filter, its parts separated by "|"."""
    photo = getattr(page, "photo", None)
    if photo is None:
        return None
    return picture_of(photo, visible_spec(page, spec), alt_text=described(page))


def prefetch_photos(pages: Iterable[ChallengePage], *specs: str) -> None:
    """For `photo_of` on all these pages: one query."""
    shown = [page for page in pages if getattr(page, "photo", None)]
    wanted = {visible_spec(page, spec) for page in shown for spec in specs}
    prefetch_pictures([page.photo for page in shown], wanted)


def visible_spec(page: ChallengePage, spec: str) -> str:
    return cropped(spec, page.seen_crop) if isinstance(page, PhotoRiddlePage) else spec


def described(page: Any) -> str:
    """What is to be seen now. The image's own description tells all of it: it waits for the
    reveal."""
    if not isinstance(page, PhotoRiddlePage) or page.seen_crop >= WHOLE:
        return str(page.photo_alt or page.photo.alt_text)
    seen = [hint.alt_text for hint in page.all_hints[: page.hints_given] if hint.crop]
    return next(filter(None, reversed([page.photo_alt, *seen])), _("A small part of a photo"))
