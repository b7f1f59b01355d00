"""Addresses without a language, by which posts, people and badges are named, lead to pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers


def profile(request: HttpRequest, handle: str) -> HttpResponse:
    return _lead(reverse("microblog:profile", args=[handle]))


def post(request: HttpRequest, handle: str, number: str) -> HttpResponse:
    return _lead(reverse("microblog:post", args=[handle, number]))


def hashtag(request: HttpRequest, name: str) -> HttpResponse:
    return _lead(reverse("microblog:hashtag", args=[name]))


def _lead(page: str) -> HttpResponse:
    """In the reader's language, which the middleware has found by cookie or browser."""
    answer = HttpResponseRedirect(page)
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer
