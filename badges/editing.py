"""The organisers' side: badges and their rules, awards given by hand, awards taken back."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from badges.inspecting import AwardInspectView
from badges.models import Award, BadgeClass
from badges.services import award_by_hand, revoke_award
from community.models import AccountLink, Participant, User


class AwardPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """An award is given and taken back, never rewritten: its documents are out in the world."""

    NEVER = frozenset({"change", "delete", "copy"})

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action not in self.NEVER and super().user_has_permission(user, action)

    def user_has_permission_for_instance(
        self, user: AbstractBaseUser, action: str, instance: Model
    ) -> bool:
        return self.user_has_permission(user, action)


class AwardByHandForm(WagtailAdminModelForm):  # type: ignore[misc]
    handle = forms.CharField(
        label=gettext_lazy("Person"),
        max_length=300,
        help_text=gettext_lazy("Their handle: @nia, or @nia@their.server."),
    )
    evidence_url = forms.URLField(
        label=gettext_lazy("Where it can be seen"), required=False, assume_scheme="https"
    )

    field_order = ["handle", "badge_class", "narrative", "evidence_url"]

    class Meta:
        model = Award
        fields = ["badge_class", "narrative"]

    def clean_handle(self) -> str:
        handle = self.cleaned_data["handle"].strip().lstrip("@")
        link = AccountLink.objects.filter(account__handle__iexact=handle).first()
        if link is None:
            raise forms.ValidationError(_("Nobody with this handle was heard here yet."))
        self.person: Participant = link.participant
        return handle

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person, badge = getattr(self, "person", None), cleaned.get("badge_class")
        if person and badge and Award.objects.filter(recipient=person, badge_class=badge).exists():
            raise forms.ValidationError(_("This person was given this badge already."))
        return cleaned


class AwardByHandView(generic.CreateView):  # type: ignore[misc]
    page_title = gettext_lazy("Give a badge")
    success_message = gettext_lazy("The badge is given; it will be announced in a moment.")

    def get_form_class(self) -> type[forms.Form]:
        return AwardByHandForm

    def save_instance(self) -> Award:
        data = self.form.cleaned_data
        return award_by_hand(
            data["badge_class"],
            to=self.form.person,
            by=cast(User, self.request.user),
            now=timezone.now(),
            narrative=data["narrative"],
            evidence_url=data["evidence_url"],
        )

    def get_success_buttons(self) -> list[object]:
        return []


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Anybody who looks at the badge will read it."),
    )


class RevokeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]
    """Its reason becomes public; it can't be undone."""

    model = Award
    permission_required = "revoke"
    form_class = RevokeForm
    template_name = "badges/admin/revoke.html"
    page_title = gettext_lazy("Take back a badge")
    header_icon = "warning"
    index_url_name = ""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        awards = Award.objects.select_related("badge_class", "recipient")
        self.award = get_object_or_404(awards.standing(), pk=kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        listing = {"url": reverse(self.index_url_name), "label": _("Awards")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.page_title}]

    def form_valid(self, form: RevokeForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        revoke_award(
            self.award, by=cast(User, self.request.user), reason=reason, now=timezone.now()
        )
        messages.success(self.request, _("The badge is taken back."))
        return redirect(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "award": self.award,
            "index_url": reverse(self.index_url_name),
        }


class AwardIndexView(generic.IndexView):  # type: ignore[misc]
    add_item_label = gettext_lazy("Give a badge")
    teaching = gettext_lazy(
        "Badges that somebody has earned stand here. Most are given by their rules, by themselves; "
        "you can give one by hand, with a word about what it is for."
    )

    def get_list_more_buttons(self, instance: Award) -> list[MenuItem]:
        buttons = super().get_list_more_buttons(instance)
        page = reverse("badges:award", args=[instance.pk])
        buttons.append(MenuItem(_("See its page"), url=page, icon_name="view", priority=30))
        if instance.revoked_at is None and self.permission_policy.user_has_permission(
            self.request.user, "revoke"
        ):
            url = reverse("awards:revoke", args=[instance.pk])
            buttons.append(MenuItem(_("Take it back"), url=url, icon_name="undo", priority=40))
        return buttons


class AwardViewSet(ModelViewSet):  # type: ignore[misc]
    model = Award
    name = "awards"
    icon = "success"
    menu_label = gettext_lazy("Awards")

    add_view_class = AwardByHandView
    index_view_class = AwardIndexView
    inspect_view_class = AwardInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    inspect_view_fields = [
        "badge_class",
        "recipient",
        "awarded_at",
        "awarded_by",
        "narrative",
        "issued_at",
        "announced_at",
        "error",
        "revoked_at",
        "revoked_by",
        "revocation_reason",
    ]
    form_fields = ["badge_class", "narrative"]
    list_display = [
        "recipient",
        Column("badge_class", label=gettext_lazy("Badge")),
        DateColumn("awarded_at", label=gettext_lazy("Given"), sort_key="awarded_at"),
        DateColumn("issued_at", label=gettext_lazy("Issued")),
        DateColumn("revoked_at", label=gettext_lazy("Taken back")),
    ]
    list_filter = ["badge_class", "awarded_at", "revoked_at"]
    list_select_related = ["recipient", "badge_class"]
    search_fields = ["recipient__name"]

    def get_urlpatterns(self) -> list[URLPattern]:
        revoke = self.construct_view(RevokeView, index_url_name=self.get_url_name("index"))
        return [*super().get_urlpatterns(), path("revoke/<uuid:pk>/", revoke, name="revoke")]


class BadgeClassViewSet(SnippetViewSet):  # type: ignore[misc]
    model = BadgeClass
    icon = "tag"
    menu_label = gettext_lazy("Badges and their rules")
    list_display = ["name", "description", LiveStatusTagColumn(), "is_archived"]
    list_filter = ["live", "is_archived"]
    search_fields = ["name_fr", "name_en", "description_fr", "description_en"]
    ordering = ["order", "slug"]


class BadgesGroup(SnippetViewSetGroup):  # type: ignore[misc]
    items = (BadgeClassViewSet, AwardViewSet)
    menu_label = gettext_lazy("Badges")
    menu_icon = "tag"
    menu_order = 250
    add_to_admin_menu = True
