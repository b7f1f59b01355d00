"""An invitation is an address that a person passes on; who comes through it was brought by them."""

from django.http import HttpRequest

from community.models import Participant

_KEPT = "invitation"


def keep_invitation(request: HttpRequest, participant: Participant) -> None:
    """Remember for this visit who invited; counts when the visitor signs up or embarks."""
    request.session[_KEPT] = participant.invitation


def invited_by(request: HttpRequest) -> Participant | None:
    code = request.session.get(_KEPT, "")
    return Participant.objects.filter(invitation=code).first() if code else None
