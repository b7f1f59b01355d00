"""{% terms_linked %} … {% endterms_linked %}: prose whose words lead to the lexicon."""

from typing import cast

from django import template
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.lexicon.linking import link_terms
from cms.lexicon.terms import terms_beside

register = template.Library()
MET = "terms met"


@register.simple_block_tag(takes_context=True)
def terms_linked(context: template.Context, content: SafeString) -> SafeString:
    """Each term once a page, at its first place inside such tags; never on the page that explains
    it. What is inside was escaped already."""
    page = context.get("page")
    if not isinstance(page, Page) or not page.path:
        return content
    # The bottom of the stack is the same for all templates that make one page.
    whole = cast(dict[str, set[int]], context.render_context.dicts[0])
    met = whole.setdefault(MET, {page.pk})
    return SafeString(link_terms(content, terms_beside(page), met=met))
