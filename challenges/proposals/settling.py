"""What became of proposals: the pages say it, and their authors are credited."""

from datetime import datetime

from django.db import transaction
from django.db.models import Min
from wagtail.models import WorkflowState

from challenges.catalogue import page_address
from challenges.models import Proposal
from challenges.proposals.proposing import MOST_ATTEMPTS, draft_heard
from community.learning import NewEvent, log_learning_events
from community.models import Consent, LearningEvent
from microblog.steps import Backlog

BATCH = 100
State = Proposal.State


def propose_step(now: datetime) -> int:
    """Draft what was heard, then settle what organisers decided; returns how many rows moved."""
    return draft_heard(now) + settle(now) + follow_workflow(now)


@transaction.atomic
def settle(now: datetime) -> int:
    batch = list(
        Proposal.objects.to_settle()
        .order_by("pk")
        .select_related("page", "post", "proposer")
        .select_for_update(skip_locked=True, of=("self",))[:BATCH]
    )
    for proposal in batch:
        proposal.state, proposal.decided_at = _outcome(proposal), now
    Proposal.objects.bulk_update(batch, ["state", "decided_at"])
    log_learning_events(
        NewEvent(
            kind=LearningEvent.Kind.PROPOSED,
            source_key=f"proposal:{proposal.pk}",
            participant_id=proposal.proposer_id,
            occurred_at=now,
            subject=f"challenge:{proposal.page.translation_key}",
            evidence_url=page_address(proposal.page),
            post_id=proposal.post_id,
        )
        for proposal in batch
        if proposal.state == State.ACCEPTED
        and proposal.page
        and proposal.proposer.consent != Consent.NOTHING
    )
    return len(batch)


def _outcome(proposal: Proposal) -> Proposal.State:
    if proposal.page is None:
        return State.DECLINED
    return State.ACCEPTED if proposal.page.live else State.WITHDRAWN


@transaction.atomic
def follow_workflow(now: datetime) -> int:
    """Drafts that an organiser sent back wait for their authors, and what was sent in again, or
    taken up in the editor, for an organiser."""
    under_review = Proposal.objects.filter(state__in=[State.WAITING, State.RETURNED])
    states = dict(under_review.exclude(page=None).values_list("page", "state"))
    under_way = [str(page) for page in states]
    sent_back = {
        int(page)
        for page in WorkflowState.objects.filter(
            object_id__in=under_way, status=WorkflowState.STATUS_NEEDS_CHANGES
        ).values_list("object_id", flat=True)
    }
    moved = 0
    for before, after in ((State.WAITING, State.RETURNED), (State.RETURNED, State.WAITING)):
        back = after == State.RETURNED
        pages_to_move = [
            pk for pk, s in states.items() if s == before and (pk in sent_back) == back
        ]
        rows = Proposal.objects.filter(page__in=pages_to_move, state=before)
        moved += rows.update(state=after) if pages_to_move else 0
    return moved


def backlog(now: datetime) -> Backlog:
    heard = Proposal.objects.to_draft().filter(attempts__lt=MOST_ATTEMPTS)
    decided = Proposal.objects.to_settle()
    oldest = [pile.aggregate(at=Min("created_at"))["at"] for pile in (heard, decided)]
    return Backlog(heard.count() + decided.count(), min(filter(None, oldest), default=None))
