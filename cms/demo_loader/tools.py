"""Tool posts, beside the tutorials and after the challenges: both are named in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from wagtail.models import Page

from challenges.models import ChallengePage
from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES, blocks, identity, publish, stream
from cms.demo_loader.photos import drawn
from cms.demo_loader.reading import Demo, Fields
from cms.demo_loader.richtext import address_of, rich_text
from cms.demo_loader.tutorials import places
from cms.models import ToolPage, TutorialIndexPage, TutorialPage

P = TypeVar("P", bound=Page)


def load_tools(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many are new."""
    made = 0
    for language in LANGUAGES:
        index = ledger.room("tutorials", language, TutorialIndexPage)
        if index is None:
            continue
        for slug in demo.tools(language):
            made += ledger.load(f"tool:{slug}:{language}", _tool, demo, ledger, slug, index, now)
    return made


def _tool(
    demo: Demo, ledger: Ledger, slug: str, index: TutorialIndexPage, now: datetime
) -> ToolPage:
    index.refresh_from_db()
    language = index.locale.language_code
    fields, key = demo.tools(language)[slug], identity("tool", slug)
    steps = [
        _step(demo, ledger, one, language, of=identity(key, "places", number))
        for number, one in enumerate(fields["sections"], 1)
    ]
    page = ToolPage(
        title=fields["title"],
        slug=address_of(fields["title"]),
        locale=index.locale,
        translation_key=key,
        summary=fields["summary"],
        minutes=fields["minutes"],
        steps=stream(*blocks("step", steps, of=key)),
        try_it_text=fields.get("try_it", ""),
    )
    tutorials, challenges = fields.get("tutorials", ()), fields.get("challenges", ())
    page.related_tutorials = found(ledger, "tutorial", tutorials, language, TutorialPage)
    page.related_challenges = found(ledger, "challenge", challenges, language, ChallengePage)
    return publish(index, page, now=now, place=fields.get("order", 0))


def _step(demo: Demo, ledger: Ledger, fields: Fields, language: str, *, of: UUID) -> dict[str, Any]:
    return {
        "heading": fields["heading"],
        "text": rich_text(fields["body"]),
        "tip": fields.get("tip", "").strip(),
        "image": drawn(demo, ledger, fields.get("picture"), language),
        "networks": places(demo, ledger, fields, language, of=of),
    }


def found(
    ledger: Ledger, kind: str, slugs: Sequence[str], language: str, model: type[P]
) -> list[P]:
    """Those of them that were loaded and are still there, in this order."""
    pages = [ledger.find(f"{kind}:{slug}:{language}", model) for slug in slugs]
    return [page for page in pages if page]
