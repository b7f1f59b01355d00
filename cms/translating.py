"""What a translation takes from its source beyond words.

wagtail-localize keeps words and fields in step, not lists of related pages: those are kept so
here, by what both languages share, the translation key.
"""

from collections.abc import Iterable

from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource


def share_lists(page: Page) -> None:
    """Each translation relates to what its source relates to; nothing for pages that were
    translated by hand."""
    names = getattr(page, "SHARED", ())
    if not names:
        return
    source = TranslationSource.objects.filter(object_id=page.translation_key).first()
    if source is None:
        return
    family = type(page).objects.filter(translation_key=page.translation_key)
    origin = family.filter(locale_id=source.locale_id).first()
    if origin is not None:
        translated = family.filter(locale_id__in=_targets(source))
        _copy(origin, translated.exclude(pk=origin.pk), names)


def _targets(source: TranslationSource) -> list[int]:
    enabled = Translation.objects.filter(source=source, enabled=True)
    return list(enabled.values_list("target_locale_id", flat=True))


def _copy(origin: Page, pages: Iterable[Page], names: Iterable[str]) -> None:
    """As rows: readers of any language get the page of theirs, see Lesson.get_context."""
    for page in pages:
        for name in names:
            ours, theirs = (set(getattr(one, name).all()) for one in (origin, page))
            if ours != theirs:
                setattr(page, name, ours)
                page.save(clean=False)
