"""What is counted, so that figures are read without reading history.

Ledgers say what each post and each person counted for; tallies are their sums. A ledger outlives
whom it speaks of by one pass: what somebody counted for must be taken away again.

Everything is counted once for the installation; where there are several MOOCs, once more for each
of those that a post was said to.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models.people import Participant
from microblog.models import Post

ALL = 0
"""In the place of a site: the whole installation. No key, for sums are compared and kept unique."""


def _site() -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField(
        default=ALL, help_text="The number of a MOOC's site; 0: the whole installation."
    )


class CountedPost(models.Model):
    """What one post counts for; no row where it counts for nothing."""

    site = _site()
    post = models.ForeignKey(
        Post,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    person = models.ForeignKey(
        Participant,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    answers = models.ForeignKey(
        Participant,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="Another person, whose post this one answers.",
    )
    said_at = models.DateTimeField()
    network = models.CharField(max_length=20)
    language = models.CharField(max_length=20, blank=True, help_text='Without region: "fr".')
    converses = models.BooleanField(
        default=False, help_text="Said, answered, answered back: the third post of a conversation."
    )
    helps = models.BooleanField(default=False, help_text="A help that was confirmed.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "site"], name="one_count_of_a_post_for_each_mooc"
            )
        ]
        indexes = [
            models.Index(
                fields=["person", "site", "said_at", "post"], name="counted_posts_of_a_person"
            ),
            models.Index(
                fields=["answers", "person", "site", "said_at"],
                condition=Q(answers__isnull=False),
                name="counted_answers_of_a_pair",
            ),
            models.Index(
                fields=["answers", "site", "said_at"],
                condition=Q(answers__isnull=False),
                name="counted_answers_to_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.person_id}"


class CountedPerson(models.Model):
    """A person's first and latest post, and the first answer that another person gave them."""

    site = _site()
    person = models.ForeignKey(
        Participant,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    first_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField(db_index=True)
    network = models.CharField(max_length=20, help_text="Of the first post.")
    language = models.CharField(max_length=20, blank=True, help_text="Of the first post.")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "site"], name="one_count_of_a_person_for_each_mooc"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.first_at}"


class DailyTally(models.Model):
    """How many of one kind on one day, of the site's own time zone."""

    site = _site()
    day = models.DateField()
    kind = models.CharField(max_length=20, help_text='"posts", "newcomers", "wait:12"…')
    network = models.CharField(max_length=20)
    language = models.CharField(max_length=20, blank=True)
    value = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "day", "kind", "network", "language"],
                name="one_tally_per_day_and_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.value}"


class Presence(models.Model):
    """That a person took part in a week or a month: spoke, helped, or was helped. Distinct people
    can't be added up day by day."""

    class Part(models.TextChoices):
        SPOKE = "spoke", _("spoke")
        HELPED = "helped", _("helped")
        WAS_HELPED = "was_helped", _("was helped")

    class Span(models.TextChoices):
        WEEK = "week", _("week")
        MONTH = "month", _("month")

    site = _site()
    span = models.CharField(max_length=5, choices=Span)
    start = models.DateField(help_text="The Monday, or the first of the month.")
    part = models.CharField(max_length=10, choices=Part)
    person = models.ForeignKey(
        Participant,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    network = models.CharField(max_length=20)
    language = models.CharField(max_length=20, blank=True)
    posts = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "site", "span", "start", "part", "network", "language"],
                name="one_presence_per_span_and_part",
            )
        ]
        indexes = [
            models.Index(
                fields=["site", "span", "start", "part", "person"], name="people_of_a_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.part}, {self.span} of {self.start}"


class Exchange(models.Model):
    """Who answers whom: an edge of the network."""

    site = _site()
    answerer = models.ForeignKey(
        Participant,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    answered = models.ForeignKey(
        Participant, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    posts = models.PositiveIntegerField()
    first_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answerer", "answered", "site"], name="one_exchange_per_direction"
            ),
            models.CheckConstraint(
                condition=~Q(answerer=F("answered")), name="nobody_answers_themself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answerer_id} → {self.answered_id}: {self.posts}"


class FiguresMark(models.Model):
    """One row: the lock of whoever counts, and how far the drawing is."""

    moocs = models.CharField(
        max_length=64, blank=True, help_text="How MOOCs were told apart when posts were counted."
    )
    moved_at = models.DateTimeField(null=True, help_text="When a count last changed.")
    drawn_at = models.DateTimeField(null=True)
    drawing_until = models.DateTimeField(null=True, help_text="Somebody draws until then.")

    def __str__(self) -> str:
        return f"moved {self.moved_at}, drawn {self.drawn_at}"


class Drawing(models.Model):
    """What takes long to work out, as it was at one moment: the drawn network, newcomers' ways into
    it."""

    name = models.CharField(max_length=30, primary_key=True)
    made_at = models.DateTimeField()
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.name}, {self.made_at}"
