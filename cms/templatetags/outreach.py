"""What the head of a page says to those who aren't people."""

from collections.abc import Sequence
from html import unescape
from itertools import zip_longest

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from challenges.models import ChallengeIndexPage, ChallengePage
from challenges.riddles.photos import photo_of
from cms.models import (
    ArticleIndexPage,
    ArticlePage,
    GuidePage,
    HomePage,
    PortraitIndexPage,
    PortraitPage,
    ToolPage,
    TutorialIndexPage,
    TutorialPage,
)
from cms.navigation import frame_of
from cms.outreach.addresses import card_address
from cms.outreach.cards import HEIGHT, WIDTH
from cms.outreach.feeds import SUBJECTS
from cms.outreach.structured import facts_of
from cms.templatetags.lessons import data_block
from community.pictures import Picture, picture_of
from community.sites import default_site_id, site_here
from curation.syndication.formats import FORMATS

register = template.Library()

WRITTEN = (ArticlePage, PortraitPage, TutorialPage, ToolPage)
"""What the feed of the house brings."""
READ = (*WRITTEN, GuidePage)
"""Pages that are read from one end to the other."""
AS_SHOWN = {"article": "max-1200x900", "portrait": "fill-360x360", "challenge": "max-1400x1050"}
"""The filters that their own templates ask for: the file is there already."""


class Told(template.Node):
    """Says what stands within, and remembers it under `name`, as plain text, for the rest of the
    page: what a block says can't be asked for a second time."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: template.Context) -> SafeString:
        said = self.nodelist.render(context)
        context[self.name] = " ".join(unescape(said).split())
        return said


@register.tag
def told(parser: template.base.Parser, token: template.base.Token) -> Told:
    """{% told "name" %} … {% endtold %}"""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endtold",))
    parser.delete_first_token()
    return Told(nodelist, name.strip("\"'"))


@register.simple_tag(takes_context=True)
def social_type(context: template.Context) -> str:
    return "article" if isinstance(context.get("page"), READ) else "website"


@register.simple_tag(takes_context=True)
def social_picture(context: template.Context, title: str) -> Picture:
    """The page's own photo, as everybody sees it there; else a card with its title. The address is
    whole."""
    request: HttpRequest = context["request"]
    page = context.get("page")
    shown = _photo_on(page) or _card_of(request, page, title)
    url = request.build_absolute_uri(shown.url)
    return Picture(url, shown.width, shown.height, shown.alt_text)


def _photo_on(page: object) -> Picture | None:
    """Of a riddle, what its hints have shown."""
    if isinstance(page, ChallengePage):
        whole = getattr(page, "reveal_photo", None) if getattr(page, "revealed_at", None) else None
        spec = AS_SHOWN["challenge"]
        return picture_of(whole, spec) if whole else photo_of(page, spec)
    if isinstance(page, ArticlePage) and page.photo:
        return picture_of(page.photo, AS_SHOWN["article"])
    if isinstance(page, PortraitPage) and page.photo:
        return picture_of(page.photo, AS_SHOWN["portrait"])
    return None


def _card_of(request: HttpRequest, page: object, title: str) -> Picture:
    site_id = site_here(request) or default_site_id()
    kind = page.specific_class if isinstance(page, Page) else None
    kicker = str(kind._meta.verbose_name) if kind else ""
    paper = frame_of(request).mooc.paper
    address = card_address(title, kicker=kicker, site_id=site_id or 0, paper=paper)
    return Picture(address, WIDTH, HEIGHT, title)


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


@register.simple_tag(takes_context=True)
def page_feeds(context: template.Context) -> list[dict[str, str]]:
    """What this page shows, then all that is read, then what the house writes where this page
    belongs to it: in the first format of each, then in the others."""
    groups = [_named(str(context.get("told_title", "")), context.get("feeds") or [])]
    veille = [_feed(kind, reverse("curation:feed", args=[kind])) for kind in FORMATS]
    groups.append(_named(_("Worth reading"), veille))
    for name in _subjects_of(context.get("page")):
        written = [_feed(kind, reverse("cms:feed", args=[name, kind])) for kind in FORMATS]
        groups.append(_named(str(SUBJECTS[name].label), written))
    in_turn = [one for same in zip_longest(*groups) for one in same if one]
    return list({one["url"]: one for one in reversed(in_turn)}.values())[::-1]


def _feed(kind: str, url: str) -> dict[str, str]:
    return {"label": FORMATS[kind].label, "media_type": FORMATS[kind].media_type, "url": url}


def _named(name: str, feeds: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return [{**one, "label": f"{name} · {one['label']}"} for one in feeds]


def _subjects_of(page: object) -> Sequence[str]:
    if isinstance(page, HomePage):
        return tuple(SUBJECTS)
    if isinstance(page, (ChallengeIndexPage, ChallengePage)):
        return ("challenges",)
    if isinstance(page, (*WRITTEN, ArticleIndexPage, PortraitIndexPage, TutorialIndexPage)):
        return ("house",)
    return ()
