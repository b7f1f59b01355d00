"""The editors' side wears our colours too."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component

from cms.dashboard import lay_out

LAST = 1000
"""After those of Wagtail's own apps."""


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("envol/css/admin.css"))


@hooks.register("construct_homepage_panels", order=LAST)
def dashboard(request: HttpRequest, panels: list[Component]) -> None:
    lay_out(request, panels)


@hooks.register("construct_homepage_summary_items", order=LAST)
def no_counts_of_files(request: HttpRequest, items: list[Component]) -> None:
    """How many pages, images and documents there are asks nobody to do anything."""
    items.clear()
