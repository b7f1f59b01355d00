"""Badges, deeds and awards, said shortly."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model

from badges.announcing import announce_awards
from badges.evaluating import evaluate_events
from badges.issuing import issue_awards
from badges.models import Award, BadgeClass
from community.models import LearningEvent, Participant
from tests.builders import NOON

_numbers = count(1)


@cache
def a_png(side: int = 64, colour: str = "#e4572e") -> bytes:
    """A small round medallion on a transparent ground."""
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    picture.paste(colour, (side // 4, side // 4, side * 3 // 4, side * 3 // 4))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def an_image(name: str = "badge"):
    return get_image_model().objects.create(
        title=name, alt_text=name, file=ContentFile(a_png(), name=f"{name}.png")
    )


def asked(*kinds: str, count: int = 1, **params: Any) -> dict[str, Any]:
    """A condition on deeds, as the editor keeps it."""
    return {"type": "events", "value": {"events": list(kinds), "count": count, **params}}


def group(way: str, *rules: dict[str, Any]) -> dict[str, Any]:
    return {"type": way, "value": {"rules": list(rules)}}


def holding(*badges: BadgeClass) -> dict[str, Any]:
    items = [{"type": "item", "value": badge.pk, "id": str(uuid4())} for badge in badges]
    return {"type": "badges", "value": {"badges": items}}


def a_badge(slug: str = "tuteur", *rules: dict[str, Any], **fields: Any) -> BadgeClass:
    """Published; by default given for helping once."""
    defaults = {
        "name_fr": f"Le badge {slug}",
        "name_en": f"The {slug} badge",
        "description_fr": "Tu as aidé quelqu’un.",
        "description_en": "You helped somebody.",
        "criteria_fr": "Aider **une** personne.",
        "criteria_en": "Help **one** person.",
    }
    return BadgeClass.objects.create(
        slug=slug,
        rules=json.dumps(list(rules) or [asked("helped")]),
        **{"image": an_image(slug), **defaults, **fields},
    )


def did(
    kind: str,
    participant: Participant,
    *,
    other: Participant | None = None,
    at: datetime | None = None,
    **fields: Any,
) -> LearningEvent:
    number = next(_numbers)
    return LearningEvent.objects.create(
        kind=kind,
        source_key=f"test:{number}",
        participant=participant,
        other=other,
        occurred_at=at or NOON + timedelta(minutes=number),
        evidence_url=fields.pop("evidence_url", f"https://envol.example/posts/{number}"),
        **fields,
    )


def people(number: int, *, consent: str = "show") -> list[Participant]:
    return Participant.objects.bulk_create(
        Participant(name=f"Person {n}", consent=consent) for n in range(number)
    )


def drain(now: datetime = NOON) -> int:
    """Everything that the badges' steps have to do; returns how many rows moved."""
    moved = 0
    for step in (evaluate_events, issue_awards, announce_awards):
        while done := step(now):
            moved += done
    return moved


def an_award(badge: BadgeClass, participant: Participant, *, issued: bool = True) -> Award:
    """Earned by a deed; issued, unless it is said otherwise."""
    did("helped", participant, post=None)
    evaluate_events(NOON)
    while issued and issue_awards(NOON):
        pass
    return Award.objects.get(badge_class=badge, recipient=participant)


def slugs(awards: Sequence[Award]) -> set[str]:
    return {award.badge_class.slug for award in awards}
