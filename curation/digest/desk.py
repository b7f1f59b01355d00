"""The editors' desk for the letter: drafts to read, words to change, a copy to oneself first."""

from datetime import datetime
from smtplib import SMTPException
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.views.snippets import (
    EditView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from community.models import User
from community.sites import belongs_to
from curation.digest.sending import send_to_me
from curation.models import Digest, Subscriber
from curation.models.digest import DigestQuerySet
from microblog.doorbells import ring
from microblog.waiting import Waiting, enter_waiting

State = Digest.State
CHANGE = "curation.change_digest"
TO_ME = "action-send-to-me"


class DigestForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A letter that left is what people got: nobody makes it "sent" by hand, and nobody changes
    it."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[(one.value, one.label) for one in (State.DRAFT, State.APPROVED, State.SKIPPED)],
        widget=forms.RadioSelect,
        help_text=_("A letter that is ready leaves at its hour; a draft waits for you."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if Digest.objects.sent().filter(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                gettext("This letter has left meanwhile. Write the next one!")
            )
        return cleaned

    def save(self, commit: bool = True) -> Digest:
        if self.cleaned_data["state"] == State.APPROVED and self.instance.approved_by is None:
            self.instance.approved_by = self.for_user
        digest: Digest = super().save(commit)
        ring("digest")
        return digest


class DigestEditView(EditView):  # type: ignore[misc]
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What left is only to be read, where everybody reads it."""
        if self.object.state == State.SENT:
            words = gettext("This letter has left. Here it is as its readers have it.")
            messages.info(request, words)
            return redirect(self.object.get_absolute_url())
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


class NoNewLetters(ModelPermissionPolicy):  # type: ignore[misc]
    """Letters come by themselves, one a week: none is added or deleted by hand."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action not in {"add", "delete"} and super().user_has_permission(user, action)


class NoNewReaders(ModelPermissionPolicy):  # type: ignore[misc]
    """Nobody subscribes somebody else: readers are counted, and may be removed when they ask."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action not in {"add", "change"} and super().user_has_permission(user, action)


register_permission_policy(Digest, NoNewLetters(Digest))
register_permission_policy(Subscriber, NoNewReaders(Subscriber))

LETTER = ObjectList(
    [
        HelpPanel(
            content=_(
                "Make it yours; nothing leaves yet. Once it is good, say under “Leaving” that it"
                " is ready: it goes out at its hour. A copy sent to yourself shows how it looks in"
                " a mailbox."
            )
        ),
        FieldPanel("title"),
        FieldPanel("opening"),
        InlinePanel("entries", heading=_("What it tells"), label=_("Entry")),
        FieldPanel("closing"),
    ],
    heading=_("Letter"),
)
LEAVING = ObjectList(
    [FieldPanel("state"), FieldRowPanel([FieldPanel("leaves_at")])], heading=_("Leaving")
)


def _mails_sent(digest: Digest) -> str:
    """What the mail server has taken, of all that left; `taken` and `addressed` as annotated."""
    taken, addressed = digest.taken, digest.addressed  # type: ignore[attr-defined]
    return gettext("%(sent)s of %(all)s") % {"sent": taken, "all": addressed} if addressed else ""


class DigestIndexView(IndexView):  # type: ignore[misc]
    teaching = _(
        "Once a week a letter composes itself here, one in each language, out of picks, challenges "
        "and portraits. You change what you like before it leaves; the day and the hour are in the "
        "settings."
    )


class SubscriberIndexView(IndexView):  # type: ignore[misc]
    teaching = _(
        "Whoever asks for the letter on its page and then confirms by e-mail stands here. Nobody "
        "can be put on this list by somebody else."
    )


class DigestViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Digest
    index_view_class = DigestIndexView
    icon = "mail"
    menu_label = _("Letters")
    url_namespace = "digests"
    base_url_path = "letters"
    edit_view_class = DigestEditView
    inspect_view_enabled = False
    copy_view_enabled = False
    list_display = [
        "title",
        Column("get_language_display", label=_("language"), sort_key="language"),
        Column("get_state_display", label=_("state"), sort_key="state"),
        "leaves_at",
        Column("mails", label=_("mails sent"), accessor=_mails_sent),
        "site",
    ]
    list_filter = ["state", "language", "site"]
    search_fields = ["title"]
    ordering = ["-week", "language"]
    edit_handler = TabbedInterface([LETTER, LEAVING], base_form_class=DigestForm)

    def get_queryset(self, request: HttpRequest) -> DigestQuerySet:
        return Digest.objects.with_mails_counted().select_related("site")


class SubscriberViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Subscriber
    index_view_class = SubscriberIndexView
    icon = "group"
    menu_label = _("Readers")
    url_namespace = "digest_readers"
    base_url_path = "letter-readers"
    inspect_view_enabled = False
    copy_view_enabled = False
    list_display = ["email", "language", "confirmed_at", "site"]
    list_filter = ["language", "site"]
    search_fields = ["email"]
    ordering = ["-asked_at"]
    edit_handler = ObjectList([FieldPanel("language")])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscriber]:
        return Subscriber.objects.select_related("site")


class LetterGroup(SnippetViewSetGroup):  # type: ignore[misc]
    menu_label = _("Letter")
    menu_icon = "mail"
    menu_name = "letter"
    menu_order = 156
    items = (DigestViewSet, SubscriberViewSet)


class SendToMe(ActionMenuItem):  # type: ignore[misc]
    name = TO_ME
    label = _("Save, and send me a copy")
    icon_name = "mail"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context.get("model") is Digest


@hooks.register("register_snippet_action_menu_item")
def send_to_me_item(model: type) -> ActionMenuItem | None:
    return SendToMe(order=20) if model is Digest else None


@hooks.register("after_edit_snippet")
def send_copy(request: HttpRequest, digest: object) -> HttpResponse | None:
    """Back to the letter: whoever looks at a copy goes on writing."""
    if not isinstance(digest, Digest) or TO_ME not in request.POST:
        return None
    user = cast(User, request.user)
    if not user.email:
        words = gettext("Your login has no e-mail address: add one to it, then try again.")
        messages.error(request, words)
    else:
        try:
            send_to_me(digest, address=user.email, language=digest.language)
            messages.success(request, gettext("A copy is on its way to %s.") % user.email)
        except (SMTPException, OSError):
            messages.error(
                request,
                gettext("The mail server didn't take it. The letter is saved; try again later."),
            )
    return redirect("digests:edit", digest.pk)


def _to_read(site_id: int | None) -> DigestQuerySet:
    return Digest.objects.to_read().filter(belongs_to(site_id))


def _oldest(_moment: datetime, site_id: int | None) -> datetime | None:
    first = _to_read(site_id).order_by("composed_at").first()
    return first.composed_at if first else None


enter_waiting(
    Waiting(
        key="letters",
        label=_("letters of the week to read before they leave"),
        permission=CHANGE,
        url_name="digests:list",
        count=lambda _moment, site_id: _to_read(site_id).count(),
        oldest=_oldest,
    )
)
