"""What readers said of lessons, for those who write them: a report, and a panel beside each."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.clearness import sentences_of, tallies
from cms.models import Clarity
from community.sites import site_here, within


class ClearnessReport(PageReportView):  # type: ignore[misc]
    """Pages here that the editor may change and of which somebody said something; the least clear
    ones first. Three queries a page of the list."""

    page_title = _("Was this clear?")
    header_icon = "help"
    index_url_name = "clearness:report"
    index_results_url_name = "clearness:results"
    results_template_name = "cms/admin/clearness.html"
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]

    def get_queryset(self) -> Any:
        said = Clarity.objects.filter(page=OuterRef("pk"))
        mine = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        here = mine.filter(Exists(said), within(site_here(self.request)))
        self.queryset = here.order_by("title").select_related("locale")
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Iterable[Page]) -> list[Page]:
        pages = list(object_list)
        counted, said = tallies(pages), sentences_of(pages)
        for page in pages:
            noted = cast(Any, page)
            noted.tally, noted.sentences = counted.get(page.pk), said.get(page.pk, [])
        return sorted(pages, key=lambda page: -cast(Any, page).tally.not_yet)
