"""Doors for machines: pictures for links, maps of the house, and what a phone keeps."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import require_safe
from django_ratelimit.decorators import ratelimit
from wagtail.models import Site

from cms.navigation import frame_of
from cms.outreach.addresses import NotOurs, read_address
from cms.outreach.cards import blank_card, draw_card
from cms.outreach.feeds import SUBJECTS, channel_of
from cms.outreach.sitemaps import SITEMAPS
from community.logos import Logo, logo_of
from community.models import MoocSettings
from curation.page_views import site_of
from curation.syndication.answering import answer_feed

DAY = 24 * 3600
FIRST = (
    *(f"css/{name}.css" for name in ("tokens", "base", "layout", "components", "pages")),
    "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "fonts/bricolage-grotesque-latin-wght-normal.woff2",
    "img/icons.svg",
    "js/offline.js",
)
"""What a phone keeps so that a page without network looks right."""


@require_safe
@ratelimit(key="ip", rate="120/m", method=ratelimit.ALL)
def card(request: HttpRequest, signed: str) -> HttpResponse:
    """Drawn once. Pages name another address as soon as anything on it would be another."""
    try:
        title, kicker, site_id = read_address(signed)
    except NotOurs as error:
        raise Http404 from error
    site = Site.objects.filter(pk=site_id).first()
    mooc = MoocSettings.for_site(site) if site else MoocSettings()
    wanted = replace(blank_card(mooc, logo_of(mooc)), title=title, kicker=kicker)
    key = f"envol:card:{wanted.mark}"
    drawn: bytes | None = cache.get(key)
    if drawn is None:
        drawn = draw_card(wanted)
        cache.set(key, drawn, 30 * DAY)
    answer = HttpResponse(drawn, content_type="image/png")
    patch_cache_control(answer, public=True, max_age=7 * DAY)
    return answer


def _maps(request: HttpRequest) -> dict[str, Any]:
    if Site.find_for_request(request) is None:
        raise Http404
    return {name: kind(request) for name, kind in SITEMAPS.items()}


@require_safe
@ratelimit(key="ip", rate="60/m", method=ratelimit.ALL)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return sitemap_views.index(
        request, sitemaps=_maps(request), sitemap_url_name="outreach:sitemap_section"
    )


@require_safe
@ratelimit(key="ip", rate="60/m", method=ratelimit.ALL)
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap_views.sitemap(request, sitemaps=_maps(request), section=section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; rooms that only people use are left out."""
    context = {"sitemap": request.build_absolute_uri(reverse("outreach:sitemap"))}
    answer = render(request, "cms/outreach/robots.txt", context, content_type="text/plain")
    patch_cache_control(answer, public=True, max_age=DAY)
    return answer


def _icons(logo: Logo | None) -> list[dict[str, str]]:
    """A phone may cut the bird to its own shape: it was drawn for it. A logo stays whole."""
    if logo is None:
        bird = {size: static(f"envol/img/bird-{size}.png") for size in (192, 512)}
        shown, purpose = bird, "any maskable"
    else:
        shown, purpose = {one.size: one.url for one in (logo.icon, logo.large_icon)}, "any"
    return [
        {"src": src, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, src in shown.items()
    ]


@require_safe
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """For those who put the site on the first screen of their phone."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    site = Site.find_for_request(request)
    mooc = MoocSettings.for_site(site) if site else MoocSettings()
    with override(language):
        home = frame_of(request).home
    answer = JsonResponse(
        {
            "name": mooc.name,
            "short_name": mooc.name[:12],
            "lang": language,
            "start_url": home,
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#faf6ee",
            "theme_color": mooc.colour,
            "icons": _icons(logo_of(mooc)),
        },
        content_type="application/manifest+json",
    )
    patch_cache_control(answer, public=True, max_age=DAY)
    return answer


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look of themselves, for feeds, pictures and pages that name no icon."""
    site = Site.find_for_request(request)
    icons = _icons(logo_of(MoocSettings.for_site(site) if site else MoocSettings()))
    answer = redirect(icons[0]["src"])
    patch_cache_control(answer, public=True, max_age=DAY)
    return answer


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Served from the root: a service worker minds what lies below its own address."""
    context = {"styles": [f"envol/{path}" for path in FIRST], "release": settings.RELEASE}
    answer = render(request, "cms/outreach/worker.js", context, content_type="text/javascript")
    patch_cache_control(answer, no_cache=True)
    return answer


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What a phone shows where there is no network, and no page that it kept."""
    answer = render(request, "cms/outreach/offline.html")
    patch_cache_control(answer, no_cache=True)
    return answer


@require_safe
def feed(request: HttpRequest, name: str, format: str) -> HttpResponseBase:
    """What the house writes, or its challenges, in the language of the address."""
    if name not in SUBJECTS:
        raise Http404
    channel = channel_of(request, name=name, site=site_of(request))
    return answer_feed(request, channel, format=format)
