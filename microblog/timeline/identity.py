"""Who speaks: the practice account of a login, and the names that people may take."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from microblog.models import Account, Post
from microblog.networks import Network
from microblog.text import HANDLE

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

_RESERVED = """
    about abuse account accounts admin administrator all anonymous api badge badges bot contact
    bounce envol everyone fr en help here home info login logout mail me mod moderation moderator
    null official organiser postmaster root security settings staff static media superuser
    support system tags team timeline undefined webmaster wagtail www
"""
RESERVED = frozenset(_RESERVED.split())
"""Names that would mislead people, or that addresses of this site need."""

TAKEN = _("Somebody has this handle already. Choose another.")
_REMEMBERED = "_practice_account"

handle_has_its_form = RegexValidator(
    rf"^{HANDLE}\Z", _("A handle has 30 letters a to z, figures or underscores at most.")
)


def speaker_of(request: HttpRequest) -> Account | None:
    """The practice account that the visitor speaks as; None for strangers. Asked once a request."""
    if not hasattr(request, _REMEMBERED):
        user = request.user
        account = None
        if user.is_authenticated:
            account = Account.objects.practice().filter(user=user.pk).order_by("pk").first()
        setattr(request, _REMEMBERED, account)
    found: Account | None = getattr(request, _REMEMBERED)
    return found


def check_handle(handle: str) -> None:
    """Raises ValidationError for a handle that is malformed, reserved or taken."""
    handle_has_its_form(handle)
    if handle.casefold() in RESERVED:
        raise ValidationError(_("This handle is kept for the site. Choose another."), "reserved")
    if Account.objects.practice().filter(handle__iexact=handle).exists():
        raise ValidationError(TAKEN, "taken")


def open_practice_account(
    user: "AbstractBaseUser | AnonymousUser | None",
    *,
    handle: str,
    display_name: str = "",
    is_bot: bool = False,
) -> Account:
    """A new account here; the site's bot may bear a reserved name. Raises ValidationError."""
    handle = handle.strip()
    if not is_bot:
        check_handle(handle)
    address = f"{settings.BASE_URL}/@{handle.casefold()}"
    account = Account(
        network=Network.PRACTICE,
        uri=address,
        url=address,
        handle=handle,
        display_name=display_name.strip()[:200],
        user_id=user.pk if user else None,
        is_bot=is_bot,
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(TAKEN, "taken") from error
    return account


def may_moderate(request: HttpRequest) -> bool:
    """Whether the visitor looks after the timeline: reads reports, takes harmful posts away."""
    return request.user.has_perm("microblog.change_report")


def may_change(account: Account | None, post: Post) -> bool:
    return account is not None and post.author_id == account.pk and post.deleted_at is None
