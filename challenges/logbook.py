"""What the logbook shows of challenges: those begun, and what was passed."""

from typing import Any

from django.db.models import Count, Max
from django.utils.translation import get_language

from challenges.models import ChallengePage, Submission
from community.logbook import Panel, enter_panel
from community.models import Participant

MOST = 24


def read_challenges(person: Participant) -> dict[str, Any]:
    """The latest first; each with the reader's language's page, where there is one."""
    rows = (
        Submission.objects.filter(account__link__participant=person, outcome="accepted")
        .order_by()
        .values("challenge_key")
        .annotate(passed=Count("level", distinct=True), latest=Max("accepted_at"))
        .order_by("-latest")[:MOST]
    )
    passed = {row["challenge_key"]: row["passed"] for row in rows}
    pages = ChallengePage.objects.live().filter(translation_key__in=passed).select_related("locale")
    chosen: dict[Any, ChallengePage] = {}
    for page in pages.order_by("pk"):
        if page.translation_key not in chosen or page.locale.language_code == get_language():
            chosen[page.translation_key] = page
    return {
        "challenges": [
            {"page": chosen[key], "passed": count, "total": len(chosen[key].levels)}
            for key, count in passed.items()
            if key in chosen
        ]
    }


enter_panel(Panel("challenges", "challenges/_logbook.html", read_challenges))
