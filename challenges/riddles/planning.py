"""Hints and reveals that go out by themselves, on the riddle's own plan."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet

from challenges.conducting import NotNow, reveal_riddle, send_hint
from challenges.models import Launch, PhotoRiddlePage
from challenges.posts import NoPicture
from community.sites import within
from microblog.steps import Backlog

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """The next thing that a riddle gives away: hint `number`, or 0 for the answer."""

    at: datetime
    page: PhotoRiddlePage
    number: int


def planned_steps(now: datetime, *, site_id: int | None = None) -> Sequence[PlannedStep]:
    """The next hint and the reveal of every riddle of one MOOC (None: of all) that has a plan, the
    nearest first. Two queries, whatever the number of riddles."""
    found = _with_plan().filter(within(site_id))
    pages = list({page.translation_key: page for page in found}.values())
    if not pages:
        return []
    launched = _launched(pages)
    steps = [step for page in pages for step in _steps_of(page, launched)]
    return sorted(steps, key=lambda step: (step.at, step.page.pk))


def _with_plan() -> QuerySet[PhotoRiddlePage]:
    """The oldest page of a riddle comes last: its plan is the riddle's."""
    open_ones = PhotoRiddlePage.objects.live().filter(
        revealed_at=None, closed_at=None, alias_of=None
    )
    planned = open_ones.exclude(hint_every=None, reveal_at=None)
    return planned.select_related("locale").order_by("-pk")


def _launched(pages: Sequence[PhotoRiddlePage]) -> dict[object, datetime]:
    """When each was launched last, by translation key; only what went out counts."""
    rounds = Launch.objects.exclude(promised_at=None).filter(
        challenge_key__in=[page.translation_key for page in pages]
    )
    found = rounds.order_by().values("challenge_key").annotate(at=Max("promised_at"))
    return dict(found.values_list("challenge_key", "at"))


def _steps_of(page: PhotoRiddlePage, launched: dict[object, datetime]) -> Iterator[PlannedStep]:
    begun = launched.get(page.translation_key)
    if page.hint_every and begun and page.hints_given < len(page.all_hints):
        since = max(begun, page.hinted_at or begun)
        yield PlannedStep(since + timedelta(hours=page.hint_every), page, page.hints_given + 1)
    if page.reveal_at and (begun is None or page.reveal_at >= begun):
        # A moment before the latest launch was that of an earlier round.
        yield PlannedStep(page.reveal_at, page, 0)


def give_planned(now: datetime) -> int:
    """Give what is due; returns how many hints and answers went out. What can't be given now, for
    its photo can't be read, hinders no other riddle."""
    given = 0
    for step in planned_steps(now):
        if step.at > now:
            break
        try:
            given += _give(step, now)
        except (NotNow, NoPicture):
            logger.exception("Riddle %s can't give step %s.", step.page.pk, step.number)
    return given


def _give(step: PlannedStep, now: datetime) -> bool:
    if step.number:
        return send_hint(step.page, number=step.number, now=now)
    return reveal_riddle(step.page, now=now)


def backlog(now: datetime) -> Backlog:
    due = [step.at for step in planned_steps(now) if step.at <= now]
    return Backlog(len(due), min(due, default=None))
