"""What only the practice timeline needs."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from microblog.models.accounts import Account
from microblog.models.posts import Post


class Notification(models.Model):
    class Kind(models.TextChoices):
        MENTION = "mention", _("mention")
        REPLY = "reply", _("reply")
        FAVOURITE = "favourite", _("favourite")
        BOOST = "boost", _("boost")
        FOLLOW = "follow", _("follow")
        TUTOR = "tutor", _("a tutor for you")
        MENTEE = "mentee", _("a newcomer beside you")
        HAND_OVER = "hand_over", _("a newcomer to take over")
        WENT_ON = "went_on", _("a mentorship that ended")
        FLIGHT = "flight", _("a newcomer who flies by themself")
        LIVE = "live", _("a live event that comes")

    recipient = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=Kind)
    actor = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "actor", "post"], name="one_notification_per_deed"
            ),
            models.UniqueConstraint(
                fields=["recipient", "kind", "actor"],
                condition=models.Q(post=None),
                name="one_notification_per_follower",
            ),
        ]
        indexes = [models.Index(fields=["recipient", "-id"], name="notifications_of_an_account")]

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.kind}"


class Report(models.Model):
    """Somebody says that a post or a person does harm; organisers decide."""

    class Reason(models.TextChoices):
        UNKIND = "unkind", _("It hurts or mocks somebody")
        PRIVATE = "private", _("It shows somebody or something private")
        SPAM = "spam", _("It is advertising or spam")
        OTHER = "other", _("Something else")

    reporter = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="reports_made"
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    comment = models.TextField(_("comment"), blank=True, max_length=1000)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "account", "post"], name="one_report_per_person_and_post"
            ),
            models.UniqueConstraint(
                fields=["reporter", "account"],
                condition=models.Q(post=None),
                name="one_report_per_person_and_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_reason_display()}"


@register_setting(icon="comment")
class TimelineSettings(BaseSiteSetting):
    LIMITS = [(140, "140"), (280, "280"), (300, "300"), (500, "500")]

    character_limit = models.PositiveIntegerField(
        _("characters per post"), choices=LIMITS, default=500
    )
    is_open = models.BooleanField(
        _("anybody may read"),
        default=True,
        help_text=_("Closed, the practice timeline is for signed-in people only."),
    )

    panels = [FieldPanel("character_limit"), FieldPanel("is_open")]

    class Meta:
        verbose_name = _("practice timeline")
