"""The pages that tell about the house: how to come aboard, and why all this."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import override
from wagtail.models import Page

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES, identity, publish, stream
from cms.demo_loader.reading import Demo, Fields
from cms.demo_loader.richtext import BRIEF, PROSE, address_of, rich_text, sections, through_editor
from cms.models import ContentPage, HomePage

PAGES = ("embark", "about")
SPEAKER = {"name": "Nia", "handle": "nia"}

Block = tuple[str, Any]


def load_words(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many are new. After tutorials and challenges, to which these pages lead."""
    made = 0
    for language in LANGUAGES:
        home = ledger.room("home", language, HomePage)
        if home is None:
            continue
        for name in PAGES:
            made += ledger.load(
                f"page:{name}:{language}",
                _page,
                demo,
                ledger,
                name,
                home,
                now,
            )
    return made


def _page(demo: Demo, ledger: Ledger, name: str, home: HomePage, now: datetime) -> ContentPage:
    home.refresh_from_db()
    language = home.locale.language_code
    fields, key = demo.page(name, language), identity(name)
    rows = [
        {"type": kind, "value": value, "id": str(identity(key, number))}
        for number, (kind, value) in enumerate(_body(fields, ledger, language), 1)
    ]
    page = ContentPage(
        title=fields["title"],
        slug=address_of(fields["title"]),
        locale=home.locale,
        translation_key=key,
        show_in_menus=True,
        intro=rich_text(fields["lead"], BRIEF),
        body=stream(*rows),
    )
    return publish(home, page, now=now)


def _body(fields: Fields, ledger: Ledger, language: str) -> Iterator[Block]:
    if "example_post" in fields:
        yield "example", {**SPEAKER, "text": fields["example_post"]}
    if "starters" in fields:
        yield "text", _starters(fields, ledger, language)
    for heading, text in sections(fields["body"]):
        if heading:
            yield "heading", heading
        yield "text", rich_text(text, PROSE)


def _starters(fields: Fields, ledger: Ledger, language: str) -> str:
    """A numbered list; each begins with a link to where it is done."""
    items = format_html_join(
        "",
        "<li>{}. {}</li>",
        (
            (_link(starter["link"], starter["title"], ledger, language), starter["body"])
            for starter in fields["starters"]
        ),
    )
    return through_editor(format_html("<ol>{}</ol>", items), PROSE)


def _link(target: str, title: str, ledger: Ledger, language: str) -> SafeString:
    """`target`: "tutorial:<slug>", "challenge:<slug>" or "timeline"."""
    if target == "timeline":
        with override(language):
            return format_html('<a href="{}">{}</a>', reverse("microblog:local_timeline"), title)
    page = ledger.find(f"{target}:{language}", Page)
    if page is None:
        return format_html("<b>{}</b>", title)
    return format_html('<a linktype="page" id="{}">{}</a>', page.pk, title)
