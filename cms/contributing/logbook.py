"""What the logbook shows of somebody's texts."""

from typing import Any

from cms.models import Contribution
from community.logbook import Panel, enter_panel
from community.models import Participant

MOST = 12


def read_texts(person: Participant) -> dict[str, Any]:
    return {
        "texts": list(Contribution.objects.of(person)[:MOST]),
        "is_aboard": person.embarked_at is not None,
    }


enter_panel(Panel("texts", "cms/contributing/_panel.html", read_texts))
