"""What the logbook shows of one's reading: what I found, what I put forward."""

from typing import Any

from community.logbook import Panel, enter_panel
from community.models import LearningEvent, Participant
from community.sites import default_site_id
from curation.access import may_curate
from curation.models import Item, Pick

SHOWN = 5


def read_curation(person: Participant) -> dict[str, Any]:
    """Seven queries at most, four of them about what they may do."""
    picks = Pick.objects.filter(curator=person, item__state=Item.State.PUBLISHED)
    finds = person.finds.filter(item__state=Item.State.PUBLISHED, item__united_with=None)  # type: ignore[attr-defined]
    taken = person.learning_events.standing().filter(kind=LearningEvent.Kind.FOUND)
    site = default_site_id()
    items = Item.objects.filter(pk__in=finds.values("item")).order_by("-shown_at", "-pk")
    found = list(items[:SHOWN])
    return {
        "picks": list(picks.select_related("item")[:SHOWN]),
        "found": found,
        "taken_count": taken.count() if found else 0,
        "may_curate": bool(person.user and site and may_curate(person.user, site)),
    }


enter_panel(Panel("curation", "curation/panel.html", read_curation))
