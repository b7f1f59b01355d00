"""Who may pass: members, to their own texts; at the pace of somebody who writes."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django_ratelimit.core import is_ratelimited

from cms.models import Contribution
from community.joining import person_of
from community.models import Participant, User

View = Callable[..., HttpResponse]
SAVING, SENDING, PICTURES, BEGINNING = "60/m", "20/h", "40/h", "20/h"
MOST_SHOWN = 200_000


def members(view: View) -> View:
    """Strangers sign in first; what they had typed when their session ended is shown to them, to
    be kept."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        typed = _typed(request) if request.method == "POST" else ""
        if not typed:
            return redirect_to_login(request.get_full_path())
        context = {"typed": typed[:MOST_SHOWN], "next": request.path}
        return render(request, "cms/contributing/signed_out.html", context, status=403)

    return door


def _typed(request: HttpRequest) -> str:
    shown = ("title", "summary", "body", "heading", "text", "tip")
    told = (value for name, value in request.POST.items() if name.rpartition("-")[2] in shown)
    return "\n\n".join(filter(None, (str(value).strip() for value in told)))


def me(request: HttpRequest) -> Participant:
    return person_of(cast(User, request.user))


def my_text(request: HttpRequest, pk: int) -> Contribution:
    """Raises Http404 for somebody else's."""
    texts = Contribution.objects.select_related("page", "author", "site")
    return get_object_or_404(texts, pk=pk, author=me(request))


def too_fast(request: HttpRequest, group: str, rate: str) -> bool:
    return bool(
        is_ratelimited(
            request, group=f"write-{group}", key="user", rate=rate, method="POST", increment=True
        )
    )
