"""The lexicon: first all words, then what each leads to, and with that it is published."""

from datetime import datetime

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES, PUBLISHED, identity, publish
from cms.demo_loader.reading import Demo, Fields
from cms.demo_loader.richtext import BRIEF, PROSE, address_of, rich_text
from cms.demo_loader.tools import found
from cms.models import HomePage, LexiconPage, TermPage


def load_lexicon(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many items are new."""
    made = 0
    for language in LANGUAGES:
        home = ledger.room("home", language, HomePage)
        fields = demo.lexicon(language)
        if home is None or fields is None:
            continue
        made += ledger.load(f"page:lexicon:{language}", _lexicon, fields, home, now)
        lexicon = ledger.room("lexicon", language, LexiconPage)
        if lexicon is None:
            continue
        for term in fields["terms"]:
            key = f"term:{term['slug']}:{language}"
            made += ledger.load(key, _term, term, lexicon, now)
        for term in fields["terms"]:
            key = f"term:{term['slug']}:{language}:see"
            made += ledger.load(key, _tie, ledger, term, language)
    return made


def _lexicon(fields: Fields, home: HomePage, now: datetime) -> LexiconPage:
    home.refresh_from_db()
    page = LexiconPage(
        title=fields["title"],
        slug=address_of(fields["title"]),
        locale=home.locale,
        translation_key=identity("lexicon"),
        intro=rich_text(fields["lead"], BRIEF),
    )
    return publish(home, page, now=now)


def _term(fields: Fields, lexicon: LexiconPage, now: datetime) -> TermPage:
    lexicon.refresh_from_db()
    page = TermPage(
        title=fields["term"],
        slug=address_of(fields["slug"]),
        locale=lexicon.locale,
        translation_key=identity("term", fields["slug"]),
        variants="\n".join(fields.get("variants", ())),
        short=fields["short"],
        body=rich_text(fields.get("body", ""), PROSE) if fields.get("body", "").strip() else "",
        live=False,
        first_published_at=now - PUBLISHED,
    )
    lexicon.add_child(instance=page)
    return page


def _tie(ledger: Ledger, fields: Fields, language: str) -> None:
    """What an editor has begun to change meanwhile is left to them."""
    page = ledger.find(f"term:{fields['slug']}:{language}", TermPage)
    if page is None or page.latest_revision_id:
        return
    page.see_also = found(ledger, "term", fields.get("see", ()), language, TermPage)
    page.save_revision().publish()
