"""What the search knows of pages, besides the table of bare words (cms.searching.engine)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site


class PageWords(models.Model):
    """The words of a page as they were last saved for readers; whether it may be shown is asked of
    the page itself."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    facet = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    title = models.CharField(max_length=255)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("words of a page")
        verbose_name_plural = _("words of pages")

    def __str__(self) -> str:
        return self.title


class SearchVocabulary(models.Model):
    """The words that a MOOC says, for guessing at what was mistyped; one row for each MOOC.
    `words`: [language, bare, written, sound, times] each; see cms.searching.vocabulary."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, primary_key=True, related_name="+")
    version = models.UUIDField(default=uuid.uuid4, unique=True)
    words = models.JSONField(default=list)
    is_stale = models.BooleanField(default=False)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("vocabulary of the search")
        verbose_name_plural = _("vocabularies of the search")

    def __str__(self) -> str:
        return str(self.site)
