"""Whether a lesson was clear: a word for editors alone."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

LONGEST_SENTENCE = 300


class Clarity(models.Model):
    """What one reader said of one page. Whoever it was stays unknown: `reader` is a digest that
    leads nowhere, and only lets the same reader change their mind."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    is_clear = models.BooleanField(_("clear"))
    sentence = models.CharField(
        _("what was missing, or what helped"), max_length=LONGEST_SENTENCE, blank=True
    )
    reader = models.CharField(max_length=64, editable=False)
    said_at = models.DateTimeField(_("when"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("reader's word")
        verbose_name_plural = _("readers' words")
        constraints = [
            models.UniqueConstraint(fields=["page", "reader"], name="one_word_per_page_and_reader")
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.sentence or self.is_clear}"
