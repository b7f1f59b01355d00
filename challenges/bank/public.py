"""The rounds to come, as everybody may know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from challenges.bank.forecast import coming_launches
from challenges.models import BankSchedule, ChallengePage, Launch
from community.sites import belongs_to, within

MOST = 20


@dataclass(frozen=True, slots=True)
class ComingRound:
    """`page` is None where the challenge isn't public yet, for its title would give it away, or
    where chance decides; `queue` says then what it will be like."""

    at: datetime
    queue: str
    page: ChallengePage | None = None
    returns: bool = False


def coming_rounds(
    *, now: datetime, until: datetime, site_id: int | None = None
) -> Sequence[ComingRound]:
    """Of a MOOC, in the reader's language where there is a translation; a constant number of
    queries."""
    own = belongs_to(site_id)
    queues = list(BankSchedule.objects.filter(own)) if own else None
    planned = [
        (one.due_at, one.schedule.name, one.page, one.returns)
        for one in coming_launches(now=now, until=until, schedules=queues)
        if not one.is_skipped and not one.is_planned
    ]
    here = Launch.objects.filter(within(site_id, "challenge__"))
    launches = here.filter(promised_at=None, due_at__gt=now, due_at__lte=until)
    planned += [
        (one.due_at, one.slot.schedule.name if hasattr(one, "slot") else "", one.challenge, False)
        for one in launches.select_related("challenge", "slot__schedule")
    ]
    known = _known([page for _at, _queue, page, _returns in planned if page])
    planned.sort(key=lambda one: one[0])
    return [
        ComingRound(at, queue, known.get(page.translation_key) if page else None, returns)
        for at, queue, page, returns in planned[:MOST]
    ]


def _known(pages: Sequence[ChallengePage]) -> dict[Any, ChallengePage]:
    """Of the challenges that are public, the page to read."""
    keys = {page.translation_key for page in pages}
    public = ChallengePage.objects.live().public().filter(translation_key__in=keys)
    chosen: dict[Any, ChallengePage] = {}
    for page in public.select_related("locale").order_by("pk"):
        mine = page.locale.language_code == get_language()
        if mine or page.translation_key not in chosen:
            chosen[page.translation_key] = page
    return chosen
