"""This room's place in the organisers' menu."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from microblog.models import Report
from microblog.reports import ReportPolicy, ReportViewSet

register_permission_policy(Report, ReportPolicy(Report))


@hooks.register("register_admin_viewset")
def reports() -> ReportViewSet:
    return ReportViewSet()
