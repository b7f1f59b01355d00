"""Saying how hard a challenge was, and that one liked it: on its page, after trying it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_ratelimit.decorators import ratelimit

from challenges.bank.forms import RatingForm
from challenges.bank.opinions import NotTried, opinions_about, rate
from challenges.models import ChallengePage
from community.joining import person_of
from community.models import User


@require_POST
@login_required
@ratelimit(key="user", rate="30/h")
def rate_challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """Their word may change at any time; the page then says what everybody thinks."""
    page = get_object_or_404(ChallengePage.objects.live().public(), pk=pk).specific
    form = RatingForm(request.POST)
    if form.is_valid():
        try:
            rate(
                page,
                person_of(cast(User, request.user)),
                difficulty=form.cleaned_data["difficulty"],
                liked=form.cleaned_data["liked"],
                now=timezone.now(),
            )
        except NotTried:
            messages.info(request, _("Try it first: then you can say how it was."))
        else:
            messages.success(request, _("Thank you! You can change it whenever you like."))
    if request.headers.get("HX-Request"):
        context = {
            "page": page,
            "form": form,
            "opinions": opinions_about(page, request.user),
            "may_rate": True,
            "is_answer": True,
        }
        return render(request, "challenges/bank/_opinions.html", context)
    return HttpResponseRedirect(f"{page.url}#opinions")
