"""Who may sit at the console: tutors, each with the person that they are."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django_ratelimit.core import is_ratelimited

from community.joining import person_of
from community.models import Participant, User
from community.tutoring.access import may_tutor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
TutorsView = Callable[Concatenate[HttpRequest, Participant, P], HttpResponse]

ACTING = "60/m"
POLLING = "60/m"


def tutors(view: TutorsView[P]) -> View[P]:
    """The view gets the tutor after the request. Raises PermissionDenied for everybody else."""

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_tutor(request.user):
            raise PermissionDenied
        answer = view(request, person_of(cast(User, request.user)), *args, **kwargs)
        # A shared computer's back button must not show who needed help.
        add_never_cache_headers(answer)
        return answer

    return login_required(door)


def too_fast(request: HttpRequest, group: str, rate: str = ACTING) -> bool:
    return is_ratelimited(request, group=f"tutoring:{group}", key="user", rate=rate, increment=True)
