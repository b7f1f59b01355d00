"""What the search knows of pages, besides the table of bare words (cms.searching.engine)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


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
