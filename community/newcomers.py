"""Who is new: for whom tutors look out, and whose help counts as mentoring."""

from datetime import datetime, timedelta

from community.models import Participant

NEW_FOR = timedelta(days=60)


def is_newcomer(person: Participant, *, now: datetime) -> bool:
    """For sixty days after coming aboard, or after their first post where they haven't."""
    return (person.embarked_at or person.first_seen_at) > now - NEW_FOR
