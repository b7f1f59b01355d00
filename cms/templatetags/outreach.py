"""What the head of a page says to those who aren't people."""

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.outreach.addresses import card_address
from cms.outreach.structured import facts_of
from cms.templatetags.lessons import data_block
from community.sites import default_site_id, site_here

register = template.Library()


@register.simple_tag(takes_context=True)
def social_card(context: template.Context, title: str) -> str:
    """The whole address of a picture with the page's title on it."""
    request: HttpRequest = context["request"]
    site_id, page = site_here(request) or default_site_id(), context.get("page")
    kind = page.specific_class if isinstance(page, Page) else None
    kicker = str(kind._meta.verbose_name) if kind else ""
    address = card_address(title, kicker=kicker, site_id=site_id or 0)
    return request.build_absolute_uri(address)


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString:
    """A block of JSON-LD; "" where there is nothing to tell."""
    request: HttpRequest | None = context.get("request")
    subject = context.get("page") or context.get("event")
    if request is None or subject is None or getattr(request, "is_preview", False):
        return SafeString("")
    facts = facts_of(subject, request)
    if facts is None:
        return SafeString("")
    return data_block(facts)
