"""Which site a thing belongs to, and where a site is found.

A site is named by its id; None means that there is one site only, so that everything is its own and
nothing need be asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.core.cache import cache
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import SiteRootPath

_DEFAULT = "envol:default-site"


@dataclass(frozen=True, slots=True)
class SiteMap:
    """The roots of all sites in all languages, as Wagtail remembers them: no query but the first.
    Read once for many pages."""

    roots: Sequence[SiteRootPath]
    are_several: bool

    @classmethod
    def read(cls) -> Self:
        roots = Site.get_site_root_paths()
        return cls(roots, len({root.site_id for root in roots}) > 1)

    def site_of(self, page: Page) -> int | None:
        """That under whose root it lies, in whichever language; the default one where it lies
        under none."""
        if not self.are_several:
            return None
        above = [one for one in self.roots if page.url_path.startswith(one.root_path)]
        nearest = max(above, key=lambda root: len(root.root_path), default=None)
        return nearest.site_id if nearest else default_site_id()

    def base_url(self, site_id: int | None) -> str:
        """Without a slash at its end: BASE_URL for the default site, else what Wagtail knows of
        it."""
        if site_id is None or not self.are_several or site_id == default_site_id():
            return str(settings.BASE_URL)
        known = (str(one.root_url) for one in self.roots if one.site_id == site_id)
        return next(known, str(settings.BASE_URL))


def several_sites() -> bool:
    return SiteMap.read().are_several


def site_here(request: HttpRequest) -> int | None:
    site = Site.find_for_request(request) if several_sites() else None
    return site.pk if site else None


def site_of_page(page: Page) -> int | None:
    return SiteMap.read().site_of(page)


def base_url(site_id: int | None) -> str:
    return SiteMap.read().base_url(site_id)


def within(site_id: int | None, prefix: str = "") -> Q:
    """The pages of a site; `prefix` leads to the page, such as "challenge__"."""
    found, sites = Q(), SiteMap.read()
    if site_id is None or not sites.are_several:
        return found
    for root in sites.roots:
        if root.site_id == site_id:
            found |= Q(**{f"{prefix}url_path__startswith": root.root_path})
    return found or Q(**{f"{prefix}pk__in": []})


def belongs_to(site_id: int | None, field: str = "site") -> Q:
    """Rows with a `site`; what has none is the default site's."""
    if site_id is None or not several_sites():
        return Q()
    own = Q(**{field: site_id})
    return own | Q(**{field: None}) if site_id == default_site_id() else own


def default_site_id() -> int | None:
    found: int | None = cache.get(_DEFAULT)
    if found is None:
        found = Site.objects.filter(is_default_site=True).values_list("pk", flat=True).first()
        cache.set(_DEFAULT, found)
    return found


@receiver([post_save, post_delete], sender=Site)
def _forget_default(**kwargs: object) -> None:
    cache.delete(_DEFAULT)


def open_to_all() -> Q:
    """Pages under no restriction, asked within the same query (Wagtail's `public()` asks first)."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(here=path)
    return ~Q(Exists(above.filter(here__startswith=F("page__path"))))
