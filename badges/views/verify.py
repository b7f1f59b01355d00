"""One page on which anybody can have a badge checked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.decorators import ratelimit

from badges.forms import VerifyForm
from badges.permissions import may_read
from badges.verifying import Answer, verify_address, verify_image

TOO_MANY = 429


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@ratelimit(key="ip", rate="30/m", method="POST", block=False)
def verify(request: HttpRequest) -> HttpResponse:
    """GET shows the form; with ?badge=<address> it is filled in."""
    if request.method != "POST":
        form = VerifyForm(initial={"address": request.GET.get("badge", "")})
        return render(request, "badges/verify.html", {"form": form})
    if getattr(request, "limited", False):
        context = {"form": VerifyForm(), "too_many": True}
        return render(request, "badges/verify.html", context, status=TOO_MANY)
    form = VerifyForm(request.POST, request.FILES)
    answer = _answer(form) if form.is_valid() else None
    shown = bool(answer and answer.award and may_read(request, answer.award))
    context = {"form": form, "answer": answer, "shown": shown}
    return render(request, "badges/verify.html", context)


def _answer(form: VerifyForm) -> Answer:
    image, claim = form.cleaned_data["image"], form.cleaned_data["claim"]
    if image:
        return verify_image(image.read(), claim=claim)
    return verify_address(form.cleaned_data["address"], claim=claim)
