"""Being a tutor: volunteering, saying how much, being away, stopping; and who is there."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.joining import person_of
from community.models import Mentorship, Participant, Tutoring, User
from community.sites import site_here
from community.tutoring.access import may_tutor, may_volunteer
from community.tutoring.asking import is_waiting, may_ask
from community.tutoring.console_doors import too_fast
from community.tutoring.mentees import counts_of
from community.tutoring.offers import OfferForm
from community.tutoring.showing import read_tutors
from community.tutoring.volunteering import stop_tutoring, volunteer
from microblog.views.doors import slow_down


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Whoever came aboard and shows themself may volunteer; others read what it is about."""
    me, now = person_of(cast(User, request.user)), timezone.now()
    tutoring = Tutoring.objects.filter(participant=me).first()
    may = may_volunteer(me) and not (tutoring and tutoring.paused_at)
    form = OfferForm.of(
        tutoring,
        me.language or get_language() or "",
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and may and form.is_valid():
        if too_fast(request, "profile"):
            return slow_down(request)
        is_new = tutoring is None or tutoring.stopped_at is not None
        volunteer(me, form.offer, now=now)
        messages.success(
            request,
            gettext("Thank you for being there! You find your mentees on this page.")
            if is_new
            else gettext("It is kept."),
        )
        return redirect("tutoring:mentees" if is_new else "tutoring:profile")
    context = {
        "me": me,
        "tutoring": tutoring,
        "is_tutor": bool(tutoring and tutoring.is_willing),
        "is_away": bool(tutoring and tutoring.is_away(now)),
        "may_volunteer": may,
        "form": form,
        "mentees": Mentorship.objects.going_on().of(me).count(),
        "counts": counts_of(me),
        "is_console_open": may_tutor(request.user),
    }
    status = 422 if form.is_bound and may else 200
    return render(request, "community/tutoring/profile.html", context, status=status)


@login_required
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    if stop_tutoring(person_of(cast(User, request.user)), now=timezone.now()):
        messages.success(
            request, gettext("You have stopped. Thank you for every minute; come back any time.")
        )
    return redirect("tutoring:profile")


@never_cache
@require_GET
def tutors_of_this_mooc(request: HttpRequest) -> HttpResponse:
    """Public: who is there, for what, in which languages."""
    me = _reader(request)
    context = {
        "tutors": read_tutors(now=timezone.now(), site_id=site_here(request)),
        "me": me,
        "may_ask": bool(me and may_ask(me)),
        "is_waiting": bool(me and is_waiting(getattr(me, "tutor_request", None))),
    }
    return render(request, "community/tutoring/tutors.html", context)


def _reader(request: HttpRequest) -> Participant | None:
    if not request.user.is_authenticated:
        return None
    people = Participant.objects.select_related("tutor_request")
    return people.filter(user=request.user).first()
