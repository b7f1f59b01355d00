"""Which scripts, styles and pictures browsers may take from where: strict for everybody, and as
strict in the admin as Wagtail lives with (docs/decisions/0023-the-admins-scripts.md)."""

import json
import re

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_WIDGET = rb'(?:init(?:Date|Time|DateTime)|new \w*)Chooser\("[\w-]+", (?P<options>\{[^<]*\})\);'
_PANEL = (
    rb"\(function\(\) \{\s+var panel = new (?:InlinePanel|MultipleChooserPanel)\("
    rb'JSON\.parse\("(?:[^"<\\]|\\u[0-9A-F]{4})*"\)\);\s+\}\)\(\);'
)
_OF_WAGTAIL = re.compile(rb"<script>(?=\s*(?:" + _WIDGET + rb"|" + _PANEL + rb")\s*</script>)")
"""What Wagtail's widgets and lists wake themselves with: one known call, with plain data."""


class RoomsPolicy(CSPMiddleware):  # type: ignore[misc]
    """The site's policy everywhere; in the admin its own, with a nonce for what Wagtail's widgets
    write into their pages."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if _is_admin(request) and isinstance(response, HttpResponse) and _is_page(response):
            _mark_widgets(request, response)
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if _is_admin(request):
            parts.replace = {**settings.ADMIN_POLICY, **(parts.replace or {})}
        return parts


def _is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


def _is_page(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("text/html")


def _mark_widgets(request: HttpRequest, response: HttpResponse) -> None:
    """Whatever isn't exactly such a call stays without leave."""

    def marked(found: re.Match[bytes]) -> bytes:
        if found["options"] and not _is_data(found["options"]):
            return found[0]
        return f'<script nonce="{request.csp_nonce}">'.encode()  # type: ignore[attr-defined]

    body = _OF_WAGTAIL.sub(marked, response.content)
    if body != response.content:
        response.content = body
        if "Content-Length" in response:
            response["Content-Length"] = str(len(body))


def _is_data(words: bytes) -> bool:
    try:
        json.loads(words)
    except ValueError:
        return False
    return True
