"""The organisers' desk for sifting: rules, tried before they are saved; members who sift along."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Site

from community.models import Participant, User
from community.sites import default_site_id
from curation.models import SiftRule, Trust
from curation.sifting.trying import try_rule

TRY = "action-try"
FORM = "curation/sifting/admin/rule_form.html"


class TryFirst:
    """A button of the form shows what the rule would do; nothing is saved yet."""

    base_form = ""

    def get_initial(self) -> dict[str, Any]:
        site = Site.find_for_request(self.request)  # type: ignore[attr-defined]
        return {**super().get_initial(), "site": site}  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if TRY not in request.POST:
            return cast(HttpResponse, super().post(request, *args, **kwargs))  # type: ignore[misc]
        self.form = self.get_form()  # type: ignore[attr-defined]
        if not self.is_valid(self.form):  # type: ignore[attr-defined]
            return cast(HttpResponse, self.form_invalid(self.form))  # type: ignore[attr-defined]
        trial = try_rule(self.form.instance)
        context = self.get_context_data(form=self.form, trial=trial)  # type: ignore[attr-defined]
        return cast(HttpResponse, self.render_to_response(context))  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "base_form": self.base_form, "try_name": TRY}


class RuleCreateView(TryFirst, generic.CreateView):  # type: ignore[misc]
    object: SiftRule | None = None
    base_form = "wagtailadmin/generic/create.html"
    template_name = FORM


class RuleEditView(TryFirst, generic.EditView):  # type: ignore[misc]
    base_form = "wagtailadmin/generic/edit.html"
    template_name = FORM


class RuleIndexView(generic.IndexView):  # type: ignore[misc]
    add_item_label = _("Add a rule")
    teaching = _(
        "A rule does by itself what you would do by hand: if an item comes from this source, says "
        "these words or was shared by so many people, then it gets a tag, is published or is put "
        "aside. Before you save one, it shows what it would have done."
    )


class RuleViewSet(ModelViewSet):  # type: ignore[misc]
    model = SiftRule
    index_view_class = RuleIndexView
    name = "sift_rules"
    icon = "list-ul"
    menu_label = _("Sifting rules")
    menu_order = 162
    add_to_admin_menu = True
    add_view_class = RuleCreateView
    edit_view_class = RuleEditView
    create_template_name = FORM
    edit_template_name = FORM
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel(
                [
                    FieldPanel("sort_order"),
                    FieldPanel("is_active"),
                    FieldPanel("stops"),
                    FieldPanel("site"),
                ]
            ),
            MultiFieldPanel(
                [
                    FieldPanel("source"),
                    FieldRowPanel([FieldPanel("any_words"), FieldPanel("all_words")]),
                    FieldPanel("only_title"),
                    FieldRowPanel(
                        [
                            FieldPanel("topic"),
                            FieldPanel("language"),
                            FieldPanel("least_finders"),
                        ]
                    ),
                ],
                _("If all of this holds"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("add_topics"),
                    FieldRowPanel([FieldPanel("axis"), FieldPanel("depth")]),
                    FieldRowPanel([FieldPanel("outcome"), FieldPanel("snooze_days")]),
                ],
                _("then the item"),
            ),
        ],
        base_form_class=WagtailAdminModelForm,
    )
    list_display = [
        "name",
        "sort_order",
        Column("get_outcome_display", label=_("and is to"), sort_key="outcome"),
        BooleanColumn("is_active", label=_("in use"), sort_key="is_active"),
        Column("matched", label=_("applied"), sort_key="matched"),
        DateColumn("matched_at", label=_("last applied"), sort_key="matched_at"),
        Column("site", label=_("MOOC")),
    ]
    list_filter = ["is_active", "outcome", "site"]
    list_select_related = ["site"]
    search_fields = ["name", "any_words", "all_words"]
    search_backend_name = ""


class TrustForm(WagtailAdminModelForm):  # type: ignore[misc]
    """People are told apart by their accounts."""

    handle = forms.CharField(
        label=_("Account"), max_length=300, help_text=_("As in nia, or nia@social.example.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["handle"] = self.instance.participant.handles.lstrip("@")
            self.fields["handle"].disabled = True
        else:
            self.initial.setdefault("site", default_site_id())

    def clean_handle(self) -> str:
        handle = str(self.cleaned_data["handle"]).strip().lstrip("@")
        if not self.instance.pk:
            found = Participant.objects.filter(links__account__handle__iexact=handle).first()
            if found is None:
                raise forms.ValidationError(gettext("Nobody here has that account."))
            self.instance.participant = found
        return handle

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        site, person = cleaned.get("site"), self.instance.participant_id
        same = Trust.objects.filter(site=site, participant=person).exclude(pk=self.instance.pk)
        if site and person and same.exists():
            raise forms.ValidationError(gettext("They are on this list already: change that line."))
        return cleaned

    def save(self, commit: bool = True) -> Trust:
        if isinstance(self.for_user, User) and not self.instance.pk:
            self.instance.given_by = self.for_user
        trust: Trust = super().save(commit)
        return trust


class TrustCreateView(generic.CreateView):  # type: ignore[misc]
    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "site": Site.find_for_request(self.request)}


class TrustIndexView(generic.IndexView):  # type: ignore[misc]
    add_item_label = _("Let somebody in")
    teaching = _(
        "Members on this list pick and sift along with tutors and editors. Whoever finds good "
        "links again and again is let in without it; here you let somebody in, or keep them out."
    )


class TrustViewSet(ModelViewSet):  # type: ignore[misc]
    model = Trust
    index_view_class = TrustIndexView
    name = "trusted_members"
    icon = "user"
    menu_label = _("Who sifts along")
    menu_order = 163
    add_to_admin_menu = True
    add_view_class = TrustCreateView
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("handle"), FieldPanel("is_trusted"), FieldPanel("site")],
        base_form_class=TrustForm,
    )
    list_display = [
        "participant",
        Column("participant.handles", label=_("Accounts")),
        BooleanColumn("is_trusted", label=_("sifts along"), sort_key="is_trusted"),
        DateColumn("given_at", label=_("since"), sort_key="given_at"),
        Column("site", label=_("MOOC")),
    ]
    list_filter = ["is_trusted", "site"]
    list_select_related = ["participant", "site"]
    search_fields = ["participant__name"]
    search_backend_name = ""
