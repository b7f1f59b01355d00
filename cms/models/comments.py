"""What is said on the microblog about a page: the page's own posts, and the replies to them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page, Site

from microblog.models import Connection, OutboxPost, Post


@register_setting(icon="comment")
class CommentSettings(BaseSiteSetting):
    """How pages of one MOOC are talked about."""

    class Announce(models.TextChoices):
        BY_HAND = "by_hand", _("when somebody asks for it, page by page")
        PUBLISHED = "published", _("by itself, as soon as a page is published")

    class Show(models.TextChoices):
        AT_ONCE = "at_once", _("at once; moderators may hide them")
        AFTER = "after", _("once a moderator has read them")

    announce = models.CharField(
        _("pages are told on the microblog"),
        max_length=10,
        choices=Announce,
        default=Announce.BY_HAND,
    )
    show = models.CharField(
        _("replies appear under the page"), max_length=10, choices=Show, default=Show.AT_ONCE
    )

    panels = [FieldPanel("announce"), FieldPanel("show")]

    class Meta:
        verbose_name = _("replies to pages")
        verbose_name_plural = _("replies to pages")


class TalkQuerySet(models.QuerySet["PageTalk"]):
    def to_tell(self) -> Self:
        """Asked for, and not promised yet."""
        return self.filter(is_open=True, told_at=None).exclude(asked_at=None)


class PageTalk(models.Model):
    """Whether a page and its translations are open for replies. No row: as the site's settings
    say."""

    page_key = models.UUIDField(
        unique=True, help_text="The translation key that a page shares with its translations."
    )
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    is_open = models.BooleanField(_("open for replies"), default=True)
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody asked to tell of it on the microblog."
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    told_at = models.DateTimeField(null=True, blank=True, help_text="When its posts were promised.")

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk about a page")
        verbose_name_plural = _("talks about pages")
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(is_open=True, told_at=None, asked_at__isnull=False),
                name="pages_to_tell",
            )
        ]

    def __str__(self) -> str:
        return str(self.page_key)


class PagePost(models.Model):
    """The post that tells of a page on one connection; what answers it are the page's comments."""

    talk = models.ForeignKey(PageTalk, on_delete=models.CASCADE, related_name="posts")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+")
    promise = models.OneToOneField(OutboxPost, on_delete=models.CASCADE, related_name="of_page")

    class Meta:
        verbose_name = _("post about a page")
        verbose_name_plural = _("posts about pages")
        constraints = [
            models.UniqueConstraint(
                fields=["talk", "connection"], name="a_page_is_told_once_per_connection"
            )
        ]

    def __str__(self) -> str:
        return f"{self.talk_id} → {self.connection_id}"


class Comment(models.Model):
    """A reply to a page's post, at any depth. Its words stay with the post."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be read")
        SHOWN = "shown", pgettext_lazy("a reply", "shown")
        HIDDEN = "hidden", pgettext_lazy("a reply", "hidden")

    page_key = models.UUIDField()
    talk = models.ForeignKey(PageTalk, on_delete=models.CASCADE, related_name="comments")
    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="comment")
    state = models.CharField(_("state"), max_length=10, choices=State)
    gathered_at = models.DateTimeField(_("gathered"))
    fingerprint = models.CharField(
        max_length=32, help_text="Of the words that were decided about; others are read again."
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("reply to a page")
        verbose_name_plural = _("replies to pages")
        ordering = ["-id"]
        permissions = [("moderate_comment", _("Can show and hide replies to pages"))]
        indexes = [
            models.Index(fields=["page_key", "state"], name="comments_of_a_page"),
            models.Index(
                fields=["gathered_at"], condition=Q(state="waiting"), name="comments_to_read"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_key}: {self.post_id}"
