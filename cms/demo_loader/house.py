"""Languages, site, home pages and lists: what all other pages stand in."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from challenges.models import ChallengeIndexPage
from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES, blocks, identity, locale_of, publish, stream
from cms.demo_loader.reading import Demo
from cms.demo_loader.richtext import BRIEF, address_of, rich_text
from cms.models import HomePage, TutorialIndexPage
from community.models import MoocSettings
from microblog.connecting import connect_practice
from microblog.models import TimelineSettings

INDEXES: dict[str, type[ChallengeIndexPage] | type[TutorialIndexPage]] = {
    "challenges": ChallengeIndexPage,
    "tutorials": TutorialIndexPage,
}


class DemoRefused(Exception):
    """The demo can't be loaded here; the message says why."""


def load_house(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many items are new. Raises DemoRefused where the site has pages of its own."""
    made = 0
    for language in LANGUAGES:
        made += ledger.load(f"page:home:{language}", _home, demo, language, now)
        home = ledger.room("home", language, HomePage)
        if home is None:
            continue
        for name in INDEXES:
            made += ledger.load(
                f"page:{name}:{language}",
                _index,
                demo,
                name,
                home,
                now,
            )
    return made + ledger.load("settings", _settings)


def _home(demo: Demo, language: str, now: datetime) -> HomePage:
    fields, key = demo.page("home", language), identity("home")
    welcome = _welcome_page() if language == settings.LANGUAGE_CODE else None
    page = HomePage(
        title="Envol",
        slug=f"envol-{language}",
        locale=locale_of(language),
        translation_key=key,
        headline=fields["headline"],
        lead=fields["lead"],
        steps=stream(
            *blocks(
                "step",
                [{"title": step["title"], "text": step["body"]} for step in fields["steps"]],
                of=key,
            )
        ),
    )
    publish(Page.get_first_root_node(), page, now=now)
    if language == settings.LANGUAGE_CODE:
        _stand_on(page)
        if welcome:
            # Read again: publishing has moved the tree's numbers on.
            Page.objects.get(pk=welcome.pk).delete()
    return page


def _welcome_page() -> Page | None:
    """The page that Wagtail begins with. Raises DemoRefused where somebody has made their own."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    page = site.root_page
    if page.specific_class is not Page or page.numchild:
        raise DemoRefused(
            "This site has pages of its own already; the demo is made for one that is new."
        )
    return page if page.depth > 1 else None


def _stand_on(home: HomePage) -> None:
    """The site's address leads to this page, under the name that the settings give it."""
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = "Envol"
    site.root_page = home
    site.save()


def _index(demo: Demo, name: str, home: HomePage, now: datetime) -> Page:
    fields = demo.page(name, home.locale.language_code)
    page = INDEXES[name](
        title=fields["title"],
        slug=address_of(fields["title"]),
        locale=home.locale,
        translation_key=identity(name),
        intro=rich_text(fields["lead"], BRIEF),
    )
    return publish(home, page, now=now)


def _settings() -> None:
    """Rows for editors to find, with the values that the models begin with; our own voice."""
    for site in Site.objects.filter(is_default_site=True):
        for setting in (MoocSettings, TimelineSettings):
            setting.for_site(site)
    connect_practice(language=settings.LANGUAGE_CODE)
