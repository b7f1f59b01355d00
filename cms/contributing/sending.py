"""A text's way to the editors and back: sent in, agreed with, taken back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, TaskState

from cms.contributing.content import Content, missing_in
from cms.contributing.drafting import latest_content
from cms.contributing.looking import page_of, take_up_changes, unseen_changes
from cms.contributing.pages import AnyPage, new_page, pictures_of, with_its_blocks, write_page
from cms.models import Contribution, ContributionDraft
from community.learning import undo_learning_events
from community.models import LearningEvent, User

State = Contribution.State


class CannotSend(Exception):
    """`reasons` are sentences for its author."""

    def __init__(self, reasons: Sequence[str | Promise]) -> None:
        super().__init__(*map(str, reasons))
        self.reasons = reasons


class EditorsWereFaster(Exception):
    """They changed the page since its author last looked: show both before one is kept."""


@transaction.atomic
def send_in(contribution: Contribution, *, by: User, now: datetime) -> Contribution:
    """To the editors: a draft page in Wagtail's workflow. Of a published text, its changes; the
    page stays as it is until they are approved. Raises CannotSend, EditorsWereFaster, NoPlace."""
    row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
    if row.state == State.WAITING:
        return row
    content = latest_content(row)
    must_be_sendable(row, content)
    page = page_of(_with_its_page_locked(row))
    if unseen_changes(row) is not None:
        raise EditorsWereFaster
    if page is None:
        page = new_page(row, content)
        row.page = page.page_ptr
    else:
        write_page(page, content, by=row.author, pictures=pictures_of(row))
    revision = page.save_revision(user=by)
    _enter_workflow(page, by)
    _name_blocks(row, content, page)
    row.state, row.sent_at, row.sent_version = State.WAITING, now, row.version
    row.seen_revision = revision.pk
    row.save(update_fields=["page", "state", "sent_at", "sent_version", "seen_revision"])
    return row


def _name_blocks(row: Contribution, content: Content, page: AnyPage) -> None:
    """In the version that was sent in, so that the next one finds its places again. Its words are
    what they were."""
    named = with_its_blocks(page, row, content)
    sent = ContributionDraft.objects.filter(contribution=row, number=row.version)
    sent.update(content=named.to_json())


def _with_its_page_locked(row: Contribution) -> Contribution:
    """Nobody saves a change of the page between our look and our own."""
    if row.page_id is not None:
        row.page = Page.objects.select_for_update().get(pk=row.page_id)
    return row


def must_be_sendable(contribution: Contribution, content: Content) -> None:
    """Raises CannotSend."""
    reasons = list(missing_in(content, contribution.kind))
    if contribution.kind == Contribution.Kind.PORTRAIT and not contribution.author.shows:
        reasons.append(
            _("A portrait shows you, and you chose not to be shown: change that in your settings.")
        )
    if reasons:
        raise CannotSend(reasons)


def _enter_workflow(page: AnyPage, by: User) -> None:
    """What an editor sent back goes on where it stood."""
    state = page.current_workflow_state
    if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user=by)
    elif state is None and (workflow := page.get_workflow()) is not None:
        workflow.start(page, by)


@transaction.atomic
def agree(contribution: Contribution, *, by: User, now: datetime) -> bool:
    """The text as editors left it goes back to them, unchanged."""
    row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
    page = page_of(row)
    if row.state != State.RETURNED or page is None:
        return False
    take_up_changes(row, now=now)
    _enter_workflow(page, by)
    row.state, row.sent_at, row.sent_version = State.WAITING, now, row.version
    row.save(update_fields=["state", "sent_at", "sent_version"])
    return True


@transaction.atomic
def take_back(contribution: Contribution, *, by: User, now: datetime) -> bool:
    """Its author thinks otherwise: of changes that wait, they go no further; what was published
    leaves the site, and editors are told; what wasn't is a draft again."""
    row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
    if row.state in (State.DRAFT, State.TAKEN_BACK):
        return False
    page, was_waiting = page_of(row), row.state in (State.WAITING, State.RETURNED)
    if page is not None and (state := page.current_workflow_state) is not None:
        state.cancel(user=by)
    row.state = State.DRAFT
    if page is not None and page.live:
        row.state = State.PUBLISHED if was_waiting else State.TAKEN_BACK
    if page is not None and row.state == State.TAKEN_BACK:
        row.taken_back_at, row.seen_at = now, None
        action = UnpublishPageAction(page, user=by, log_action=True)
        action.execute(skip_permission_checks=True)  # a member's right over their own words
        undo_if_young(row, now=now)
    row.save(update_fields=["state", "taken_back_at", "seen_at"])
    return True


def deed_of(contribution: Contribution) -> str:
    return f"contribution:{contribution.pk}"


def undo_if_young(contribution: Contribution, *, now: datetime) -> None:
    """A text that was there for less than a day counts for nothing; afterwards it was read, and
    counts whatever becomes of it. See docs/decisions/0018."""
    since = contribution.published_at
    if since is not None and (now - since).days < 1:
        deeds = LearningEvent.objects.filter(
            kind=LearningEvent.Kind.CONTRIBUTED, source_key=deed_of(contribution)
        )
        undo_learning_events(deeds, now=now)


def last_word(contribution: Contribution) -> str:
    """What the editor wrote who sent it back."""
    if contribution.state != State.RETURNED or contribution.page_id is None:
        return ""
    states = TaskState.objects.filter(
        workflow_state__object_id=str(contribution.page_id), status=TaskState.STATUS_REJECTED
    )
    last = states.order_by("-pk").first()
    return last.comment if last else ""
