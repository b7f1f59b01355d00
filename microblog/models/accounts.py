from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from microblog.networks import Network


class AccountQuerySet(models.QuerySet["Account"]):
    def practice(self) -> Self:
        return self.filter(network=Network.PRACTICE)

    def speaking(self) -> Self:
        """Accounts through which this site itself speaks."""
        return self.filter(connections__isnull=False)


class Account(models.Model):
    """An actor on some network. Its identity is the uri; handles, names and pictures change."""

    network = models.CharField(_("network"), max_length=20, choices=Network)
    uri = models.CharField(_("identity"), max_length=500)
    handle = models.CharField(
        _("handle"),
        max_length=300,
        help_text=_("Without the leading @; with its server, except here."),
    )
    display_name = models.CharField(_("display name"), max_length=200, blank=True)
    url = models.URLField(_("profile address"), max_length=500, blank=True, db_index=True)
    avatar_url = models.URLField(_("picture address"), max_length=1000, blank=True)
    avatar = models.ImageField(_("picture"), upload_to="avatars/", blank=True)
    note = models.TextField(_("about"), blank=True)
    is_bot = models.BooleanField(_("is a bot"), default=False)
    refuses_bots = models.BooleanField(
        _("refuses bots"),
        default=False,
        help_text=_("Says #NoBot, blocks us, or asked for silence."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("login"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="accounts",
        help_text=_("Who may speak as this account on the practice timeline."),
    )
    first_heard_at = models.DateTimeField(_("first heard"), db_default=Now(), editable=False)
    checked_at = models.DateTimeField(_("last refreshed"), null=True, blank=True)

    # Whether the reader of a page follows this person: written where a page shows it.
    is_followed: bool

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(fields=["uri"], name="one_account_per_uri"),
            models.UniqueConstraint(
                Lower("handle"),
                condition=models.Q(network="practice"),
                name="one_practice_account_per_handle",
            ),
        ]
        indexes = [models.Index(Lower("handle"), name="accounts_by_handle")]

    def __str__(self) -> str:
        return f"@{self.handle}"

    @property
    def name(self) -> str:
        """What to call this person: their display name, else the handle without its server."""
        return self.display_name or self.handle.partition("@")[0]


class Follow(models.Model):
    """Who follows whom: on the practice timeline, and who follows our own accounts elsewhere."""

    follower = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="following")
    followed = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="followers")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="one_follow_per_pair"),
            models.CheckConstraint(
                condition=~models.Q(follower=models.F("followed")), name="nobody_follows_themself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} → {self.followed_id}"
