from django.db import models

from challenges.models import ChallengePage
from curation.models import Item


class ItemChallenge(models.Model):
    """The challenge that an item of the veille became: a second click leads to the same one."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="challenge")
    page = models.ForeignKey(ChallengePage, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.item_id} → {self.page_id}"
