"""The words that sort what the community reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Axis(models.TextChoices):
    """The three ways in which social media enter a classroom or a life."""

    ABOUT = "about", _("about social media")
    WITH = "with", _("with social media")
    WORK = "work", _("work with social media")


class Depth(models.TextChoices):
    """How much somebody should know before they read it: its level."""

    BEGIN = "begin", _("to begin")
    GO_ON = "go_on", _("to go on")
    DEEPEN = "deepen", _("to go deeper")
