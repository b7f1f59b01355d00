"""The booklet of a welcome kit, for everybody who may read the kit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_ratelimit.decorators import ratelimit

from cms.booklet.keeping import BeingPrinted, booklet_of
from cms.models import WelcomeKitPage
from community.sites import site_here, within

SHORTLY = 5  # seconds


@require_safe
@ratelimit(key="ip", rate="30/m", method=ratelimit.ALL)
def booklet(request: HttpRequest, pk: int) -> HttpResponse:
    kit = WelcomeKitPage.objects.live().public().filter(within(site_here(request)), pk=pk).first()
    if kit is None:
        raise Http404(pk)
    try:
        pdf = booklet_of(str(kit.pk), kit.booklet_data())
    except BeingPrinted:
        answer = render(request, "cms/being_printed.html", {"page": kit}, status=503)
        answer["Retry-After"] = str(SHORTLY)
        return answer
    return as_file(pdf, kit.slug)


def as_file(pdf: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
