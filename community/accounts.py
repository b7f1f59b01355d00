"""Signing up with a handle and a password alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

handle_validators = [
    RegexValidator(
        r"^[a-z0-9_]{2,30}$", _("A handle has 2 to 30 letters a to z, figures or underscores.")
    ),
]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's doors, with our manners."""
