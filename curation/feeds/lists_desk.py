"""Lists of sources in the admin: OPML in, looked at before it counts, and out."""

from typing import Any, cast

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.models import Site

from community.models import User
from curation.feeds.desk import managers
from curation.feeds.forms import ListForm
from curation.feeds.opml import NotAList, read_opml, write_opml
from curation.feeds.sources import Listed, add_listed, known_addresses
from curation.models import Source

SALT = "curation.lists.2"
A_DAY = 24 * 3600
MOST_AT_ONCE = 500
"""A form has so many fields; who brings the list again gets the next ones."""


@require_http_methods(["GET", "POST"])
@managers
def bring(request: HttpRequest) -> HttpResponse:
    """A file in; what is new, known and wrong out. Nothing is kept yet."""
    form = ListForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"page_title": _("Bring a list"), "header_icon": "link", "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            lines, wrong = read_opml(form.cleaned_data["file"])
        except NotAList:
            form.add_error("file", _("This isn't an OPML list."))
        else:
            context |= _preview(lines, wrong, form.for_all(), Site.find_for_request(request))
    return render(request, "curation/sources/bring.html", context)


def _preview(
    lines: list[Listed], wrong: list[str], for_all: dict[str, str], site: Site
) -> dict[str, Any]:
    known = known_addresses([line.url for line in lines], site=site)
    unknown = [line for line in lines if line.url not in known]
    new = unknown[:MOST_AT_ONCE]
    packed = [[line.url, line.title, line.page_url, line.language, line.axis] for line in new]
    return {
        "new": new,
        "more": len(unknown) - len(new),
        "known": [line for line in lines if line.url in known],
        "wrong": wrong,
        "list": signing.dumps([packed, for_all], salt=SALT, compress=True),
        "is_read": True,
    }


@require_POST
@managers
def keep(request: HttpRequest) -> HttpResponse:
    """Follow those of the list that were left ticked."""
    try:
        packed, for_all = signing.loads(request.POST.get("list", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        messages.error(request, _("This list was read too long ago. Bring it again."))
        return redirect("sources:bring")
    wanted = set(request.POST.getlist("url"))
    lines = [line for said in packed if (line := Listed(*said)).url in wanted]
    count = add_listed(
        lines,
        site=Site.find_for_request(request),
        by=cast(User, request.user),
        now=timezone.now(),
        **for_all,
    )
    messages.success(
        request,
        ngettext("%(count)s source is followed.", "%(count)s sources are followed.", count)
        % {"count": count},
    )
    return redirect("sources:index")


@require_GET
@managers
def take(request: HttpRequest) -> HttpResponse:
    site = Site.find_for_request(request)
    sources = Source.objects.filter(site=site)
    answer = HttpResponse(
        write_opml(sources, title=site.site_name or site.hostname), content_type="text/x-opml"
    )
    answer["Content-Disposition"] = 'attachment; filename="sources.opml"'
    return answer
