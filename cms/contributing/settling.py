"""What became of texts: their pages say it, and their authors are credited."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Min
from wagtail.models import WorkflowState

from challenges.catalogue import page_address
from cms.contributing.sending import deed_of, undo_if_young
from cms.models import Contribution
from community.learning import NewEvent, log_learning_events, redo_learning_events
from community.models import Consent, LearningEvent
from microblog.steps import Backlog

BATCH = 100
State = Contribution.State


def contribute_step(now: datetime) -> int:
    """Settle what editors decided; returns how many texts moved."""
    return settle(now) + follow_workflow(now)


@transaction.atomic
def settle(now: datetime) -> int:
    """Published, published again, taken down or thrown away. Constant queries, but for what was
    taken down."""
    batch = list(
        Contribution.objects.to_settle()
        .order_by("pk")
        .select_related("page", "author")
        .select_for_update(skip_locked=True, of=("self",))[:BATCH]
    )
    for text in batch:
        _settle(text, now)
    fields = ["state", "published_at", "taken_back_at", "seen_at"]
    Contribution.objects.bulk_update(batch, fields)
    _credit(batch, now)
    return len(batch)


def _settle(text: Contribution, now: datetime) -> None:
    if text.page is not None and text.page.live:
        text.state = State.PUBLISHED
        text.published_at = text.published_at or now
        text.taken_back_at = text.seen_at = None
    elif text.state == State.PUBLISHED:
        text.state = State.DOWN
        undo_if_young(text, now=now)
    else:
        text.state = State.DRAFT  # its page was thrown away: the words are still its author's


def _credit(batch: Iterable[Contribution], now: datetime) -> None:
    published = {
        deed_of(text): text
        for text in batch
        if text.state == State.PUBLISHED and text.author.consent != Consent.NOTHING
    }
    if not published:
        return
    log_learning_events(
        NewEvent(
            kind=LearningEvent.Kind.CONTRIBUTED,
            source_key=key,
            participant_id=text.author_id,
            occurred_at=text.published_at or now,
            subject=f"page:{text.page.translation_key}",
            tags=[text.kind],
            evidence_url=page_address(text.page),
            evidence_text=text.title,
        )
        for key, text in published.items()
        if text.page
    )
    redo_learning_events(
        LearningEvent.objects.filter(kind=LearningEvent.Kind.CONTRIBUTED, source_key__in=published)
    )


@transaction.atomic
def follow_workflow(now: datetime) -> int:
    """Texts that an editor sent back wait for their authors, and what was resumed in the admin, for
    an editor."""
    states = dict(
        Contribution.objects.under_review().exclude(page=None).values_list("page", "state")
    )
    if not states:
        return 0
    found = WorkflowState.objects.filter(
        object_id__in=[str(page) for page in states],
        base_content_type__app_label="wagtailcore",
        status=WorkflowState.STATUS_NEEDS_CHANGES,
    )
    sent_back = set(map(int, found.values_list("object_id", flat=True)))
    moved = 0
    for before, after in ((State.WAITING, State.RETURNED), (State.RETURNED, State.WAITING)):
        pages = [
            page
            for page, state in states.items()
            if state == before and (page in sent_back) == (after == State.RETURNED)
        ]
        rows = Contribution.objects.filter(page__in=pages, state=before)
        moved += rows.update(state=after) if pages else 0
    return moved


def backlog(now: datetime) -> Backlog:
    waiting = Contribution.objects.to_settle()
    return Backlog(waiting.count(), waiting.aggregate(at=Min("changed_at"))["at"])
