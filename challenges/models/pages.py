from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.contrib.taggit import ClusterTaggableManager
from taggit.models import TaggedItemBase
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page

from challenges.blocks import LevelBlock


class ChallengeIndexPage(Page):
    intro = RichTextField(_("introduction"), blank=True)

    max_count = 1
    subpage_types = ["challenges.PhotoRiddlePage", "challenges.MiniChallengePage"]

    class Meta:
        verbose_name = _("list of challenges")


class ChallengeTag(TaggedItemBase):
    content_object = ParentalKey("challenges.ChallengePage", on_delete=models.CASCADE, related_name="tagged_items")


class ChallengePage(Page):
    """What both kinds share. Its translations are one challenge: they share the translation key."""

    class Difficulty(models.TextChoices):
        EASY = "easy", _("gentle")
        MEDIUM = "medium", _("lively")
        BOLD = "bold", _("bold")

    intro = models.CharField(_("in one sentence"), max_length=300)
    description = RichTextField(_("description"), blank=True)
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Difficulty, default=Difficulty.EASY)
    hashtags = models.CharField(
        _("own hashtags"), max_length=300, blank=True, help_text=_("Beside the MOOC's; without #, separated by spaces.")
    )
    levels = StreamField([("level", LevelBlock())], verbose_name=_("levels"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    tags = ClusterTaggableManager(through=ChallengeTag, blank=True, verbose_name=_("families"))

    is_creatable = False
    parent_page_types = ["challenges.ChallengeIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("challenge")


class MiniChallengePage(ChallengePage):
    photo = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("photo")
    )

    class Meta:
        verbose_name = _("mini-challenge")


class PhotoRiddlePage(ChallengePage):
    photo = models.ForeignKey(
        get_image_model_string(), on_delete=models.PROTECT, related_name="+", verbose_name=_("photo of the riddle")
    )
    question = models.CharField(_("question"), max_length=300)

    class Meta:
        verbose_name = _("photo riddle")
