"""This room's place in the organisers' menu."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from microblog.desk import KeptPolicy, NetworksGroup
from microblog.models import Connection, OutboxPost, Report
from microblog.reports import ReportPolicy, ReportViewSet

register_permission_policy(Report, ReportPolicy(Report))
register_permission_policy(OutboxPost, KeptPolicy(OutboxPost))
register_permission_policy(Connection, KeptPolicy(Connection))


@hooks.register("register_admin_viewset")
def reports() -> ReportViewSet:
    return ReportViewSet()


@hooks.register("register_admin_viewset")
def networks() -> NetworksGroup:
    return NetworksGroup()
