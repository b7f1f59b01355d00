"""An invitation is an address that a person passes on; who comes through it was brought by them."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from community.models import Participant

_KEPT = "invitation"
_BACK = "way_back"


def keep_invitation(request: HttpRequest, participant: Participant) -> None:
    """Remember for this visit who invited; counts when the visitor signs up or embarks."""
    request.session[_KEPT] = participant.invitation


def remember_way_back(request: HttpRequest) -> None:
    """The page from which somebody was led aboard (?next=), if it is one of this site."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    ):
        request.session[_BACK] = wanted


def take_way_back(request: HttpRequest) -> str:
    """Once; empty where nobody was led here from elsewhere."""
    return str(request.session.pop(_BACK, ""))


def invited_by(request: HttpRequest) -> Participant | None:
    code = request.session.get(_KEPT, "")
    return Participant.objects.filter(invitation=code).first() if code else None
