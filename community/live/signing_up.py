"""Who will live-tweet, who will help: a promise that costs nothing to take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from community.models import Consent, LiveEvent, Participant, SignUp

Role = SignUp.Role
MOST_NAMED = 60


class NotOpen(Exception):
    """This event is over, or isn't announced (any more)."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who signed up for one role: `named` agreed to be shown, `count` counts everybody."""

    role: str
    named: Sequence[Participant]
    count: int

    @property
    def others(self) -> int:
        return self.count - len(self.named)


@transaction.atomic
def toggle_sign_up(
    event: LiveEvent, person: Participant, role: SignUp.Role, *, now: datetime
) -> bool:
    """Whether they are signed up now. Raises NotOpen; taking back stays possible."""
    taken_back, _rows = SignUp.objects.filter(event=event, participant=person, role=role).delete()
    if taken_back:
        return False
    if event.state != LiveEvent.State.ACCEPTED or event.is_over(now):
        raise NotOpen
    if person.consent == Consent.NOTHING:
        raise NotOpen
    SignUp.objects.get_or_create(
        event=event, participant=person, role=role, defaults={"created_at": now}
    )
    return True


def crews_of(event: LiveEvent) -> dict[str, Crew]:
    """By role, in two queries, each person once a role."""
    rows = SignUp.objects.filter(event=event).exclude(participant__consent=Consent.NOTHING)
    rows = rows.select_related("participant").prefetch_related("participant__links__account")
    crews = {}
    everybody = list(rows)
    for role in Role.values:
        people = [row.participant for row in everybody if row.role == role]
        named = [person for person in people if person.shows][:MOST_NAMED]
        crews[role] = Crew(role, named, len(people))
    return crews


def roles_of(event: LiveEvent, person: Participant) -> set[str]:
    return set(
        SignUp.objects.filter(event=event, participant=person).values_list("role", flat=True)
    )
