import secrets
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from microblog.models import Account, Post


class User(AbstractUser):
    """A login. The username is the handle on the practice timeline; an e-mail address is
    optional."""

    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True
    )

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined]
        verbose_name = _("login")  # type: ignore[assignment]
        verbose_name_plural = _("logins")  # type: ignore[assignment]


class Consent(models.TextChoices):
    SHOW = "show", _("Show my messages and my name")
    COUNT = "count", _("Count my progress, show nothing")
    NOTHING = "nothing", _("Keep nothing about me")


def new_invitation() -> str:
    return secrets.token_urlsafe(9)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def embarked(self) -> Self:
        return self.exclude(embarked_at=None)

    def showing(self) -> Self:
        return self.filter(consent=Consent.SHOW)


class Participant(models.Model):
    """A person (or a class with one collective account), known by one account or several.

    Somebody who takes part without joining is one too: not embarked, counted, not shown.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participant",
    )
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True
    )
    consent = models.CharField(_("consent"), max_length=10, choices=Consent, default=Consent.COUNT)
    consent_chosen_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_class = models.BooleanField(_("a class"), default=False)
    first_seen_at = models.DateTimeField(db_default=Now(), editable=False)
    embarked_at = models.DateTimeField(_("embarked"), null=True, blank=True)
    embarked_with = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    brought_by = models.ForeignKey(
        "self",
        verbose_name=_("brought by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="brought",
    )
    invitation = models.CharField(
        max_length=20, unique=True, default=new_invitation, editable=False
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self) -> str:
        return self.name

    @property
    def handles(self) -> str:
        """As organisers tell people apart."""
        return ", ".join(f"@{link.account.handle}" for link in self.links.all())

    @property
    def shows(self) -> bool:
        return self.consent == Consent.SHOW


class Boarding(models.Model):
    """Somebody came aboard a MOOC. `Participant.embarked_at` is when they first did, anywhere; who
    was aboard before MOOCs were told apart is aboard the first one without any row."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="boardings")
    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("boarding")
        verbose_name_plural = _("boardings")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "site"], name="one_boarding_per_person_and_mooc"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} aboard {self.site_id}"


class AccountLink(models.Model):
    """Whose account it is. One person can own several; an account belongs to one person."""

    class Proof(models.TextChoices):
        SIGNUP = "signup", _("opened here")
        HEARD = "heard", _("heard on its network")
        CODE = "code", _("posted a code")
        BY_HAND = "by_hand", _("by an organiser")

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="link")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="links")
    proof = models.CharField(max_length=20, choices=Proof)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("account of a participant")
        verbose_name_plural = _("accounts of participants")

    def __str__(self) -> str:
        return f"{self.account_id} → {self.participant_id}"


class LinkCode(models.Model):
    """A word to post from another account, mentioning the bot, to prove that it is the same
    person's."""

    code = models.CharField(max_length=20, unique=True)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="link_codes"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.expires_at}"
