"""Tutorials, and the challenges that each one leads to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from challenges.models import ChallengePage
from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES, blocks, identity, photo_of, publish, stream
from cms.demo_loader.photos import drawn
from cms.demo_loader.reading import Demo, Fields
from cms.demo_loader.richtext import address_of, rich_text
from cms.models import TutorialIndexPage, TutorialPage


def load_tutorials(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many are new."""
    made = 0
    for language in LANGUAGES:
        index = ledger.room("tutorials", language, TutorialIndexPage)
        if index is None:
            continue
        for slug in demo.tutorials(language):
            made += ledger.load(
                f"tutorial:{slug}:{language}",
                _tutorial,
                demo,
                ledger,
                slug,
                index,
                now,
            )
    return made


def _tutorial(
    demo: Demo, ledger: Ledger, slug: str, index: TutorialIndexPage, now: datetime
) -> TutorialPage:
    index.refresh_from_db()
    language = index.locale.language_code
    fields, key = demo.tutorials(language)[slug], identity("tutorial", slug)
    page = TutorialPage(
        title=fields["title"],
        slug=address_of(fields["title"]),
        locale=index.locale,
        translation_key=key,
        summary=fields["summary"],
        minutes=fields["minutes"],
        steps=stream(*blocks("step", _steps(demo, ledger, fields, language, of=key), of=key)),
        try_it_text=fields["try_it"],
    )
    return publish(index, page, now=now, place=fields["order"])


def _steps(
    demo: Demo, ledger: Ledger, fields: Fields, language: str, *, of: UUID
) -> list[dict[str, Any]]:
    steps = [
        {
            "heading": step["heading"],
            "text": rich_text(step["body"]),
            "tip": step.get("tip", "").strip(),
            "networks": places(demo, ledger, step, language, of=identity(of, "places", number)),
        }
        for number, step in enumerate(fields["steps"], 1)
    ]
    photo = photo_of(ledger, fields.get("photo"))
    if photo:
        alt_text = demo.photos[fields["photo"]][f"alt_{language}"]
        steps[0]["image"] = {"image": photo.pk, "alt_text": alt_text, "decorative": False}
    return steps


def places(
    demo: Demo, ledger: Ledger, step: Fields, language: str, *, of: UUID
) -> list[dict[str, Any]]:
    """The step as it is on each network that it names."""
    told = [
        {
            "network": one["network"],
            "text": rich_text(one["text"]),
            "image": drawn(demo, ledger, one.get("picture"), language),
        }
        for one in step.get("networks", ())
    ]
    return blocks("item", told, of=of)


def load_ways_on(demo: Demo, ledger: Ledger) -> int:
    """Tutorials come before the challenges they lead to; when both are there, they are tied."""
    return sum(
        ledger.load(
            f"tutorial:{slug}:{language}:challenges",
            _tie,
            demo,
            ledger,
            slug,
            language,
        )
        for language in LANGUAGES
        for slug in demo.tutorials(language)
    )


def _tie(demo: Demo, ledger: Ledger, slug: str, language: str) -> None:
    """What an editor has begun to change meanwhile is left to them."""
    page = ledger.find(f"tutorial:{slug}:{language}", TutorialPage)
    if page is None or page.has_unpublished_changes or page.revisions.count() > 1:
        return
    names = demo.tutorials(language)[slug]["challenges"]
    found = [ledger.find(f"challenge:{name}:{language}", ChallengePage) for name in names]
    page.related_challenges = [challenge for challenge in found if challenge]
    page.save_revision().publish()
