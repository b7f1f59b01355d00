from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.models.people import Participant


class Merge(models.Model):
    """Two people whom an organiser joined, for ever on record, with what it takes to part them."""

    name = models.CharField(_("name"), max_length=200, help_text="Of the person who was joined.")
    person_id_before = models.BigIntegerField()
    into = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="merges"
    )
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_at = models.DateTimeField(_("joined"))
    before = models.JSONField(encoder=DjangoJSONEncoder, help_text="The person's own row.")
    into_before = models.JSONField(encoder=DjangoJSONEncoder, help_text="The other one's.")
    rows = models.JSONField(
        encoder=DjangoJSONEncoder, default=dict, help_text="app.model.field to the rows' numbers."
    )
    undone_at = models.DateTimeField(_("parted"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("joining of people")
        verbose_name_plural = _("joinings of people")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} → {self.into_id}"
