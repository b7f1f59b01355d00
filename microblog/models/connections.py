from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from microblog.credentials import SecretField
from microblog.models.accounts import Account
from microblog.networks import Network


class ConnectionQuerySet(models.QuerySet["Connection"]):
    def enabled(self) -> Self:
        return self.filter(is_enabled=True)


class Connection(models.Model):
    """One account of ours on one server: an ear and a mouth."""

    name = models.SlugField(_("name"), unique=True, help_text=_("How commands and lists call it."))
    network = models.CharField(_("network"), max_length=20, choices=Network)
    server_url = models.URLField(_("server"), max_length=300)
    account = models.ForeignKey(
        Account,
        verbose_name=_("account that speaks"),
        on_delete=models.PROTECT,
        related_name="connections",
    )
    account_remote_id = models.CharField(
        max_length=300, blank=True, default="", help_text="What the server calls that account."
    )
    token = SecretField(_("token"), blank=True, default="")
    language = models.CharField(
        _("language"),
        max_length=10,
        default="fr",
        help_text=_("In which the bot speaks to people it doesn't know."),
    )
    character_limit = models.PositiveIntegerField(_("characters per post"), default=500)
    is_enabled = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    last_heard_at = models.DateTimeField(_("last heard"), null=True, blank=True, editable=False)
    last_spoke_at = models.DateTimeField(_("last spoke"), null=True, blank=True, editable=False)
    last_error = models.TextField(_("last error"), blank=True, editable=False)
    last_error_at = models.DateTimeField(_("error at"), null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(_("faults in a row"), default=0, editable=False)
    not_before = models.DateTimeField(
        _("rests until"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("A rate limit or a pause after faults."),
    )

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["server_url", "account"], name="one_connection_per_account"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Cursor(models.Model):
    """How far one connection has read one stream: "mentions", "tag:photodevinette", "thread:<remote
    id>"."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="cursors")
    stream = models.CharField(max_length=300)
    position = models.CharField(
        max_length=500, blank=True, help_text="Opaque; the gateway's own words."
    )
    since = models.DateTimeField(
        null=True, blank=True, help_text="What was said before is left in peace."
    )
    read_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(db_default=Now(), db_index=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("cursor")
        verbose_name_plural = _("cursors")
        constraints = [
            models.UniqueConstraint(fields=["connection", "stream"], name="one_cursor_per_stream")
        ]

    def __str__(self) -> str:
        return f"{self.connection_id}:{self.stream}"
