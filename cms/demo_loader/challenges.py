"""Challenges of both kinds; a level has one number for all languages, so that whoever passed it in
one has passed it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from challenges.models import (
    ChallengeIndexPage,
    ChallengePage,
    MiniChallengePage,
    PhotoRiddlePage,
)
from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES, blocks, identity, photo_of, publish, stream
from cms.demo_loader.reading import Demo, Fields
from cms.demo_loader.richtext import BRIEF, address_of, rich_text
from cms.models import TutorialPage


def load_challenges(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many are new."""
    made = 0
    for language in LANGUAGES:
        index = ledger.room("challenges", language, ChallengeIndexPage)
        if index is None:
            continue
        for slug in demo.challenges(language):
            made += ledger.load(
                f"challenge:{slug}:{language}",
                _challenge,
                demo,
                ledger,
                slug,
                index,
                now,
            )
    return made


def _challenge(
    demo: Demo, ledger: Ledger, slug: str, index: ChallengeIndexPage, now: datetime
) -> ChallengePage:
    index.refresh_from_db()
    language = index.locale.language_code
    fields, key = demo.challenges(language)[slug], identity("challenge", slug)
    kind = PhotoRiddlePage if fields["kind"] == "riddle" else MiniChallengePage
    page = kind(
        locale=index.locale,
        translation_key=key,
        photo=photo_of(ledger, fields.get("photo")),
        photo_alt=_alt_text(demo, fields, language),
        helpful_pages=stream(*_helpful(ledger, fields, language, key)),
        **_words(fields, key),
        **(_secret(fields, ledger, key) if kind is PhotoRiddlePage else {}),
    )
    page.tags.add(*fields["families"])
    return publish(index, page, now=now, place=fields["order"])


def _words(fields: Fields, key: UUID) -> dict[str, Any]:
    examples = [{"author": "", "text": text} for text in fields["examples"]]
    return {
        "title": fields["title"],
        "slug": address_of(fields["title"]),
        "intro": fields["intro"],
        "description": rich_text(fields["description"]),
        "difficulty": fields["difficulty"],
        "hashtags": " ".join(fields["hashtags"]),
        "examples": stream(*blocks("post", examples, of=key)),
        "levels": stream(*blocks("level", _levels(fields, key), of=key)),
    }


def _levels(fields: Fields, key: UUID) -> list[dict[str, Any]]:
    return [
        {
            "title": level["title"],
            "task": rich_text(level["task"]),
            "tip": level.get("tip", ""),
            "rules": [
                {
                    "type": rule["key"],
                    "value": rule["params"],
                    "id": str(identity(key, "rule", number, place)),
                }
                for place, rule in enumerate(level["rules"], 1)
            ],
        }
        for number, level in enumerate(fields["levels"], 1)
    ]


def _secret(fields: Fields, ledger: Ledger, key: UUID) -> dict[str, Any]:
    return {
        "question": fields["question"],
        "answers": "\n".join(fields["answers"]),
        "near_misses": "\n".join(fields["near_misses"]),
        "hints": stream(*blocks("hint", fields["hints"], of=key)),
        "reveal_text": rich_text(fields["reveal"], BRIEF),
        "reveal_photo": photo_of(ledger, fields.get("reveal_photo")),
    }


def _alt_text(demo: Demo, fields: Fields, language: str) -> str:
    """The image itself keeps its description in one language; each page says its own."""
    photo = fields.get("photo")
    return str(demo.photos[photo][f"alt_{language}"]) if photo else ""


def _helpful(ledger: Ledger, fields: Fields, language: str, key: UUID) -> list[dict[str, Any]]:
    found = [
        ledger.find(f"tutorial:{slug}:{language}", TutorialPage) for slug in fields["tutorials"]
    ]
    return blocks("page", [page.pk for page in found if page], of=key)
