"""Texts that members write: every version of them, and what became of each."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Site

from cms.models.images import EnvolImage
from community.models import Participant


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def of(self, author: Participant) -> Self:
        return self.filter(author=author)

    def under_review(self) -> Self:
        return self.filter(state__in=[Contribution.State.WAITING, Contribution.State.RETURNED])

    def to_settle(self) -> Self:
        """Whose page says something else than the row: published, thrown away, taken down, or
        there again. A page that waits with changes of its author isn't approved yet."""
        reviewed = Q(state__in=["waiting", "returned"]) & (
            Q(page=None) | Q(page__live=True, page__has_unpublished_changes=False)
        )
        fallen = Q(state="published") & (Q(page=None) | Q(page__live=False))
        risen = Q(state__in=["down", "taken_back"], page__live=True)
        return self.filter(reviewed | fallen | risen)

    def taken_back_unseen(self) -> Self:
        """Their authors took them from the site, and no editor has noted it yet."""
        return self.exclude(taken_back_at=None).filter(seen_at=None)


class Contribution(models.Model):
    class Kind(models.TextChoices):
        ARTICLE = "article", _("article")
        TUTORIAL = "tutorial", _("tutorial")
        PORTRAIT = "portrait", _("portrait")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        WAITING = "waiting", _("sent in")
        RETURNED = "returned", _("back with remarks")
        PUBLISHED = "published", _("published")
        TAKEN_BACK = "taken_back", pgettext_lazy("a text", "taken back")
        DOWN = "down", _("no longer shown")

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="contributions")
    ticket = models.UUIDField(
        default=uuid4, unique=True, help_text="Of the choice that began it: twice is once."
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=255, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    version = models.PositiveIntegerField(
        default=0, help_text="The number of its latest version; whoever saves names the one seen."
    )
    sent_version = models.PositiveIntegerField(default=0, help_text="What its author last sent in.")
    seen_revision = models.BigIntegerField(
        null=True, editable=False, help_text="Of its page: the revision that its author last saw."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(_("changed"), db_default=Now())
    sent_at = models.DateTimeField(_("sent in"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text="When an editor noted that it was taken back."
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a member")
        verbose_name_plural = _("texts of members")
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(page__isnull=False), name="one_text_per_page"
            )
        ]
        indexes = [
            models.Index(fields=["author", "-changed_at"], name="texts_of_an_author"),
            models.Index(fields=["state", "sent_at"], name="texts_by_state"),
            models.Index(
                fields=["taken_back_at"],
                condition=Q(taken_back_at__isnull=False, seen_at=None),
                name="texts_taken_back_unseen",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether its author may write in it now."""
        return self.state != self.State.WAITING


class ContributionDraft(models.Model):
    """A version of a text; none is ever written over. `number` is empty for what was written beside
    a newer version: two windows, one text."""

    class Origin(models.TextChoices):
        AUTHOR = "author", _("saved by its author")
        BY_ITSELF = "itself", _("saved by itself")
        EDITORS = "editors", _("changed by editors")

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="drafts")
    number = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.AUTHOR)
    content = models.JSONField(help_text="See cms.contributing.content.Content.")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="every_version_of_a_text_has_its_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}.{self.number or '-'}"

    @classmethod
    def latest(cls, contribution: Contribution) -> "ContributionDraft | None":
        numbered = cls.objects.filter(contribution=contribution)
        return numbered.filter(number=contribution.version).first()


class ContributionPicture(models.Model):
    """A picture that a text may use; in its words it is called `picture:<id>`."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="pictures"
    )
    image = models.ForeignKey(EnvolImage, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("picture of a text")
        verbose_name_plural = _("pictures of texts")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "image"], name="a_text_has_a_picture_once"
            )
        ]

    def __str__(self) -> str:
        return f"picture:{self.pk}"


def next_version(contribution: Contribution, *, seen: int) -> bool:
    """Claims the next number for whoever saw the latest one; False where somebody was faster."""
    mine = Contribution.objects.filter(pk=contribution.pk, version=seen)
    claimed = mine.update(version=F("version") + 1)
    if claimed:
        contribution.version = seen + 1
    return bool(claimed)
