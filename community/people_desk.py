"""The organisers' desk for people: who is here, and joining two who turn out to be one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from community.merging import CannotMerge, belongings, merge_by_hand, undo_merge
from community.models import Consent, Merge, Participant

MOST_FOUND = 20
may_merge = permission_required("community.add_merge", raise_exception=True)


class PeoplePolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """People come by themselves and go by themselves."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "delete"} and bool(super().user_has_permission(user, action))


register_permission_policy(Participant, PeoplePolicy(Participant), exact_class=True)


class PeopleIndexView(generic.IndexView):  # type: ignore[misc]
    teaching = gettext_lazy(
        "Nobody is here yet. Whoever comes aboard or answers a challenge stands on this list by "
        "themself, whichever network they write on."
    )

    def get_list_more_buttons(self, instance: Participant) -> list[MenuItem]:
        buttons: list[MenuItem] = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("community.add_merge"):
            url = reverse("people_merge", args=[instance.pk])
            label = gettext_lazy("Join with another person…")
            buttons.append(MenuItem(label, url=url, icon_name="link", priority=30))
        return buttons


class PeopleViewSet(ModelViewSet):  # type: ignore[misc]
    model = Participant
    name = "people"
    icon = "group"
    menu_label = gettext_lazy("People")
    menu_order = 235
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = PeopleIndexView
    form_fields = ["name", "language", "is_class"]
    list_display = [
        "name",
        Column("handles", label=gettext_lazy("Accounts")),
        DateColumn("embarked_at", label=gettext_lazy("embarked"), sort_key="embarked_at"),
        DateColumn("first_seen_at", label=gettext_lazy("first seen"), sort_key="first_seen_at"),
        Column("get_consent_display", label=gettext_lazy("consent"), sort_key="consent"),
    ]
    list_filter = {"consent": ["exact"], "language": ["exact"], "embarked_at": ["isnull"]}
    search_fields = ["name", "links__account__handle"]
    search_backend_name = ""


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Name or handle"), required=False, max_length=200)


@require_http_methods(["GET", "POST"])
@may_merge
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: look for the other one, then see both side by side. POST: join them."""
    person = get_object_or_404(Participant, pk=pk)
    other = Participant.objects.filter(pk=_number(request, "into") or 0).first()
    if request.method == "POST" and other is not None:
        return _join(request, person, other)
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "page_title": _("Join two people"),
        "page_subtitle": person.name,
        "header_icon": "link",
        "form": form,
        "person": belongings(person),
        "other": belongings(other) if other else None,
        "found": [belongings(one) for one in _find(words, besides=person)] if words else [],
        "words": words,
        "merges": Merge.objects.filter(Q(into=person)).select_related("merged_by", "undone_by"),
    }
    return render(request, "community/admin/merge.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    """Of the form, or of the address; None where it is no number."""
    text = request.POST.get(name) or request.GET.get(name) or ""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _find(words: str, *, besides: Participant) -> "QuerySet[Participant]":
    handle = words.lstrip("@")
    named = Q(name__icontains=words) | Q(links__account__handle__icontains=handle)
    found = Participant.objects.filter(named).exclude(pk=besides.pk)
    return found.exclude(consent=Consent.NOTHING).distinct().order_by("name")[:MOST_FOUND]


def _join(request: HttpRequest, person: Participant, other: Participant) -> HttpResponse:
    """Whoever has a login is the one that stays."""
    if person.user_id and not other.user_id:
        person, other = other, person
    try:
        merge_by_hand(person, into=other, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    except CannotMerge as error:
        messages.error(request, str(error))
        return redirect("people_merge", pk=person.pk)
    messages.success(request, _("They are one now. This page keeps the way back."))
    return redirect("people_merge", pk=other.pk)


@require_POST
@may_merge
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Merge, pk=pk)
    try:
        person = undo_merge(row, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    except CannotMerge as error:
        messages.error(request, str(error))
        return redirect("people_merge", pk=row.into_id) if row.into_id else redirect("people:index")
    messages.success(request, _("They are two again."))
    return redirect("people_merge", pk=person.pk)
