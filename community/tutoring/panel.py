"""What the logbook shows of one's tutor: who they are, or that there could be one."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from community.logbook import Panel, enter_panel
from community.models import Mentorship, Participant, TutorRequest
from community.tutoring.asking import is_waiting, may_be_asked
from community.tutoring.showing import has_tutors, language_names
from community.tutoring.telling import main_accounts

CELEBRATED = timedelta(days=30)


def read_tutor(person: Participant) -> dict[str, Any]:
    """Four queries at most."""
    now = timezone.now()
    latest = Mentorship.objects.filter(mentee=person).select_related("tutor__tutoring").first()
    if latest and latest.ended_at is None:
        tutoring = getattr(latest.tutor, "tutoring", None)
        return {
            "mentorship": latest,
            "account": main_accounts([latest.tutor_id]).get(latest.tutor_id),
            "tutoring": tutoring,
            "languages": language_names(tutoring.languages if tutoring else []),
            "is_away": bool(tutoring and tutoring.is_away(now)),
        }
    wish = TutorRequest.objects.filter(participant=person).first()
    has_flown = bool(latest and latest.ending == Mentorship.Ending.GRADUATED)
    return {
        "is_waiting": is_waiting(wish),
        "flown_with": latest.tutor
        if latest and latest.ended_at and has_flown and latest.ended_at > now - CELEBRATED
        else None,
        "is_offered": bool(
            person.embarked_at
            and not has_flown
            and not hasattr(person, "tutoring")
            and may_be_asked(wish, now=now)
            and has_tutors(now=now)
        ),
    }


enter_panel(Panel("tutor", "community/panels/tutor.html", read_tutor))
