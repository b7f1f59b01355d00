"""What pages outside the timeline show of it."""

from django import template
from django.http import HttpRequest

from microblog.models import Post
from microblog.timeline.identity import speaker_of
from microblog.timeline.services import count_unread
from microblog.veiling import is_veiled
from microblog.views.doors import page_of

register = template.Library()

_REMEMBERED = "_unread_notifications"


@register.simple_tag(takes_context=True)
def unread_notifications(context: template.Context) -> int:
    """How many are new; asked once a request, 0 for strangers."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return 0
    if not hasattr(request, _REMEMBERED):
        account = speaker_of(request)
        setattr(request, _REMEMBERED, count_unread(account) if account else 0)
    found: int = getattr(request, _REMEMBERED)
    return found


@register.simple_tag(takes_context=True)
def here(context: template.Context) -> str:
    """The page that the reader looks at, also while htmx asks for a part of it."""
    return page_of(context["request"])


@register.simple_tag(takes_context=True)
def hides_answer(context: template.Context, post: Post) -> bool:
    """Whether this reader is still looking for what the post gives away."""
    return is_veiled(post, context.get("request"))
