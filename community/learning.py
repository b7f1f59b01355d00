"""The append-only log of what people did: the one door through which deeds reach the badges."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from community.models import LearningEvent
from community.signals import learned_again
from microblog.doorbells import ring


@dataclass(frozen=True, slots=True)
class NewEvent:
    """One deed. `kind` and `source_key` together say which: logged again, it stays the same one."""

    kind: LearningEvent.Kind
    source_key: str
    participant_id: int
    occurred_at: datetime
    other_id: int | None = None
    subject: str = ""
    tags: Sequence[str] = ()
    post_id: int | None = None
    evidence_url: str = ""
    evidence_text: str = ""

    def to_row(self) -> LearningEvent:
        return LearningEvent(
            kind=self.kind,
            source_key=self.source_key[:200],
            participant_id=self.participant_id,
            occurred_at=self.occurred_at,
            other_id=self.other_id,
            subject=self.subject[:200],
            tags=list(self.tags),
            post_id=self.post_id,
            evidence_url=self.evidence_url[:500],
            evidence_text=self.evidence_text[:500],
        )


def log_learning_events(events: Iterable[NewEvent]) -> list[LearningEvent]:
    """Write the deeds that aren't written yet, in at most four queries; returns those.

    Of several with one key in a batch, the first counts. A deed that was undone stays undone:
    `redo_learning_events` is for those who mean it.
    """
    rows: dict[tuple[str, str], LearningEvent] = {}
    for event in events:
        row = event.to_row()
        rows.setdefault((row.kind, row.source_key), row)
    if not rows:
        return []
    before = set(_written(rows).values())
    LearningEvent.objects.bulk_create(
        (row for key, row in rows.items() if key not in before), ignore_conflicts=True
    )
    written = _written(rows)
    new = [pk for pk, key in written.items() if key not in before]
    if not new:
        return []
    ring("evaluate")
    return list(LearningEvent.objects.filter(pk__in=new).order_by("pk"))


def _written(rows: dict[tuple[str, str], LearningEvent]) -> dict[int, tuple[str, str]]:
    """Those of the deeds that the log holds: id → key."""
    kinds, keys = {kind for kind, _ in rows}, {key for _, key in rows}
    found = LearningEvent.objects.filter(kind__in=kinds, source_key__in=keys)
    return {
        pk: (kind, key)
        for pk, kind, key in found.values_list("pk", "kind", "source_key")
        if (kind, key) in rows
    }


def undo_learning_events(events: QuerySet[LearningEvent], *, now: datetime) -> int:
    """They count for nothing from now on; returns how many stood. Badges that were given stay until
    somebody revokes them."""
    return events.filter(undone_at=None).update(undone_at=now)


def redo_learning_events(events: QuerySet[LearningEvent]) -> int:
    """They stand again; whoever did them is judged anew."""
    people = list(events.exclude(undone_at=None).values_list("participant", flat=True).distinct())
    redone = events.exclude(undone_at=None).update(undone_at=None)
    if people:
        learned_again.send(sender=LearningEvent, participants=people)
    return redone
