"""Who may enter the bank's rooms in the admin."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from challenges.models import BankSchedule

View = Callable[..., HttpResponse]
KEEP = "challenges.change_bankschedule"
COUNT = "challenges.view_figures"


def only(permission: str) -> Callable[[View], View]:
    """Raises PermissionDenied for everybody else."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.user.has_perm(permission):  # type: ignore[union-attr]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def keepers(view: View) -> View:
    """Hands the queue to the view."""

    @wraps(view)
    @only(KEEP)
    def guarded(request: HttpRequest, pk: int, **kwargs: object) -> HttpResponse:
        return view(request, get_object_or_404(BankSchedule, pk=pk), **kwargs)

    return guarded
