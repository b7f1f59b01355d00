"""Who wrote a page, and under which licence it may be passed on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.models.images import EnvolImage


class Authored(models.Model):
    """A page that bears a name, for as long as whoever has the name agrees."""

    author = models.ForeignKey(
        "community.Participant",
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A member. Named on the page for as long as they agree to be shown."),
    )
    author_name = models.CharField(
        _("name to print"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the name that the member goes by. Alone: somebody who isn't a member."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=EnvolImage.Licence,
        default=EnvolImage.Licence.CC_BY_SA,
        help_text=_("What others may do with these words."),
    )

    class Meta:
        abstract = True

    @property
    def byline(self) -> str:
        """The name to show; empty where there is none, or where its owner isn't shown."""
        if self.author is None:
            return self.author_name
        return (self.author_name or self.author.name) if self.author.shows else ""

    @property
    def licence_url(self) -> str:
        """Empty where the licence is a private permission."""
        return EnvolImage.LICENCE_ADDRESSES.get(self.licence, "")


AUTHOR_PANEL = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("author"), FieldPanel("author_name")]),
        FieldPanel("licence"),
    ],
    heading=_("Who wrote it"),
    icon="user",
)

SAME_AUTHOR = [
    SynchronizedField(name, overridable=False) for name in ("author", "author_name", "licence")
]
"""A translation is the work of the same author, under the same licence."""
