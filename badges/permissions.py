"""Who may do what with an award."""

from django.http import HttpRequest

from badges.keys import opens
from badges.models import Award


def is_recipient(request: HttpRequest, award: Award) -> bool:
    """Whoever logs in as the person, or holds the key that was sent to them."""
    user = request.user
    if user.is_authenticated and award.recipient.user_id == user.pk:
        return True
    return opens(award, request.POST.get("key") or request.GET.get("key", ""))


def may_read(request: HttpRequest, award: Award) -> bool:
    return award.is_public or is_recipient(request, award)
