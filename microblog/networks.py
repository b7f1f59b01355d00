"""The networks that Envol speaks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Network(models.TextChoices):
    PRACTICE = "practice", _("practice timeline")
    MASTODON = "mastodon", _("Mastodon and its kin")
