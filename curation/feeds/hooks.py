"""The desk of sources in the admin's menu, and its pile on the dashboard."""

from typing import cast

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from community.models import User
from curation.feeds.desk import MANAGE
from curation.feeds.sources import in_trouble, oldest_trouble
from microblog.waiting import Waiting, enter_waiting


class SourcesItem(MenuItem):
    """Shown to those who may enter."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(cast(User, request.user).has_perm(MANAGE))


@hooks.register("register_admin_urls")
def source_urls() -> list[URLResolver]:
    return [path("sources/", include("curation.feeds.admin_urls"))]


@hooks.register("register_admin_menu_item")
def sources_menu_item() -> MenuItem:
    return SourcesItem(
        _("Sources"), reverse("sources:index"), name="sources", icon_name="link", order=156
    )


enter_waiting(
    Waiting(
        key="sources",
        label=_("Sources in trouble"),
        permission=MANAGE,
        url_name="sources:index",
        count=lambda _now, site_id: in_trouble(site_id).count(),
        oldest=lambda _now, site_id: oldest_trouble(site_id),
    )
)
