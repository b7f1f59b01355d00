"""The veille as everybody reads it: its page, its shelves, and one page an item."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from community.models import MoocSettings
from curation.choosing import ANY, Wanted
from curation.models import Topic
from curation.opening import doors_of
from curation.reading import Card, cards_of, read_alone
from curation.standing import Beside, Way, read_beside, read_weeks, topic_ways
from curation.syndication.formats import FORMATS
from curation.walking import walk, walk_light

PAGE = 20
FIRST_PICKS = 8
FRESH = 6


def site_of(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Without a wish: what people put forward, and beside it what was brought in since."""
    asked, site_id = Wanted.read(request.GET), site_of(request).pk
    wanted = asked.to_somebody(get_language() or "")
    is_front = asked.but(language="").is_everything
    way = asked.but(only="picks") if is_front else asked
    most, before = FIRST_PICKS if is_front else PAGE, request.GET.get("before", "")
    language = wanted.said_language
    leaf = walk(way.but(language=language), site_id=site_id, before=before, most=most)
    fresh = walk_light(site_id=site_id, most=FRESH, language=language).pks if is_front else []
    cards = cards_of([*leaf.pks, *fresh])
    context: dict[str, Any] = {
        "wanted": asked,
        "cards": [card for card in cards if card.item.pk in leaf.pks],
        "older_url": _older(request, way, leaf.older),
    }
    if getattr(request, "htmx", False):
        return render(request, "curation/parts/cards.html", context)
    beside = read_beside(wanted, site_id=site_id)
    if asked.person is not None and beside.person is None:
        raise Http404
    languages = _languages(asked, wanted, beside)
    context |= {
        "is_front": is_front,
        "is_first": "before" not in request.GET,
        "fresh": [card for card in cards if card.item.pk in fresh],
        "any_address": languages[-1].address if languages and language else "",
        "beside": beside,
        "filters": _filters(asked, beside, languages, is_front=is_front),
        "said": _said(asked),
        "tabs": _tabs(asked),
        "person": beside.person,
        "feeds": feeds_of(wanted),
    }
    return render(request, "curation/page.html", context)


def _older(request: HttpRequest, wanted: Wanted, mark: str) -> str:
    address = wanted.address
    return f"{request.path}{address}{'&' if address else '?'}before={mark}" if mark else ""


def feeds_of(wanted: Wanted) -> list[dict[str, str]]:
    address = wanted.as_feed().address
    return [
        {
            "label": format.label,
            "media_type": format.media_type,
            "url": f"{reverse('curation:feed', args=[name])}{address}",
        }
        for name, format in FORMATS.items()
    ]


def _tabs(wanted: Wanted) -> list[dict[str, Any]]:
    here, bare = reverse("curation:page"), wanted.but(language="")
    tabs = [
        (_("Put forward"), Wanted(), bare in (Wanted(), Wanted(only="picks"))),
        (_("Everything"), Wanted(only="all"), bare == Wanted(only="all")),
        (_("Most shared"), Wanted(shared="month"), bool(wanted.shared)),
    ]
    return [
        {
            "label": label,
            "url": f"{here}{way.but(language=wanted.language).address}",
            "current": current,
        }
        for label, way, current in tabs
    ]


def _languages(asked: Wanted, wanted: Wanted, beside: Beside) -> list[Way]:
    """The reader's own, the others, and all of them together; none where there is no choice."""
    if len(beside.languages) < 2:
        return []
    is_any = not wanted.said_language
    return [*beside.languages, Way(_("all languages"), asked.but(language=ANY).address, 0, is_any)]


def _filters(
    wanted: Wanted, beside: Beside, languages: Sequence[Way], *, is_front: bool
) -> list[dict[str, Any]]:
    """Choices within the choice; in front, what it is for stands beside."""
    here = reverse("curation:page")
    everything = Way(_("all"), wanted.but(axis="").address, 0, not wanted.axis)
    words = {"week": _("this week"), "month": _("this month"), "ever": _("ever")}
    periods = [
        Way(label, wanted.but(shared=name).address, 0, wanted.shared == name)
        for name, label in words.items()
    ]
    groups = [
        (_("When"), periods if wanted.shared else []),
        (_("What for"), [everything, *beside.axes] if beside.axes and not is_front else []),
        (_("Language"), languages),
    ]
    return [
        {
            "name": name,
            "options": [
                {"label": way.label, "url": f"{here}{way.address}", "current": way.current}
                for way in ways
            ],
        }
        for name, ways in groups
        if ways
    ]


def _said(wanted: Wanted) -> str:
    """What the reader chose, as the heading says it; a topic in its own spelling."""
    if not wanted.topic:
        return ""
    topic = Topic.objects.filter(slug=wanted.topic).first()
    if topic is None:
        raise Http404
    return topic.name


@require_safe
def shelves(request: HttpRequest) -> HttpResponse:
    """Every topic and every week that has something to read."""
    site_id = site_of(request).pk
    context = {
        "topics": topic_ways(Wanted(), site_id=site_id),
        "weeks": read_weeks(Wanted(), site_id=site_id),
    }
    return render(request, "curation/shelves.html", context)


@dataclass(frozen=True, slots=True)
class SharedWords:
    """What the composer of the practice timeline begins with: to share it, and to answer it."""

    share: str
    reply: str

    @classmethod
    def of(cls, request: HttpRequest, card: Card) -> Self:
        hashtag = MoocSettings.for_request(request).first_hashtag
        ending = f"{card.item.url}{f' #{hashtag}' if hashtag else ''}"
        return cls(f"{card.item.title[:200]} {ending}".strip(), f"\n\n{ending}")


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    site = site_of(request)
    found = read_alone(pk, site_id=site.pk)
    if found is None:
        raise Http404
    card, related = found
    words = SharedWords.of(request, card)
    context = {
        "card": card,
        "item": card.item,
        "share": words.share,
        "reply": words.reply,
        "related": related,
        "doors": doors_of(request, card.item),
    }
    return render(request, "curation/item.html", context)
