"""{% terms_linked %} … {% endterms_linked %}: prose whose words lead to the lexicon."""

from django import template
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.lexicon.linking import link_terms
from cms.lexicon.terms import terms_beside

register = template.Library()


@register.simple_block_tag(takes_context=True)
def terms_linked(context: template.Context, content: SafeString) -> SafeString:
    """Each term once, at its first place inside; never on the page that explains it. What is
    inside was escaped already."""
    page = context.get("page")
    if not isinstance(page, Page) or not page.path:
        return content
    return SafeString(link_terms(content, terms_beside(page), besides={page.pk}))
