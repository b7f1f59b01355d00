"""Portraits and articles: they belong to the demo's people, and come after them."""

from datetime import datetime, timedelta
from typing import Any

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES, blocks, identity, photo_of, publish, stream
from cms.demo_loader.people import person_behind
from cms.demo_loader.reading import Demo, Fields
from cms.demo_loader.reference import asked
from cms.demo_loader.richtext import BRIEF, PROSE, address_of, rich_text
from cms.models import ArticleIndexPage, ArticlePage, HomePage, PortraitIndexPage, PortraitPage

SHELVES: dict[str, type[ArticleIndexPage] | type[PortraitIndexPage]] = {
    "articles": ArticleIndexPage,
    "portraits": PortraitIndexPage,
}


def load_stories(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many items are new."""
    made = 0
    for language in LANGUAGES:
        home = ledger.room("home", language, HomePage)
        if home is None:
            continue
        for name in SHELVES:
            fields = demo.perhaps_page(name, language)
            if fields is not None:
                key = f"page:{name}:{language}"
                made += ledger.load(key, _shelf, name, fields, home, now)
        made += _load_portraits(demo, ledger, language, now)
        made += _load_articles(demo, ledger, language, now)
    return made


def _shelf(name: str, fields: Fields, home: HomePage, now: datetime) -> Any:
    home.refresh_from_db()
    page = SHELVES[name](
        title=fields["title"],
        slug=address_of(fields["title"]),
        locale=home.locale,
        translation_key=identity(name),
        intro=rich_text(fields["lead"], BRIEF),
    )
    return publish(home, page, now=now)


def _load_portraits(demo: Demo, ledger: Ledger, language: str, now: datetime) -> int:
    shelf = ledger.room("portraits", language, PortraitIndexPage)
    if shelf is None:
        return 0
    return sum(
        ledger.load(f"portrait:{handle}:{language}", _portrait, ledger, handle, fields, shelf, now)
        for handle, fields in demo.portraits(language).items()
    )


def _portrait(
    ledger: Ledger, handle: str, fields: Fields, shelf: PortraitIndexPage, now: datetime
) -> PortraitPage | None:
    """Nobody's portrait where the person isn't there any more."""
    person = person_behind(ledger, fields.get("handle", handle))
    if person is None:
        return None
    shelf.refresh_from_db()
    key = identity("portrait", handle)
    page = PortraitPage(
        title=fields["name"],
        slug=address_of(fields["name"]),
        locale=shelf.locale,
        translation_key=key,
        person=person,
        lead=fields["lead"],
        photo=photo_of(ledger, fields.get("photo")),
        answers=stream(*blocks("answer", [asked(one) for one in fields["answers"]], of=key)),
    )
    return publish(shelf, page, now=now)


def _load_articles(demo: Demo, ledger: Ledger, language: str, now: datetime) -> int:
    shelf = ledger.room("articles", language, ArticleIndexPage)
    if shelf is None:
        return 0
    return sum(
        ledger.load(f"article:{slug}:{language}", _article, ledger, slug, fields, shelf, now)
        for slug, fields in demo.articles(language).items()
    )


def _article(
    ledger: Ledger, slug: str, fields: Fields, shelf: ArticleIndexPage, now: datetime
) -> ArticlePage:
    shelf.refresh_from_db()
    key = identity("article", slug)
    rows = [
        {"type": kind, "value": value, "id": str(identity(key, number))}
        for number, (kind, value) in enumerate(_body(fields), 1)
    ]
    page = ArticlePage(
        title=fields["title"],
        slug=address_of(fields["title"]),
        locale=shelf.locale,
        translation_key=key,
        summary=fields["summary"],
        photo=photo_of(ledger, fields.get("photo")),
        author=person_behind(ledger, fields.get("author")),
        body=stream(*rows),
    )
    at = now - timedelta(days=fields.get("days_ago", 0))
    return publish(shelf, page, now=now, at=at)


def _body(fields: Fields) -> list[tuple[str, str]]:
    body = []
    for section in fields["sections"]:
        if section.get("heading"):
            body.append(("heading", section["heading"]))
        body.append(("text", rich_text(section["body"], PROSE)))
    return body
