"""Where the admin offers what organisers do with challenges."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from challenges.bank import hooks as bank_hooks  # noqa: F401 - registers its own
from challenges.models import ChallengePage, Proposal
from challenges.proposals.desk import ProposalPolicy, ProposalViewSet
from challenges.repair import views as repair
from challenges.riddles.cropping import AroundOperation
from challenges.views import organising


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    return [
        path("challenges/", organising.desk, name="challenge_desk"),
        path("challenges/<int:pk>/launch/", organising.launch, name="challenge_launch"),
        path("challenges/<int:pk>/rejudge/", repair.rejudge, name="challenge_rejudge"),
        path(
            "challenges/<int:pk>/rejudge/<int:number>/",
            repair.rejudgement,
            name="challenge_rejudgement",
        ),
        path(
            "challenges/<int:pk>/rejudge/<int:number>/undo/",
            repair.undo_rejudgement,
            name="challenge_undo_rejudgement",
        ),
        path("challenges/<int:pk>/close/", organising.close, name="challenge_close"),
        path("challenges/<int:pk>/reopen/", organising.reopen, name="challenge_reopen"),
        path("challenges/<int:pk>/reveal/", organising.reveal, name="challenge_reveal"),
        path("challenges/<int:pk>/hint/<int:number>/", organising.hint, name="challenge_hint"),
    ]


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    return MenuItem(_("Challenges"), reverse("challenge_desk"), icon_name="pick", order=150)


def _is_launchable(page: Page, user: Any) -> bool:
    is_challenge = issubclass(page.specific_class or Page, ChallengePage)
    return is_challenge and page.live and bool(page.permissions_for_user(user).can_publish())


@hooks.register("register_page_header_buttons")
def launch_in_header(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if _is_launchable(page, user):
        yield Button(
            _("Launch"), reverse("challenge_launch", args=[page.pk]), icon_name="pick", priority=5
        )


@hooks.register("register_page_listing_more_buttons")
def launch_in_listing(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if _is_launchable(page, user):
        yield Button(
            _("Launch"), reverse("challenge_launch", args=[page.pk]), icon_name="pick", priority=5
        )


class LaunchMenuItem(ActionMenuItem):
    """In the editor, beside “Publish”: leads to the form that says what will be said where."""

    name = "action-launch"
    label = _("Launch…")
    icon_name = "pick"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return bool(
            context["view"] == "edit" and page and _is_launchable(page, context["request"].user)
        )

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("challenge_launch", args=[context["page"].pk])


@hooks.register("register_page_action_menu_item")
def launch_in_editor() -> ActionMenuItem:
    return LaunchMenuItem(order=90)


@hooks.register("register_image_operations")
def image_operations() -> list[tuple[str, type[AroundOperation]]]:
    return [("around", AroundOperation)]


register_permission_policy(Proposal, ProposalPolicy(Proposal))


@hooks.register("register_admin_viewset")
def ideas() -> ProposalViewSet:
    return ProposalViewSet()
