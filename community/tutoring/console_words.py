"""What tutors are told when somebody can't be taken on."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from community.tutoring.claiming import MOST_AT_ONCE, NotTaken, Taken, TooMany
from community.tutoring.console_pages import minutes_left


def say_why_not(request: HttpRequest, fault: NotTaken, *, now: datetime) -> None:
    messages.info(request, why_not(fault, now=now))


def why_not(fault: NotTaken, *, now: datetime) -> str:
    if isinstance(fault, Taken):
        minutes = minutes_left(fault.claim, now)
        return ngettext(
            "%(name)s sits beside them, for %(minutes)s more minute.",
            "%(name)s sits beside them, for %(minutes)s more minutes.",
            minutes,
        ) % {"name": fault.claim.tutor.name, "minutes": minutes}
    if isinstance(fault, TooMany):
        return ngettext(
            "You sit beside %(count)s person already. Answer them first, or leave them to others.",
            "You sit beside %(count)s people already. Answer one first, or leave one to others.",
            MOST_AT_ONCE,
        ) % {"count": MOST_AT_ONCE}
    return gettext("It isn't yours any more, or nobody waits there now.")
