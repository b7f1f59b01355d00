"""What the logbook shows of badges: those one has, and those within reach."""

from typing import Any

from badges.progress import nearest, progress_of
from community.logbook import Panel, enter_panel
from community.models import Participant


def read_badges(person: Participant) -> dict[str, Any]:
    progress = progress_of(person)
    return {
        "held": [one for one in progress if one.award],
        "ahead": nearest([one for one in progress if not one.award]),
    }


enter_panel(Panel("badges", "badges/parts/panel.html", read_badges))
