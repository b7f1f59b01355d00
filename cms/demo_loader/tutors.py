"""Who sits beside whom in the demo: one tutor with two newcomers, one with a place free."""

from datetime import datetime

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.people import person_behind
from community.models import Load, Topic, Tutoring, TutorRequest
from community.tutoring.asking import ask_for_tutors
from community.tutoring.assigning import assign_tutors
from community.tutoring.volunteering import Offer, volunteer
from microblog.doorbells import silence

FIRST = ("tomas", Offer(Load.NORMAL, ["fr", "en"], [Topic.FIRST_STEPS, Topic.PHOTOS, Topic.LIVE]))
NEWCOMERS = ("nia", "samir")
SECOND = ("berenice", Offer(Load.LIGHT, ["fr"], [Topic.PHOTOS, Topic.WRITING]))


def load_tutors(ledger: Ledger, now: datetime) -> int:
    """Returns how many items are new. The second tutor comes when the newcomers have theirs."""
    with silence():
        handle, offer = FIRST
        made = int(ledger.load(f"tutoring:{handle}", _volunteer, ledger, handle, offer, now))
        made += sum(
            ledger.load(f"tutor-wish:{handle}", _ask, ledger, handle, now) for handle in NEWCOMERS
        )
        if made:
            assign_tutors(now)
        handle, offer = SECOND
        return made + ledger.load(f"tutoring:{handle}", _volunteer, ledger, handle, offer, now)


def _volunteer(ledger: Ledger, handle: str, offer: Offer, now: datetime) -> Tutoring | None:
    person = person_behind(ledger, handle)
    return volunteer(person, offer, now=now) if person else None


def _ask(ledger: Ledger, handle: str, now: datetime) -> TutorRequest | None:
    person = person_behind(ledger, handle)
    if person is None:
        return None
    ask_for_tutors([person], now=now)
    return TutorRequest.objects.get(participant=person)
