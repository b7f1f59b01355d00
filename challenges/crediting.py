"""What was accepted goes into the log of deeds, from which badges follow."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from challenges.catalogue import Challenge, all_challenges
from challenges.deeds import evidence_url
from challenges.helped import thank_by_progress
from challenges.levels import SOLVES_RIDDLE
from challenges.models import Submission
from community.embarking import credit_guides
from community.learning import NewEvent, log_learning_events, redo_learning_events
from community.models import LearningEvent, Participant
from community.models.people import Consent
from community.people import participants_of
from microblog.doorbells import ring
from microblog.steps import Backlog

BATCH = 200


def credit_submissions(now: datetime) -> int:
    """Log one batch of accepted answers; returns how many it held.

    The log knows every deed by its key: dying between the two writes costs nothing.
    """
    with transaction.atomic():
        rows = list(
            Submission.objects.uncredited()
            .order_by("pk")
            .select_related("post", "account")
            .select_for_update(skip_locked=True, of=("self",))[:BATCH]
        )
        if not rows:
            return 0
        people = participants_of(row.account for row in rows)
        deeds = list(_deeds(rows, people))
        log_learning_events(deeds)
        _stand_again(deeds)
        thank_by_progress(rows, people, now=now)
        credit_guides({person.pk for person in people.values()})
        Submission.objects.filter(pk__in=[row.pk for row in rows]).update(credited_at=now)
    ring("evaluate")
    return len(rows)


def _stand_again(deeds: Sequence[NewEvent]) -> None:
    """What was undone, and is done again by an answer that was accepted."""
    undone = LearningEvent.objects.exclude(undone_at=None)
    redo_learning_events(undone.filter(source_key__in=[deed.source_key for deed in deeds]))


def backlog(now: datetime) -> Backlog:
    waiting = Submission.objects.uncredited().order_by("pk")
    return Backlog(waiting.count(), waiting.values_list("accepted_at", flat=True).first())


def _deeds(rows: Sequence[Submission], people: Mapping[int, Participant]) -> Iterator[NewEvent]:
    challenges = {challenge.key: challenge for challenge in all_challenges()}
    for row in rows:
        person = people[row.account_id]
        if person.consent != Consent.NOTHING:
            yield from _deeds_of(row, person, challenges)


def _deeds_of(
    row: Submission, person: Participant, challenges: Mapping[UUID, Challenge]
) -> Iterator[NewEvent]:
    challenge = challenges.get(row.challenge_key)
    families = challenge.families if challenge else ()
    kinds = {LearningEvent.Kind.LEVEL_ACCEPTED: f"{row.challenge_key}:{row.level}:{person.pk}"}
    if any(finding.rule == SOLVES_RIDDLE for finding in row.verdict.findings):
        kinds[LearningEvent.Kind.RIDDLE_SOLVED] = f"{row.challenge_key}:{person.pk}"
    for kind, key in kinds.items():
        yield NewEvent(
            kind=kind,
            source_key=key,
            participant_id=person.pk,
            occurred_at=row.accepted_at or row.judged_at,
            subject=f"challenge:{row.challenge_key}",
            tags=(*families, f"level:{row.level_number}"),
            post_id=row.post_id,
            evidence_url=evidence_url(row.post),
            evidence_text=_narrative(row, person, challenge),
        )


def _narrative(row: Submission, person: Participant, challenge: Challenge | None) -> str:
    language = person.language or row.post.language
    if challenge is None:
        return ""
    with override(challenge.edition(language).language):
        return _("Level %(number)s of “%(title)s”") % {
            "number": row.level_number,
            "title": challenge.edition(language).title,
        }
