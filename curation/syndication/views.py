"""Doors for feed readers, and for pages of other people."""

from typing import Any

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from community.models import MoocSettings, Participant
from curation.choosing import Wanted
from curation.models import Axis, Topic
from curation.page_views import site_of
from curation.reading import cards_of
from curation.standing import topic_ways
from curation.syndication.answering import FRESH, answer_feed
from curation.syndication.entries import Channel, entry_of
from curation.syndication.formats import FORMATS
from curation.syndication.opml import MOST, public_sources, write_opml
from curation.walking import walk

ENTRIES = 40
EMBEDDED = (5, 20)
"""As many items of an embedded list as usual, and at most."""


@require_safe
def feed(request: HttpRequest, format: str) -> HttpResponseBase:
    """?topic, axis, language, only, person, q: as on the page."""
    if format not in FORMATS:
        raise Http404
    wanted = Wanted.read(request.GET).as_feed()
    return answer_feed(request, _channel(request, wanted), format=format)


def _channel(request: HttpRequest, wanted: Wanted) -> Channel:
    base = f"{request.scheme}://{request.get_host()}"
    leaf = walk(wanted, site_id=site_of(request).pk, most=ENTRIES)
    found = [entry_of(card, base=base) for card in cards_of(leaf.pks)]
    mooc = MoocSettings.for_request(request)
    return Channel(
        title=_title(mooc.name, wanted),
        about=_("What the community of %(mooc)s reads, and why.") % {"mooc": mooc.name},
        language=get_language() or settings.LANGUAGE_CODE,
        address=f"{base}{reverse('curation:page')}{wanted.address}",
        itself=f"{base}{request.path}{wanted.address}",
        hub=settings.WEBSUB_HUB if wanted.is_advertised else "",
        entries=[entry for entry in found if entry],
    )


def _title(mooc: str, wanted: Wanted) -> str:
    """Of topics that there are, and people who agree to be named, alone."""
    parts = [_("%(mooc)s: worth reading") % {"mooc": mooc}]
    if wanted.topic:
        topic = Topic.objects.filter(slug=wanted.topic).first()
        if topic is None:
            raise Http404
        parts.append(topic.name)
    if wanted.axis:
        parts.append(str(Axis(wanted.axis).label))
    if wanted.person:
        person = Participant.objects.showing().filter(pk=wanted.person).first()
        if person is None:
            raise Http404
        parts.append(person.name)
    return " · ".join(parts)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The feeds that we read, as OPML."""
    title = _("%(mooc)s: what we read") % {"mooc": MoocSettings.for_request(request).name}
    body = write_opml(public_sources(site_of(request).pk)[:MOST], title=title)
    answer = HttpResponse(body, content_type="text/x-opml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sources.opml"'
    patch_cache_control(answer, public=True, max_age=FRESH)
    return answer


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """For frames on other sites: no cookie, no script. ?n, theme, topic, axis, language, only."""
    wanted = Wanted.read(request.GET).but(week=None, shared="", person=None, query="")
    leaf = walk(wanted, site_id=site_of(request).pk, most=_number(request))
    theme = request.GET.get("theme", "")
    context = {
        "cards": cards_of(leaf.pks),
        "mooc": MoocSettings.for_request(request),
        "theme": theme if theme in ("light", "dark") else "auto",
        "wanted": wanted,
    }
    answer = render(request, "curation/syndication/embed.html", context)
    patch_cache_control(answer, public=True, max_age=FRESH)
    return answer


def _number(request: HttpRequest) -> int:
    usual, most = EMBEDDED
    asked = request.GET.get("n", "")
    return max(1, min(int(asked), most)) if asked.isdecimal() and len(asked) < 6 else usual


@csp_update({"frame-src": ["'self'"]})
@require_safe
def embed_code(request: HttpRequest) -> HttpResponse:
    """Choose, look, copy."""
    wanted = Wanted.read(request.GET).but(week=None, shared="", person=None, query="")
    theme = request.GET.get("theme", "")
    more = [f"n={_number(request)}", *([f"theme={theme}"] if theme in ("light", "dark") else [])]
    address = f"{reverse('curation:embed')}{wanted.address}"
    address += f"{'&' if wanted.address else '?'}{'&'.join(more)}"
    context: dict[str, Any] = {
        "wanted": wanted,
        "theme": theme,
        "number": _number(request),
        "address": address,
        "absolute": request.build_absolute_uri(address),
        "topics": topic_ways(wanted, site_id=site_of(request).pk),
        "axes": Axis.choices,
        "languages": settings.LANGUAGES,
        "mooc": MoocSettings.for_request(request),
    }
    return render(request, "curation/syndication/embed_code.html", context)
