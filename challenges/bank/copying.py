"""One click makes a challenge into another one, or offers it in the missing languages."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from challenges.models import ChallengePage
from community.models import User


@transaction.atomic
def duplicate_challenge(page: ChallengePage, *, by: User) -> ChallengePage:
    """A draft beside it: secrets, photos, rules and families as they are, no hashtags of its own
    (two open challenges with the same one would take each other's answers), not launched, not
    closed, nothing revealed. Its levels are new ones."""
    title = _("%(title)s (copy)") % {"title": page.title}
    copy = page.specific.copy(
        update_attrs={
            "title": title,
            "draft_title": title,
            "slug": _free_slug(page),
            "hashtags": "",
        },
        copy_revisions=False,
        keep_live=False,
        user=by,
    )
    return with_levels_of_its_own(copy, by=by)


def with_levels_of_its_own(page: ChallengePage, *, by: User | None) -> ChallengePage:
    """A mere copy is another challenge, so its levels are others; a translation's never are."""
    page.levels = [_renewed(block) for block in page.levels.get_prep_value()]
    page.save()
    page.save_revision(user=by, changed=True)
    return page


def _renewed(value: Any) -> Any:
    """The same blocks under new ids, at every depth."""
    if isinstance(value, list):
        return [_renewed(item) for item in value]
    if not isinstance(value, dict):
        return value
    fresh = {key: _renewed(item) for key, item in value.items()}
    return fresh | {"id": str(uuid4())} if {"id", "type"} <= value.keys() else fresh


def _free_slug(page: ChallengePage) -> str:
    base = slugify(_("%(title)s (copy)") % {"title": page.slug}, allow_unicode=True)[:200]
    taken = set(Page.objects.sibling_of(page).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(one for one in numbered if one not in taken)


def missing_languages(page: ChallengePage) -> Sequence[Locale]:
    there = page.get_translations(inclusive=True).values_list("locale", flat=True)
    return list(Locale.objects.exclude(pk__in=there).order_by("pk"))


def offer_for_translation(page: ChallengePage, *, by: User) -> list[ChallengePage]:
    """The page in every missing language, as a draft or public like itself, each with its
    side-by-side editor; returns them."""
    languages = missing_languages(page)
    translate_object(page.specific, languages, user=by)
    return list(
        ChallengePage.objects.filter(translation_key=page.translation_key, locale__in=languages)
        .select_related("locale")
        .order_by("locale")
    )
