"""What the badges' templates say about badges."""

from urllib.parse import urlencode

import nh3
from django import template
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from badges.models import BadgeClass
from badges.progress import BadgeProgress
from rulebook import Finding, Outcome

register = template.Library()

_markdown = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "code", "blockquote", "br", "h3", "h4"}


@register.filter
def criteria(text: str) -> SafeString:
    """Markdown as an editor wrote it, without anything that could run."""
    html = nh3.clean(_markdown.render(text), tags=_TAGS, url_schemes={"http", "https", "mailto"})
    return SafeString(html)


@register.filter
def holds(finding: Finding | None) -> bool:
    return finding is not None and finding.outcome is Outcome.ACCEPTED


@register.filter
def distance(progress: BadgeProgress) -> str:
    """What to say under a badge that is still ahead."""
    return str(progress.next_thing or "")


@register.simple_tag
def medallion_of(badge_class: BadgeClass, *, url: str = "", note: str = "") -> dict[str, object]:
    """As _partials/badge_medallion.html wants it."""
    return {
        "name": badge_class.name,
        "image_url": badge_class.medallion.url,
        "url": url,
        "note": note,
    }


@register.simple_tag
def with_key(url: str, key: str, **query: str) -> str:
    """An address that somebody without a login can open with the key that was sent to them."""
    query = {**({"key": key} if key else {}), **query}
    return f"{url}?{urlencode(query)}" if query else url
