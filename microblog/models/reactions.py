from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from microblog.gateways.base import ReactionKind
from microblog.models.accounts import Account
from microblog.models.posts import Post


class Reaction(models.Model):
    """A favourite or a boost, here or heard elsewhere. A boost is no post of its own."""

    KINDS = [(ReactionKind.FAVOURITE.value, _("favourite")), (ReactionKind.BOOST.value, _("boost"))]

    kind = models.CharField(max_length=20, choices=KINDS)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="reactions")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    answered = models.BooleanField(
        default=False, help_text="Whether the rooms above have looked at it."
    )

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "account", "post"], name="one_reaction_of_a_kind_per_person"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(answered=False), name="reactions_without_an_answer"
            ),
            models.Index(fields=["post", "kind"], name="reactions_of_a_post"),
            models.Index(fields=["account", "kind", "-created_at"], name="reactions_of_an_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.post_id}"
