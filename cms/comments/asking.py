"""Editors open a page for replies, and ask to tell of it on the microblog."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.comments.telling import TALKED_ABOUT, open_talk, talk_of
from cms.models import Comment, PagePost
from community.models import User


class TalkForm(forms.Form):
    is_open = forms.BooleanField(
        label=gettext_lazy("Open for replies"),
        required=False,
        help_text=gettext_lazy("What is answered on the microblog stands under the page."),
    )
    tell = forms.BooleanField(
        label=gettext_lazy("Tell of this page on the microblog"),
        required=False,
        help_text=gettext_lazy("Once on each connection in use, as soon as the page is public."),
    )


@require_http_methods(["GET", "POST"])
@permission_required("wagtailadmin.access_admin", raise_exception=True)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, TALKED_ABOUT) or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    known = talk_of(page)
    initial = {"is_open": known is None or known.is_open, "tell": bool(known and known.asked_at)}
    form = TalkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        open_talk(page, **form.cleaned_data, by=cast(User, request.user), now=timezone.now())
        messages.success(request, _("Kept."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if known and known.asked_at:
        form.fields["tell"].disabled = True
    context = {
        "page_title": _("Replies"),
        "page_subtitle": page.title,
        "header_icon": "comment",
        "form": form,
        "posts": PagePost.objects.filter(talk=known).select_related("connection", "promise__post"),
        "replies": Comment.objects.filter(page_key=page.translation_key).count(),
    }
    return render(request, "cms/comments/asking.html", context)


def buttons(page: Page, user: Any, **_rest: Any) -> Iterator[Button]:
    """In the menu of a page that can be talked about."""
    if page.specific_class in TALKED_ABOUT and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Replies"),
            reverse("page_talk", args=[page.pk]),
            icon_name="comment",
            priority=70,
        )


URLS: list[URLPattern] = [path("page-replies/<int:pk>/", talk, name="page_talk")]
