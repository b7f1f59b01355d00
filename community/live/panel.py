"""The logbook's part on live events: those that I signed up for, or proposed."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from community.live.clocks import Hours
from community.live.pages import phase_of
from community.logbook import Panel, enter_panel
from community.models import LiveEvent, Participant

MOST_SHOWN = 10


def read_coming(person: Participant) -> Mapping[str, Any]:
    """In three queries: mine that aren't over, and where there are none, whether others come."""
    now = timezone.now()
    mine = Q(sign_ups__participant=person) | Q(proposed_by=person)
    ahead = LiveEvent.objects.filter(ends_at__gt=now).exclude(state=LiveEvent.State.DECLINED)
    found = list(
        ahead.filter(mine)
        .distinct()
        .prefetch_related("sign_ups")
        .order_by("starts_at")[:MOST_SHOWN]
    )
    return {
        "rows": [
            {
                "event": event,
                "hours": Hours.of(event),
                "phase": phase_of(event, now),
                "roles": [
                    one.get_role_display()
                    for one in event.sign_ups.all()
                    if one.participant_id == person.pk
                ],
            }
            for event in found
        ],
        "others": 0 if found else ahead.accepted().count(),
    }


enter_panel(Panel("live", "community/panels/live.html", read_coming))
