"""How many badge pictures a second are baked, and awards issued, beside the library alone."""

import json
from io import BytesIO

import openbadges_bakery
from django.utils import timezone

from badges.baking import bake
from badges.issuing import issue_awards
from badges.models import Award
from bench.measuring import Effort, Row, per_second
from microblog.doorbells import silence

RAW = "openbadges_bakery.bake"


def measure(effort: Effort) -> list[Row]:
    with silence():
        _issue_all()
        award = Award.objects.exclude(issued_at=None).select_related("badge_class__image")[0]
        with award.badge_class.medallion.file.open("rb") as file:
            picture = file.read()
        document = award.assertion
        text = json.dumps(document)
        rounds = effort.choose(5, 3)
        raw = per_second(
            lambda: openbadges_bakery.bake(BytesIO(picture), text, BytesIO()), rounds=rounds
        )
        ours = per_second(lambda: bake(picture, document), rounds=rounds)
        issued = per_second(_issue_again, things=Award.objects.standing().count(), rounds=rounds)
    return [
        Row("bake a badge", ours, "PNG/s", RAW, raw),
        Row("issue awards (document, PNG, row)", issued, "awards/s", RAW, raw),
    ]


def _issue_again() -> None:
    Award.objects.update(issued_at=None, next_attempt_at=None)
    _issue_all()


def _issue_all() -> None:
    while issue_awards(timezone.now()):
        continue
