"""The feeds of what the house itself writes: what there is to read, and what there is to try."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from challenges.models import ChallengePage
from cms.models import ArticlePage, PortraitPage, ToolPage, TutorialPage
from community.models import MoocSettings
from community.sites import open_to_all, within
from curation.syndication.entries import Channel, Entry
from curation.syndication.formats import FORMATS

ENTRIES = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is about. `read`: the public pages of each kind, before they are narrowed to a
    site and a language."""

    label: str | Promise
    about: str | Promise
    read: Callable[[], Sequence[Any]]


def _to_read() -> Sequence[Any]:
    kinds: Sequence[Any] = (ArticlePage.objects, TutorialPage.objects, ToolPage.objects)
    authored = (*kinds, PortraitPage.objects.shown())
    return [rows.select_related("author") for rows in authored]


SUBJECTS: Mapping[str, Subject] = {
    "house": Subject(
        _("Articles, portraits, tutorials"), _("What %(mooc)s writes and shows."), _to_read
    ),
    "challenges": Subject(
        _("Challenges"), _("What there is to try at %(mooc)s."), lambda: [ChallengePage.objects]
    ),
}


def channel_of(request: HttpRequest, *, name: str, site: Site) -> Channel:
    """The newest first, in the language of the address. `name`: of a subject."""
    subject, language = SUBJECTS[name], get_language() or settings.LANGUAGE_CODE
    mooc, base = MoocSettings.for_site(site), f"{request.scheme}://{request.get_host()}"
    found: list[Any] = []
    for pages in _shown(subject, site):
        mine = pages.filter(locale__language_code=language).select_related("locale")
        found += mine.order_by("-first_published_at", "-pk")[:ENTRIES]
    found.sort(key=lambda page: (page.first_published_at, page.pk), reverse=True)
    return Channel(
        title=f"{mooc.name} · {subject.label}",
        about=str(subject.about) % {"mooc": mooc.name},
        language=language,
        address=f"{base}/{language}/",
        itself=f"{base}{request.get_full_path()}",
        hub=settings.WEBSUB_HUB,
        entries=[_entry(page, request, base, house=mooc.name) for page in found[:ENTRIES]],
    )


def _shown(subject: Subject, site: Site) -> Iterator[Any]:
    public = Q(open_to_all(), within(site.pk), first_published_at__isnull=False)
    return (rows.live().filter(public) for rows in subject.read())


def _entry(page: Any, request: HttpRequest, base: str, *, house: str) -> Entry:
    """`house`: who signs where nobody is named."""
    words = next((one for one in (_words(page, name) for name in _TOLD) if one), "")
    url = page.get_full_url(request)
    return Entry(
        id=f"{base}/pages/{page.pk}",
        url=url,
        title=page.title,
        html=format_html('<p>{}</p><p><a href="{}">{}</a></p>', words, url, page.title),
        text=words,
        author=getattr(page, "byline", "") or house,
        contributor="",
        language=page.locale.language_code,
        topics=[str(page.cached_content_type.model_class()._meta.verbose_name)],
        appeared=page.first_published_at,
        changed=page.last_published_at or page.first_published_at,
    )


_TOLD = ("search_description", "summary", "lead", "intro")
"""Where a page says in a sentence what it is."""


def _words(page: Page, name: str) -> str:
    return str(getattr(page, name, ""))


def addresses() -> list[str]:
    """Of every feed, in every language."""
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found += [
                reverse("cms:feed", args=[name, kind]) for name in SUBJECTS for kind in FORMATS
            ]
    return found


def newest(site: Site) -> datetime | None:
    """When a page of any of them was last published."""
    moments = [
        pages.aggregate(latest=Max("last_published_at"))["latest"]
        for subject in SUBJECTS.values()
        for pages in _shown(subject, site)
    ]
    return max((moment for moment in moments if moment), default=None)
