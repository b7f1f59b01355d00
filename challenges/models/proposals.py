from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from challenges.models.pages import ChallengePage
from community.models import Participant
from microblog.models import Post


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def to_draft(self) -> Self:
        """Heard on a network: nobody made a page of it yet."""
        return self.filter(state=Proposal.State.HEARD)

    def to_settle(self) -> Self:
        """Their pages went public, were sent back or were thrown away, and nobody noted it yet."""
        under_review = self.filter(state__in=[Proposal.State.WAITING, Proposal.State.RETURNED])
        return under_review.filter(Q(page=None) | Q(page__live=True) | ~Q(post__deleted_at=None))


class Proposal(models.Model):
    """A challenge that somebody of the community thought of: its draft, and what became of it."""

    class State(models.TextChoices):
        HEARD = "heard", _("heard")
        WAITING = "waiting", _("waits for an organiser")
        RETURNED = "returned", _("back with its author")
        ACCEPTED = "accepted", _("a challenge now")
        DECLINED = "declined", _("not this time")
        WITHDRAWN = "withdrawn", _("taken back")

    proposer = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="proposals")
    post = models.OneToOneField(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal"
    )
    ticket = models.UUIDField(
        default=uuid4, unique=True, help_text="Of the form that was sent: twice is once."
    )
    page = models.ForeignKey(
        ChallengePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    title = models.CharField(_("title"), max_length=255, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HEARD)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    attempts = models.PositiveIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=["heard", "waiting", "returned"]),
                name="proposals_to_work_on",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.proposer_id}: {self.state}"
