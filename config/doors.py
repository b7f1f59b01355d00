"""What stands before the views of others: one way to sign in, who is really calling, and who may
keep an answer."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


def sign_in(request: HttpRequest) -> HttpResponse:
    """Where the admin's own login pages would be: they ask no second factor and count no failures.

    Raises PermissionDenied for people who are signed in, and were sent here because they may not
    enter.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    wanted = request.GET.get("next") or request.path.removesuffix("login/")
    return redirect_to_login(wanted, settings.LOGIN_URL)


class CallersAddress:
    """Middleware behind web servers of ours, TRUSTED_PROXIES in number: whoever calls is known by
    the address that the outermost of them saw, not by the last one's own.

    Rate limits of strangers count by it: else one bad guest would lock everybody out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = _callers_address(request.META.get("HTTP_X_FORWARDED_FOR", ""))
        if address:
            request.META["REMOTE_ADDR"] = address
        return self._get_response(request)


class NobodyElsesToKeep:
    """Outermost: an answer that says nothing of who may keep it is its reader's alone.

    Servers in front keep such answers too, Varnish for two minutes, and nobody would tell them when
    what stands there is taken away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._get_response(request)
        if "Cache-Control" not in answer:
            patch_cache_control(answer, private=True)
        return answer


def _callers_address(forwarded: str) -> str:
    """What others wrote into the header stands left of what our servers wrote, and isn't
    believed."""
    proxies: int = settings.TRUSTED_PROXIES
    named = forwarded.split(",")
    if not 0 < proxies <= len(named):
        return ""
    try:
        return str(ipaddress.ip_address(named[-proxies].strip()))
    except ValueError:
        return ""
