"""Charter, guides, frequent questions and the welcome kit. A file that isn't there is a page that
isn't."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from wagtail.models import Page

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES, blocks, identity, publish, stream
from cms.demo_loader.reading import Demo, Fields
from cms.demo_loader.richtext import BRIEF, PROSE, address_of, rich_text
from cms.demo_loader.tools import found
from cms.models import (
    CharterPage,
    FaqPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    TermPage,
    ToolPage,
    TutorialPage,
    WelcomeKitPage,
)

GUIDE = "families"
"""Whose contacts the booklet names."""

Make = Callable[[Fields, HomePage], Page]


def load_reference(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many items are new."""
    made = 0
    for language in LANGUAGES:
        home = ledger.room("home", language, HomePage)
        if home is None:
            continue
        files: Mapping[str, tuple[Fields | None, Make]] = {
            "charter": (demo.perhaps_page("charter", language), _charter),
            "faq": (demo.faq(language), _faq),
            "guides": (demo.perhaps_page("guides", language), _guides),
        }
        for name, (fields, make) in files.items():
            if fields is not None:
                key = f"page:{name}:{language}"
                made += ledger.load(key, _place, make, fields, home, now)
        shelf = ledger.room("guides", language, GuideIndexPage)
        if shelf is None:
            continue
        for slug, fields in demo.guides(language).items():
            made += ledger.load(f"guide:{slug}:{language}", _guide, slug, fields, shelf, now)
    return made


def _place(make: Make, fields: Fields, home: HomePage, now: datetime) -> Page:
    home.refresh_from_db()
    page = make(fields, home)
    page.title, page.locale = fields["title"], home.locale
    page.slug = address_of(fields["title"])
    return publish(home, page, now=now)


def _charter(fields: Fields, _home: HomePage) -> Page:
    key = identity("charter")
    promises = [
        {"title": one["title"], "body": rich_text(one["body"])} for one in fields["commitments"]
    ]
    return CharterPage(
        translation_key=key,
        lead=fields["lead"],
        commitments=stream(*blocks("commitment", promises, of=key)),
        closing=rich_text(fields.get("closing", "")),
    )


def _faq(fields: Fields, _home: HomePage) -> Page:
    key = identity("faq")
    groups = [
        {
            "title": group["title"],
            "questions": [
                {"type": "item", "value": asked(one), "id": str(identity(key, number, place))}
                for place, one in enumerate(group["questions"], 1)
            ],
        }
        for number, group in enumerate(fields["groups"], 1)
    ]
    return FaqPage(
        translation_key=key,
        lead=fields.get("lead", ""),
        groups=stream(*blocks("group", groups, of=key)),
    )


def asked(fields: Fields) -> dict[str, str]:
    return {"question": fields["question"], "answer": rich_text(fields["answer"], PROSE)}


def _guides(fields: Fields, _home: HomePage) -> Page:
    return GuideIndexPage(
        translation_key=identity("guides"), intro=rich_text(fields["lead"], BRIEF)
    )


def _guide(slug: str, fields: Fields, shelf: GuideIndexPage, now: datetime) -> GuidePage:
    shelf.refresh_from_db()
    key = identity("guide", slug)
    sections = [
        {"heading": one["heading"], "body": rich_text(one["body"], PROSE)}
        for one in fields["sections"]
    ]
    page = GuidePage(
        title=fields["title"],
        slug=address_of(fields["title"]),
        locale=shelf.locale,
        translation_key=key,
        audience=fields.get("audience", GuidePage.Audience.EVERYBODY),
        lead=fields["lead"],
        sections=stream(*blocks("section", sections, of=key)),
        contacts=stream(*blocks("contact", fields.get("contacts", ()), of=key)),
    )
    return publish(shelf, page, now=now)


def load_kits(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many are new. After all that it names."""
    made = 0
    for language in LANGUAGES:
        home = ledger.room("home", language, HomePage)
        fields = demo.perhaps_page("welcome_kit", language)
        if home is not None and fields is not None:
            key = f"page:welcome_kit:{language}"
            made += ledger.load(key, _kit, ledger, fields, home, now)
    return made


def _kit(ledger: Ledger, fields: Fields, home: HomePage, now: datetime) -> Page:
    language, key = home.locale.language_code, identity("welcome_kit")
    lessons: list[Page] = [
        *found(ledger, "tutorial", fields.get("tutorials", ()), language, TutorialPage),
        *found(ledger, "tool", fields.get("tools", ()), language, ToolPage),
    ]
    terms = found(ledger, "term", fields.get("terms", ()), language, TermPage)

    def make(fields: Fields, _home: HomePage) -> Page:
        return WelcomeKitPage(
            translation_key=key,
            lead=fields["lead"],
            lessons=_pages(lessons, key),
            terms=_pages(terms, key),
            charter=ledger.find(f"page:charter:{language}", CharterPage),
            guide=ledger.find(f"guide:{GUIDE}:{language}", GuidePage),
        )

    return _place(make, fields, home, now)


def _pages(pages: list[Any], key: Any) -> str:
    return stream(*blocks("page", [page.pk for page in pages], of=key))
