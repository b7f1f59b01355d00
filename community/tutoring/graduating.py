"""A mentee who has helped a newcomer needs no tutor any more: both see it, and celebrate."""

from collections.abc import Collection, Iterator
from datetime import datetime

from community.learning import NewEvent, log_learning_events
from community.models import Help, LearningEvent, Mentorship
from community.tutoring.ending import end_mentorships
from community.tutoring.telling import tell
from microblog.models import Notification

Kind = LearningEvent.Kind


def graduate_helpers(helps: Collection[Help], *, now: datetime) -> int:
    """The mentees among those who helped (somebody else than their tutor) fly by themselves;
    returns how many. Constant queries, within the caller's transaction."""
    first: dict[int, Help] = {}
    mentorships = list(
        Mentorship.objects.going_on()
        .filter(mentee__in={deed.helper_id for deed in helps})
        .select_related("tutor", "mentee")
        .select_for_update(of=("self",))
    )
    tutors = {one.mentee_id: one.tutor_id for one in mentorships}
    for deed in helps:
        if deed.helper_id in tutors and deed.helped_id != tutors[deed.helper_id]:
            first.setdefault(deed.helper_id, deed)
    flying = [one for one in mentorships if one.mentee_id in first]
    if not flying:
        return 0
    end_mentorships(flying, Mentorship.Ending.GRADUATED, now=now)
    log_learning_events(
        event for one in flying for event in _flights(one, first[one.mentee_id], now)
    )
    tell(
        [
            notice
            for one in flying
            for notice in (
                (one.tutor, Notification.Kind.FLIGHT, one.mentee),
                (one.mentee, Notification.Kind.FLIGHT, one.tutor),
            )
        ],
        now=now,
    )
    return len(flying)


def _flights(one: Mentorship, deed: Help, now: datetime) -> Iterator[NewEvent]:
    """For the mentee once in a lifetime, for the tutor once a mentee."""
    yield NewEvent(
        kind=Kind.GRADUATED,
        source_key=str(one.mentee_id),
        participant_id=one.mentee_id,
        other_id=one.tutor_id,
        occurred_at=now,
        post_id=deed.reply_id,
        evidence_url=deed.reply.url,
    )
    yield NewEvent(
        kind=Kind.MENTORED_TO_FLIGHT,
        source_key=f"{one.tutor_id}:{one.mentee_id}",
        participant_id=one.tutor_id,
        other_id=one.mentee_id,
        occurred_at=now,
    )
