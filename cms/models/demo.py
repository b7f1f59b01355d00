from django.db import models
from django.db.models.functions import Now


class DemoItem(models.Model):
    """One piece of the demo that was loaded here. It stays when an editor throws the piece away,
    so that nothing which was thrown away comes back."""

    key = models.CharField(max_length=200, help_text='Such as "tutorial:hashtag:fr".')
    object_pk = models.CharField(
        max_length=100, blank=True, help_text="The row that it became; empty where it is no row."
    )
    loaded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="every_demo_item_is_loaded_once")
        ]

    def __str__(self) -> str:
        return self.key
