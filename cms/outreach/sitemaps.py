"""What search engines may find: pages with their translations, and the rooms that are no pages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, Site

from cms.models import PortraitPage
from community.models import LiveEvent, MoocSettings
from curation.models import Digest, Item
from curation.reading import shown_items

MOST = 5000
"""Entries of one file, far below the 50,000 that the format allows."""
ROOMS = (
    "curation:page",
    "digest:archive",
    "live:list",
    "figures:figures",
    "microblog:local_timeline",
)


class OwnSitemap(Sitemap):
    """Of one MOOC: addresses begin with where the visitor is."""

    limit = MOST

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.site = Site.find_for_request(request)
        self.spoken = MoocSettings.for_site(self.site).spoken

    def get_domain(self, site: Any = None) -> str:
        return self.request.get_host()

    def get_protocol(self, protocol: str | None = None) -> str:
        return self.request.scheme or "https"


class PagesSitemap(OwnSitemap):
    """Pages that are published for everybody, each beside its translations."""

    def items(self) -> Any:
        homes = self.site.root_page.get_translations(inclusive=True)
        hidden = PortraitPage.objects.withdrawn().values("pk")
        found = Page.objects.live().public().exclude(pk__in=hidden)
        mine = Page.objects.none()
        for home in homes:
            mine |= Page.objects.descendant_of(home, inclusive=True)
        return (found & mine).select_related("locale").order_by("path")

    def lastmod(self, page: Page) -> datetime | None:
        moment: datetime | None = page.last_published_at or page.latest_revision_created_at
        return moment

    def _urls(self, page: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        """One query for the translations of all pages of a file."""
        pages = list(self.paginator.page(page).object_list)
        family: dict[Any, list[tuple[str, str]]] = {}
        keys = {one.translation_key for one in pages}
        relatives = Page.objects.live().public().filter(translation_key__in=keys)
        for one in relatives.select_related("locale"):
            address = one.get_full_url(self.request)
            if address:
                code = one.locale.language_code
                family.setdefault(one.translation_key, []).append((code, address))
        return [self._entry(one, family.get(one.translation_key, [])) for one in pages]

    def _entry(self, page: Page, family: Sequence[tuple[str, str]]) -> dict[str, Any]:
        links = [{"lang_code": code, "location": address} for code, address in family]
        return {
            "item": page,
            "location": page.get_full_url(self.request),
            "lastmod": self.lastmod(page),
            "changefreq": None,
            "priority": "",
            "alternates": links if len(links) > 1 else [],
        }


class RoomsSitemap(OwnSitemap):
    """Rooms that exist in every language of the MOOC."""

    def items(self) -> list[tuple[str, str]]:
        return [(room, code) for room in ROOMS for code in self.spoken]

    def location(self, item: tuple[str, str]) -> str:
        room, code = item
        with override(code):
            return reverse(room)


class LiveSitemap(OwnSitemap):
    def items(self) -> Iterable[tuple[LiveEvent, str]]:
        events = LiveEvent.objects.announced().filter(site=self.site).order_by("-starts_at")
        return [(event, code) for event in events[:MOST] for code in self.spoken]

    def location(self, item: tuple[LiveEvent, str]) -> str:
        event, code = item
        with override(code):
            return reverse("live:event", args=[event.slug])


class PicksSitemap(OwnSitemap):
    """What people of the house wrote a sentence about; the rest is others' pages."""

    def items(self) -> Any:
        picked = shown_items(self.site.pk).filter(pick__isnull=False)
        return picked.select_related("pick").order_by("-shown_at", "-pk")

    def location(self, item: Item) -> str:
        with override(item.pick.language):
            return reverse("curation:item", args=[item.pk])

    def lastmod(self, item: Item) -> datetime | None:
        return item.pick.changed_at or item.shown_at


class LettersSitemap(OwnSitemap):
    def items(self) -> Any:
        return Digest.objects.sent().filter(site=self.site).order_by("-week", "language")

    def location(self, item: Digest) -> str:
        return item.get_absolute_url()

    def lastmod(self, item: Digest) -> datetime | None:
        return item.sent_at


SITEMAPS: dict[str, type[OwnSitemap]] = {
    "pages": PagesSitemap,
    "rooms": RoomsSitemap,
    "live": LiveSitemap,
    "picks": PicksSitemap,
    "letters": LettersSitemap,
}
