from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site


class Shelf(models.Model):
    """How many items everybody finds under one word of one MOOC; kept by curation.shelving."""

    class Kind(models.TextChoices):
        ALL = "all", _("everything")
        WEEK = "week", _("week")
        TOPIC = "topic", _("topic")
        AXIS = "axis", _("axis")
        LANGUAGE = "language", _("language")
        PERSON = "person", _("person")

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(
        max_length=100,
        help_text="A week's Monday, a topic's slug, an axis, a language, a person.",
    )
    items = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "kind", "key"], name="one_shelf_per_word_of_a_mooc"
            )
        ]
        indexes = [models.Index(fields=["site", "kind", "-items"], name="fullest_shelves")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.items}"


class Folding(models.Model):
    """How words were bared that one table of the search keeps: see curation.folding."""

    table = models.CharField(max_length=50, primary_key=True)
    version = models.PositiveSmallIntegerField()
    reached = models.BigIntegerField(default=0, help_text="Renewed up to this number.")

    class Meta:
        verbose_name = _("folding of words")
        verbose_name_plural = _("foldings of words")

    def __str__(self) -> str:
        return f"{self.table}: {self.version}, {self.reached}"
