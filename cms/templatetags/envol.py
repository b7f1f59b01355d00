"""The words that every room's templates use: icons, tips, dialogs, fields, faces, dates."""

from collections.abc import Iterable
from copy import copy
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zlib import crc32

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from wagtail.models import Page

from challenges.models import ChallengePage
from microblog.dates import date_format
from microblog.hashtags import written
from microblog.models import Account, Post
from microblog.networks import Network

register = template.Library()

FACE_TONES = 4


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of img/icons.svg in the colour of its text; never alone in carrying a meaning."""
    return format_html(
        '<svg class="icon icon--{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        name,
        static("envol/img/icons.svg"),
        name,
    )


@register.simple_block_tag
def tip(content: SafeString, *, tone: str = "sun", title: str = "") -> SafeString:
    return SafeString(
        render_to_string("_partials/tip.html", {"content": content, "tone": tone, "title": title})
    )


@register.simple_block_tag
def dialog(content: SafeString, *, id: str, title: str) -> SafeString:
    return SafeString(
        render_to_string("_partials/dialog.html", {"content": content, "id": id, "title": title})
    )


@register.inclusion_tag("_partials/field.html")
def field(
    bound: BoundField,
    *,
    label: str = "",
    help: str = "",
    optional: bool = False,
    placeholder: str | None = None,
) -> dict[str, object]:
    """One form field, its label, help and errors tied together for those who listen."""
    widget = bound.field.widget
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    return {
        "bound": bound,
        "label": label or bound.label,
        "help": help or bound.help_text,
        "optional": optional,
        "widget": bound if placeholder is None else _with_placeholder(bound, placeholder),
        "is_grouped": grouped,
        "is_choice": isinstance(widget, CheckboxInput),
    }


def _with_placeholder(bound: BoundField, words: str) -> SafeString:
    """The widget with these words in the empty field, or with none at all ("")."""
    widget = copy(bound.field.widget)
    widget.attrs = {**widget.attrs, "placeholder": words or False}
    return bound.as_widget(widget=widget)


@register.filter
def face_tone(account: Account) -> str:
    """The same person always has the same colour."""
    return handle_tone(account.handle)


@register.filter
def handle_tone(handle: str) -> str:
    return f"face--{crc32(handle.casefold().encode()) % FACE_TONES}"


@register.filter
def initial(account: Account) -> str:
    return account.name.lstrip("@")[:1].upper() or "?"


@register.filter
def picture_url(account: Account) -> str:
    return account.avatar.url if account.avatar else account.avatar_url


@register.filter
def ago(when: datetime | None) -> SafeString | str:
    """A moment as people say it, with its full date for machines and for the curious."""
    if when is None:
        return ""
    now = timezone.now()
    if now - when < timedelta(minutes=1):
        words = _("just now")
    elif now - when < timedelta(days=7):
        words = _("%(time)s ago") % {"time": timesince(when, now, depth=1)}
    else:
        words = date_format(timezone.localtime(when), "DATE_FORMAT")
    full = date_format(timezone.localtime(when), "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', when.isoformat(), full, words)


@register.filter
def profile_url(account: Account) -> str:
    """Where this person can be read: here if they write here, else on their own server."""
    if account.network == Network.PRACTICE:
        return reverse("microblog:profile", args=[account.handle])
    return account.url


@register.filter
def post_url(post: Post) -> str:
    if post.network == Network.PRACTICE:
        return reverse("microblog:post", args=[post.author.handle, post.number])
    return post.url


@register.simple_tag
def compose_url(text: str = "") -> str:
    """The composer of the practice timeline, with words ready to be changed."""
    query = f"?{urlencode({'text': text})}" if text else ""
    return reverse("microblog:compose") + query


@register.filter
def kind_label(page: Page) -> str:
    """What kind of page it is, without asking the database."""
    return capfirst(page._meta.verbose_name)


@register.filter
def own_hashtags(challenge: ChallengePage) -> list[str]:
    """In their own spelling, without #."""
    return written(challenge.hashtags)


@register.filter
def dots(total: int) -> Iterable[int]:
    return range(1, int(total or 0) + 1)
