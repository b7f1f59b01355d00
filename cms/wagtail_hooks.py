"""The editors' side wears our colours too."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy, register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms import admin_menu, source_changes_desk, submitting  # noqa: F401 - register their own
from cms.choosers import MemberChooser, member_chooser
from cms.clearness_desk import ClearnessReport
from cms.comments import asking
from cms.comments import desk as replies_desk
from cms.comments.deciding import RIGHT
from cms.contributing import desk as texts_desk
from cms.dashboard import lay_out
from cms.links import PageLinks
from cms.models import Contribution

LAST = 1000
"""After those of Wagtail's own apps."""


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("envol/css/admin.css"))


@hooks.register("register_rich_text_features", order=LAST)
def links_between_pages(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinks)


@hooks.register("construct_homepage_panels", order=LAST)
def dashboard(request: HttpRequest, panels: list[Component]) -> None:
    lay_out(request, panels)


@hooks.register("construct_homepage_summary_items", order=LAST)
def no_counts_of_files(request: HttpRequest, items: list[Component]) -> None:
    """How many pages, images and documents there are asks nobody to do anything."""
    items.clear()


register_permission_policy(Contribution, texts_desk.TextPolicy(Contribution))
hooks.register("register_page_header_buttons", asking.buttons)
hooks.register("register_page_header_buttons", source_changes_desk.buttons)


@hooks.register("register_admin_viewset")
def texts_of_members() -> texts_desk.TextViewSet:
    return texts_desk.TextViewSet()


@hooks.register("register_admin_urls")
def replies_and_texts() -> list[URLPattern]:
    return [*replies_desk.URLS, *asking.URLS, *texts_desk.URLS, *source_changes_desk.URLS]


class RepliesItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(RIGHT))


@hooks.register("register_admin_menu_item")
def replies_to_pages() -> MenuItem:
    return RepliesItem(
        _("Replies to pages"), reverse("page_replies"), icon_name="comment", order=157
    )


@hooks.register("register_admin_viewset")
def members() -> MemberChooser:
    return member_chooser


@hooks.register("register_admin_urls")
def clearness_urls() -> list[URLResolver]:
    doors = [
        path("", ClearnessReport.as_view(), name="report"),
        path("results/", ClearnessReport.as_view(results_only=True), name="results"),
    ]
    return [path("reports/clear/", include((doors, "clearness")))]


class ForThoseWhoWrite(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = page_permission_policy
        return bool(policy.user_has_any_permission(request.user, ["add", "change", "publish"]))


@hooks.register("register_reports_menu_item")
def clearness_menu_item() -> MenuItem:
    address = reverse("clearness:report")
    return ForThoseWhoWrite(_("Was this clear?"), address, icon_name="help", order=650)
