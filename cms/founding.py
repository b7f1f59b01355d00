"""Founding another MOOC on this installation: a site, its first pages in each language, its
settings.

The pages are copies of those on which the first MOOC stands: its home page and each room that says
that every MOOC has it (`is_of_every_mooc`). What stands in those rooms is not copied: a new MOOC
writes its own challenges, its own charter.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Site

from challenges.models.pages import Openable
from cms.models import HomePage
from community.models import MoocSettings
from community.slugs import slug_of
from microblog.hashtags import bare, normalised
from microblog.models import Connection, TimelineSettings

HTTPS = 443


class CannotFound(Exception):
    """The message says why, and what to do first."""


@transaction.atomic
def found_mooc(
    *,
    hostname: str,
    name: str,
    hashtags: str,
    port: int = HTTPS,
    networks: Sequence[Connection] = (),
) -> Site:
    """Raises CannotFound."""
    must_be_free(hostname, port, hashtags)
    first = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = first.root_page.specific if first else None
    if not isinstance(home, HomePage):
        raise CannotFound(_("There is no home page yet to copy: load the demo or make one first."))
    homes = list(home.get_translations(inclusive=True).order_by("pk"))
    keys: dict[UUID, UUID] = {}
    copies = {one.pk: _copy_house(one, name, keys) for one in homes}
    site = Site.objects.create(
        hostname=hostname, port=port, site_name=name, root_page=copies[home.pk]
    )
    mooc, _made = MoocSettings.objects.update_or_create(
        site=site, defaults={"name": name, "hashtags": hashtags}
    )
    mooc.networks.set(networks)
    TimelineSettings.objects.get_or_create(site=site)
    return site


def must_be_free(hostname: str, port: int, hashtags: str) -> None:
    """Raises CannotFound where another MOOC has the address or one of the hashtags."""
    if Site.objects.filter(hostname=hostname, port=port).exists():
        raise CannotFound(_("There is a site at %(host)s already.") % {"host": hostname})
    wanted = bare(normalised([hashtags]))
    if not wanted:
        raise CannotFound(_("Give it one hashtag at least: posts are found by it."))
    for mooc in MoocSettings.objects.all():
        if shared := wanted & mooc.bare_hashtags:
            raise CannotFound(
                _("#%(hashtag)s is the hashtag of %(mooc)s already.")
                % {"hashtag": min(shared), "mooc": mooc.name}
            )


def _copy_house(home: HomePage, name: str, keys: dict[UUID, UUID]) -> Page:
    """A home and its rooms; copies of translations are translations of each other."""
    root = Page.get_first_root_node()
    slug = _free_slug(f"{slug_of(name) or 'mooc'}-{home.locale.language_code}", root)
    fields = {"title": name, "slug": slug, "featured_challenge": None}
    copied = _copy(home, root, keys, fields)
    for child in home.get_children().live().specific():
        if isinstance(child, Openable) and child.is_of_every_mooc:
            _copy(child, Page.objects.get(pk=copied.pk), keys, _emptied(child))
    return copied


def _emptied(room: Openable) -> dict[str, object]:
    with override(room.locale.language_code):
        return {
            name: str(value) if isinstance(value, Promise) else value
            for name, value in room.when_empty.items()
        }


def _copy(page: Page, to: Page, keys: dict[UUID, UUID], fields: Mapping[str, object]) -> Page:
    key = keys.setdefault(page.translation_key, uuid4())
    copied: Page = page.copy(
        to=to,
        update_attrs={**fields, "translation_key": key},
        copy_revisions=False,
        reset_translation_key=False,
        log_action=None,
    )
    return copied


def _free_slug(wanted: str, parent: Page) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
