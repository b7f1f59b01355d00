"""Taking part from one's own server: the words are made ready there, the reader sees where they
go."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from challenges.models import ChallengePage
from challenges.taking_part import COOKIE, COOKIE_AGE, read_server, take_part
from community.moocs import mooc_of
from community.sites import site_here, site_of_page, within


@require_GET
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Never sends anybody elsewhere by itself: it shows a link that says where it leads."""
    pages = ChallengePage.objects.live().public().filter(closed_at=None).select_related("locale")
    page = get_object_or_404(pages.filter(within(site_here(request))), pk=pk)
    written = request.GET.get("server", "")[:300]
    try:
        server, error = read_server(written), ""
    except ValidationError as problem:
        server, error = "", problem.messages[0]
    context = {
        "challenge": page,
        "error": error,
        "written": written,
        "doors": take_part(
            page,
            hashtag=mooc_of(site_of_page(page)).first_hashtag,
            launch=0,
            server=server,
        ),
    }
    response = render(request, "challenges/share.html", context, status=400 if error else 200)
    if server:
        response.set_cookie(
            COOKIE,
            server,
            max_age=COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response
