"""What lessons and guides show: the box to try it, networks by name, numbers to call."""

import json
import re
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.blocks import PLACES, told_places
from cms.clearness import sentences_of, tallies
from cms.trying import begin
from microblog.timeline.identity import speaker_of

register = template.Library()

NAMES = dict(PLACES)
_FOR_SCRIPTS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def place_name(network: str) -> str:
    return str(NAMES.get(network, network))


register.filter(told_places)


@register.filter
def tel(number: str) -> str:
    """An address that a telephone calls."""
    return f"tel:{re.sub(r'[^0-9+]', '', number)}"


@register.simple_tag
def data_block(data: dict[str, Any]) -> SafeString:
    """Facts for search engines (JSON-LD); no sign in them can end the block."""
    words = json.dumps(data, ensure_ascii=False).translate(_FOR_SCRIPTS)
    return SafeString(f'<script type="application/ld+json">{words}</script>')


@register.inclusion_tag("cms/parts/try_it.html", takes_context=True)
def try_it_box(context: template.Context) -> dict[str, Any]:
    """Signed-in people write here; others read where to come aboard. The same words for both."""
    request: HttpRequest = context["request"]
    page: Page = context["page"]
    # An editor looks at a preview: nothing can be sent from it.
    me = None if getattr(request, "is_preview", False) else speaker_of(request)
    return {"request": request, "page": page, "me": me, "form": begin(request, me, page)}


@register.simple_tag
def readers_words(page: Page) -> dict[str, Any]:
    """For the editor of a lesson: `tally` and `sentences`."""
    if not page.pk:
        return {}
    return {"tally": tallies([page]).get(page.pk), "said": sentences_of([page]).get(page.pk, [])}
