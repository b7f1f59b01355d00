"""A challenge as its readers see it: the levels, what they did, and what others answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from wagtail.models import Page

from challenges.levels import Level, read_levels
from challenges.models import ChallengePage, Submission
from rulebook import Outcome

Reader = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Progress:
    """What a reader did, with any of their accounts: levels passed, and the answer looked at
    last."""

    passed: frozenset[UUID] = frozenset()
    last: Submission | None = None

    @property
    def verdict(self) -> Mapping[str, Any]:
        """For _partials/verdict.html: what is there first, then what is missing."""
        if self.last is None:
            return {}
        found = self.last.verdict
        there = [str(finding.explanation) for finding in found.present]
        rest = [str(f.explanation) for f in found.findings if f.outcome is not Outcome.ACCEPTED]
        note = [self.last.note] if self.last.note else []
        return {"state": self.last.outcome, "title": "", "lines": [*there, *rest, *note]}


@dataclass(frozen=True, slots=True)
class ShownLevel:
    level: Level
    passed: bool


def shown_levels(page: ChallengePage, progress: Progress) -> list[ShownLevel]:
    """With what will count; the secret isn't needed for that, only that there is one."""
    levels = read_levels(page.levels, answers=["?"])
    return [ShownLevel(level, level.id in progress.passed) for level in levels]


def progress_of(reader: Reader, page: ChallengePage) -> Progress:
    if not reader.is_authenticated:
        return Progress()
    mine = list(
        Submission.objects.filter(
            challenge_key=page.translation_key, account__link__participant__user=reader.pk
        ).select_related("post__author")
    )
    accepted = frozenset(row.level for row in mine if row.outcome == Outcome.ACCEPTED.value)
    return Progress(accepted, _last(mine))


def _last(mine: Sequence[Submission]) -> Submission | None:
    """Of the post judged last, the best that was found about it."""
    order = [Outcome.ACCEPTED.value, Outcome.WITH_TUTOR.value, Outcome.NOT_YET.value]
    alive = [row for row in mine if row.post.deleted_at is None]
    return min(
        alive,
        key=lambda row: (
            -row.post.said_at.timestamp(),
            order.index(row.outcome),
            -row.level_number,
        ),
        default=None,
    )


def levels_passed(reader: Reader, pages: Sequence[ChallengePage]) -> dict[UUID, int]:
    """How many levels of each challenge the reader has passed."""
    if not reader.is_authenticated:
        return {}
    rows = (
        Submission.objects.accepted()
        .filter(
            challenge_key__in=[page.translation_key for page in pages],
            account__link__participant__user=reader.pk,
        )
        .order_by()
        .values("challenge_key")
        .annotate(passed=Count("level", distinct=True))
    )
    return {row["challenge_key"]: row["passed"] for row in rows}


def helpful_pages(page: ChallengePage) -> list[Page]:
    """In the page's own language where there is a translation."""
    chosen = [block["value"] for block in page.helpful_pages.raw_data if block["value"]]
    if not chosen:
        return []
    keys = Page.objects.filter(pk__in=chosen).values("translation_key")
    family = Page.objects.live().filter(translation_key__in=keys).select_related("locale")
    best: dict[UUID, Page] = {}
    for one in family.order_by("pk"):
        if one.translation_key not in best or one.locale_id == page.locale_id:
            best[one.translation_key] = one
    return list(best.values())
