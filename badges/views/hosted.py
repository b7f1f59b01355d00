"""What machines ask for: the Open Badges documents and pictures, readable from any site."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from badges.assertions import class_document, hosted_document, issuer_document
from badges.baking import to_json
from badges.models import Award, BadgeClass, Issuer
from badges.permissions import may_read

MINUTES = 60
GONE = 410


@require_safe
def issuer(request: HttpRequest) -> HttpResponseBase:
    return _document(request, issuer_document(Issuer.load(request_or_site=request)))


@require_safe
def badge_class(request: HttpRequest, slug: str) -> HttpResponseBase:
    badge = get_object_or_404(BadgeClass.objects.published(), slug=slug)
    return _document(request, class_document(badge))


@require_safe
def assertion(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """410 with the reason for what was revoked; 404 for what isn't issued yet."""
    award = get_object_or_404(Award.objects.select_related("recipient"), pk=pk)
    if award.issued_at is None and award.revoked_at is None:
        raise Http404
    response = _document(request, hosted_document(award), status=GONE if award.revoked_at else 200)
    patch_cache_control(response, max_age=0, must_revalidate=True)
    return response


@require_safe
def class_image(request: HttpRequest, slug: str) -> HttpResponseBase:
    badges = BadgeClass.objects.published().with_medallions()
    badge = get_object_or_404(badges, slug=slug)
    return _picture(FileResponse(badge.medallion.file.open("rb")), MINUTES * 10)


@require_safe
def award_image(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The baked PNG. What is kept private is for its owner; what was revoked is gone."""
    award = get_object_or_404(Award.objects.select_related("recipient"), pk=pk)
    if award.revoked_at:
        return HttpResponse(status=GONE)
    if award.issued_at is None or not may_read(request, award):
        raise Http404
    filename = f"{award.badge_class.slug}.png"
    wanted = "download" in request.GET
    return _picture(
        FileResponse(award.baked.open("rb"), as_attachment=wanted, filename=filename),
        MINUTES if award.is_public else 0,
    )


@require_safe
def class_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _in_their_language(redirect("badges:badge", slug=slug))


@require_safe
def award_page(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    response = redirect("badges:award", pk=pk)
    if key := request.GET.urlencode():
        response["Location"] += f"?{key}"
    return _in_their_language(response)


def _document(request: HttpRequest, document: dict[str, Any], status: int = 200) -> HttpResponse:
    content = to_json(document).encode()
    response = HttpResponse(content, content_type="application/json", status=status)
    response["ETag"] = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=MINUTES)
    if status != 200:
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _picture(response: FileResponse, seconds: int) -> FileResponse:
    response["Content-Type"] = "image/png"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if seconds:
        patch_cache_control(response, public=True, max_age=seconds)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _in_their_language(response: HttpResponse) -> HttpResponse:
    """The address of the page depends on who asks."""
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
