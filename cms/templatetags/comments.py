"""What is said about a page, under the page; how much, on a list."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from cms.comments.reading import count_comments, read_talk
from cms.comments.telling import TALKED_ABOUT
from community.live.audiences import may_read_practice
from microblog.timeline.identity import speaker_of
from microblog.timeline.writing import new_number

register = template.Library()


@register.inclusion_tag("cms/comments/talk.html", takes_context=True)
def talk(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """Its own posts, the replies to them, and two ways to reply; nothing for a page that nobody
    told of."""
    request: HttpRequest | None = context.get("request")
    if request is None or page.pk is None or not isinstance(page, TALKED_ABOUT):
        return {"talk": None}
    return {
        "talk": read_talk(page, with_practice=may_read_practice(request)),
        "page": page,
        "request": request,
        "me": speaker_of(request),
        "number": new_number(timezone.now()),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def comment_counts(context: dict[str, Any], *lists: Iterable[Page]) -> dict[str, int]:
    """Of these lists, by primary key as a template reads it: `{% comment_counts entries as counts
    %}`, then `{{ counts|of_page:page }}`."""
    request: HttpRequest | None = context.get("request")
    listed = [page for pages in lists for page in pages]
    with_practice = request is not None and may_read_practice(request)
    found = count_comments(listed, with_practice=with_practice)
    return {str(key): number for key, number in found.items()}


@register.filter
def of_page(counts: dict[str, int], page: Page) -> int:
    return counts.get(str(page.translation_key), 0)
