"""Who comes in to the desk; nobody finds it in a shared computer's memory afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django_ratelimit.core import is_ratelimited
from wagtail.models import Site

from community.models import User
from curation.access import Rights, rights_of

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Curator:
    """Who sits at which MOOC's desk, and what they may do there."""

    user: User
    site: Site
    rights: Rights


View = Callable[Concatenate[HttpRequest, P], HttpResponse]
CuratorsView = Callable[Concatenate[HttpRequest, Curator, P], HttpResponse]

ACTING = "240/m"


def curators(view: CuratorsView[P]) -> View[P]:
    """The view gets the curator after the request. Raises PermissionDenied for everybody else."""

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        rights = rights_of(request.user, site)
        if not rights:
            raise PermissionDenied
        answer = view(request, Curator(cast(User, request.user), site, rights), *args, **kwargs)
        add_never_cache_headers(answer)
        return answer

    return login_required(door)


def must(right: bool) -> None:
    """Raises PermissionDenied."""
    if not right:
        raise PermissionDenied


def too_fast(request: HttpRequest) -> bool:
    return is_ratelimited(request, group="curation:desk", key="user", rate=ACTING, increment=True)
