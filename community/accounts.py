"""Signing up with a handle and a password alone: a login, its practice account, and a person."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.validators import RegexValidator
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.invitations import invited_by
from community.joining import welcome_login
from community.models import User
from microblog.timeline.identity import check_handle

handle_validators = [
    RegexValidator(
        r"^[a-z0-9_]{2,30}$", _("A handle has 2 to 30 letters a to z, figures or underscores.")
    ),
    check_handle,
]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's doors, with our manners."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """The login and all that comes with it are made together or not at all."""
        user.language = get_language() or ""
        with transaction.atomic():
            super().save_user(request, user, form, commit)
            if commit:
                welcome_login(user, brought_by=invited_by(request), now=timezone.now())
        return user
