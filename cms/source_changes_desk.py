"""The door to what changed since a page was translated, for whoever may edit the translation."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationLog

from cms.source_changes import Kind, changes_of


@require_safe
@permission_required("wagtailadmin.access_admin", raise_exception=True)
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk`: of the translated page. ?all=1: with what stands as it was."""
    page = get_object_or_404(Page.objects.select_related("locale"), pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    translation = _translations(page).filter(target_locale=page.locale_id).first()
    source = page.get_translation_or_none(translation.source.locale) if translation else None
    if translation is None or source is None:
        raise Http404
    found = changes_of(translation, source.specific)
    logs = TranslationLog.objects.filter(source=translation.source, locale=page.locale)
    context = {
        "page_title": _("What changed since"),
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "history",
        "page": page,
        "source": source,
        "changes": [one for one in found if one.kind != Kind.SAME or "all" in request.GET],
        "same": sum(one.kind == Kind.SAME for one in found),
        "shows_all": "all" in request.GET,
        "published": logs.order_by("-created_at").first(),
        "sync_url": _sync_url(translation, request.user),
    }
    return render(request, "cms/admin/source_changes.html", context)


def _translations(page: Page) -> Any:
    rows = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    return rows.select_related("source__locale", "target_locale")


def _sync_url(translation: Translation, user: Any) -> str:
    if not user.has_perm("wagtail_localize.submit_translation"):
        return ""
    return reverse("wagtail_localize:update_translations", args=[translation.source_id])


def buttons(page: Page, user: Any, **_rest: Any) -> Iterator[Button]:
    """In the menu of the page that was translated, one for each language. The translation editor
    has no such menu: see its template."""
    for translation in _translations(page):
        target = translation.target_locale
        is_target = target.pk == page.locale_id
        translated = page if is_target else page.get_translation_or_none(target)
        if translated is None or not translated.permissions_for_user(user).can_edit():
            continue
        label = _("What changed since")
        yield Button(
            label if is_target else f"{label} ({target.get_display_name()})",
            reverse("page_source_changes", args=[translated.pk]),
            icon_name="history",
            priority=65,
        )


URLS: list[URLPattern] = [
    path("page-source-changes/<int:pk>/", changes, name="page_source_changes")
]
