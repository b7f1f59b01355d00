"""The tutors of this MOOC, as newcomers see them: those who show themselves."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from community.aboard import people_of
from community.models import Load, Tutoring
from community.tutoring.assigning import seats_of
from community.tutoring.telling import main_accounts
from microblog.models import Account


@dataclass(frozen=True, slots=True)
class ShownTutor:
    """`away_until`: where they are away and said until when."""

    tutoring: Tutoring
    account: Account
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    is_away: bool
    away_until: date | None
    has_room: bool


def read_tutors(*, now: datetime, site_id: int | None = None) -> list[ShownTutor]:
    """Of one MOOC. Those with room first, those who are away last; constant queries."""
    willing = Tutoring.objects.willing().showing().select_related("participant")
    willing = willing.filter(people_of(site_id, "participant__"))
    tutors = list(willing.order_by("participant__name", "pk"))
    accounts = main_accounts(one.participant_id for one in tutors)
    seats = seats_of(tutors)
    here = set(Tutoring.objects.open(timezone.localdate(now)).values_list("participant", flat=True))
    shown = [
        ShownTutor(
            tutoring=one,
            account=accounts[one.participant_id],
            languages=language_names(one.languages),
            topics=tuple(one.topic_names),
            is_away=one.is_away(now),
            away_until=one.away_until,
            has_room=one.participant_id in here and seats[one.participant_id].is_free,
        )
        for one in tutors
        if one.participant_id in accounts
    ]
    return sorted(shown, key=lambda one: (one.is_away, not one.has_room))


def language_names(codes: list[str]) -> tuple[str, ...]:
    return tuple(str(name) for code, name in settings.LANGUAGES if code in codes)


def has_tutors(*, now: datetime) -> bool:
    """Whether anybody could sit beside a newcomer at all."""
    return Tutoring.objects.open(timezone.localdate(now)).exclude(load=Load.NONE).exists()
