"""The frame of every page: where one can go from here, and in which languages it exists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Page, Site

from challenges.models import ChallengeIndexPage
from cms.dressing import dress_of
from cms.models import (
    ArticleIndexPage,
    CharterPage,
    FaqPage,
    GuideIndexPage,
    HomePage,
    LexiconPage,
    PortraitIndexPage,
    TutorialIndexPage,
    WelcomeKitPage,
)
from cms.outreach.cards import blank_card
from community.logos import Logo, logo_of
from community.models import MoocSettings
from community.sites import open_to_all, site_here, within

LEARN: Sequence[type[Page]] = (
    ChallengeIndexPage,
    TutorialIndexPage,
    LexiconPage,
    WelcomeKitPage,
)
TOGETHER: Sequence[type[Page]] = (ArticleIndexPage, PortraitIndexPage)
HOUSE: Sequence[type[Page]] = (CharterPage, GuideIndexPage, FaqPage)
PLACES = (HomePage, *LEARN, *TOGETHER, *HOUSE)
"""Named by the frame itself; other pages stand in the footer if editors show them in menus."""

FRAME_SECONDS = 60
"""How long another process may show a menu entry that an editor has just changed."""


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    url: str
    current: str = ""
    """For aria-current: "page", "true" (a page below) or nothing."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What header and footer name, in one language. An empty address: not published yet.

    The footer has three columns: what one learns with, what one makes together, the house.
    """

    name: str
    home: str
    challenges: str
    tutorials: str
    learn: Sequence[Entry]
    together: Sequence[Entry]
    house: Sequence[Entry]
    mooc: "Sign"


@dataclass(frozen=True, slots=True)
class Sign:
    """What a MOOC says of itself on every page; `colours`: the address of its style sheet, "" for
    those that the house comes with; `paper`: the mark of its blank card; `languages`: the codes of
    those that it speaks."""

    description: str
    contact: str
    footer_line: str
    colours: str
    logo: Logo | None
    paper: str
    languages: Sequence[str]

    @classmethod
    def of(cls, mooc: MoocSettings) -> "Sign":
        logo = logo_of(mooc)
        return cls(
            description=mooc.description,
            contact=mooc.contact,
            footer_line=mooc.footer_line,
            colours=dress_of(mooc),
            logo=logo,
            paper=blank_card(mooc, logo).mark,
            languages=list(mooc.spoken),
        )


@dataclass(frozen=True, slots=True)
class Translation:
    code: str
    name: str
    url: str
    absolute_url: str
    current: bool


def frame_of(request: HttpRequest) -> Frame:
    """Remembered for a minute: every page needs it, and it changes when an editor publishes."""
    key = _frame_key(site_here(request), get_language() or settings.LANGUAGE_CODE)
    frame: Frame | None = cache.get(key)
    if frame is None:
        frame = _read_frame(request)
        cache.set(key, frame, FRAME_SECONDS)
    return frame


def forget_frame() -> None:
    sites: set[int | None] = {None, *(root.site_id for root in Site.get_site_root_paths())}
    codes = [code for code, _name in settings.LANGUAGES]
    cache.delete_many([_frame_key(site, code) for site in sites for code in codes])


def _frame_key(site_id: int | None, code: str) -> str:
    return f"envol:frame:{site_id or 0}:{code}"


def _read_frame(request: HttpRequest) -> Frame:
    code = get_language() or settings.LANGUAGE_CODE
    places = Q(content_type__in=ContentType.objects.get_for_models(*PLACES).values())
    here = within(site_here(request))
    pages = Page.objects.live().filter(open_to_all(), here, locale__language_code=code)
    found = [
        (page.cached_content_type.model_class(), Entry(page.title, page.get_url(request) or ""))
        for page in pages.filter(places | Q(show_in_menus=True)).order_by("path")
    ]
    first = dict(reversed(found))
    site = Site.find_for_request(request)
    mooc = MoocSettings.for_site(site) if site else MoocSettings(name=settings.WAGTAIL_SITE_NAME)
    others = [entry for kind, entry in found if kind not in PLACES]
    return Frame(
        name=mooc.name,
        home=_address(first, HomePage) or f"/{code}/",
        challenges=_address(first, ChallengeIndexPage),
        tutorials=_address(first, TutorialIndexPage),
        learn=_entries(first, LEARN),
        together=_entries(first, TOGETHER),
        house=[*_entries(first, HOUSE), *others],
        mooc=Sign.of(mooc),
    )


def _entries(first: Mapping[Any, Entry], kinds: Sequence[type[Page]]) -> list[Entry]:
    return [first[kind] for kind in kinds if kind in first]


def _address(first: Mapping[Any, Entry], kind: type[Page]) -> str:
    return first[kind].url if kind in first else ""


def homes_elsewhere(request: HttpRequest, *, besides: Collection[str]) -> list[Translation]:
    """Home pages, for readers who ask for a language in which this page doesn't exist."""
    found = []
    for code in frame_of(request).mooc.languages:
        if code not in besides:
            with override(code):
                home = frame_of(request).home
            found.append(_translation(request, code, home, here=""))
    return found


def translations_of(request: HttpRequest, page: Page | None) -> list[Translation]:
    """The same page in every language in which it exists; the one being read comes first."""
    here = get_language() or settings.LANGUAGE_CODE
    addresses = _page_addresses(request, page) if page else _view_addresses(request)
    return [
        _translation(request, code, addresses[code], here=here)
        for code in sorted(addresses, key=lambda code: code != here)
    ]


def _translation(request: HttpRequest, code: str, address: str, *, here: str) -> Translation:
    return Translation(
        code=code,
        name=get_language_info(code)["name_local"].capitalize(),
        url=address,
        absolute_url=request.build_absolute_uri(address.partition("?")[0]),
        current=code == here,
    )


def _page_addresses(request: HttpRequest, page: Page) -> dict[str, str]:
    """Remembered like the frame, until one of them changes."""
    key = _family_key(page)
    found: dict[str, str] | None = cache.get(key)
    if found is None:
        family = page.get_translations(inclusive=True).live().select_related("locale")
        found = {one.locale.language_code: one.get_url(request) or "" for one in family}
        cache.set(key, found, FRAME_SECONDS)
    found[get_language() or settings.LANGUAGE_CODE] = request.path
    known = dict(settings.LANGUAGES)
    return {code: address for code, address in found.items() if address and code in known}


def forget_family(page: Page) -> None:
    """Once this transaction is committed."""
    transaction.on_commit(partial(cache.delete, _family_key(page)), robust=True)


def _family_key(page: Page) -> str:
    return f"envol:family:{page.translation_key}"


def _view_addresses(request: HttpRequest) -> dict[str, str]:
    """Pages of the application exist in every language, under the same path; where no page of the
    tree stands, none does in another language."""
    here = request.get_full_path()
    match = request.resolver_match
    if match is not None and match.url_name == "wagtail_serve":
        return {get_language() or settings.LANGUAGE_CODE: here}
    spoken = {*frame_of(request).mooc.languages, get_language() or settings.LANGUAGE_CODE}
    codes = [code for code, _name in settings.LANGUAGES if code in spoken]
    return {code: translate_url(here, code) for code in codes}
