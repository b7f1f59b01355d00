"""Where hubs knock. Strangers may too: nothing is told to whoever doesn't know a token."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from curation.models import Subscription
from curation.websub.receiving import is_signed, note_denial, receive, verify_intent

LONGEST_CHALLENGE = 1000


BY_STRANGERS = "60/m"
"""Of one address, to doors that aren't there or without a signature."""
BY_HUBS = "120/m"
"""For one source: a hub speaks for hundreds from one address."""
A_MINUTE = 60


@csrf_exempt  # a hub has no session; its signature is checked
@require_http_methods(["GET", "POST"])
def callback(request: HttpRequest, token: str) -> HttpResponse:
    found = Subscription.objects.select_related("source__owner")
    subscription = found.filter(token=token).first()
    if subscription is None:
        return _too_often() if _knocks_too_often(request) else _nothing_here()
    if request.method == "POST":
        return _hear(request, subscription)
    if _speaks_too_often(request, subscription):
        return _too_often()
    return _verify(request, subscription)


def _verify(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    now, asked = timezone.now(), request.GET.dict()
    if asked.get("hub.mode") == "denied":
        if asked.get("hub.topic") == subscription.topic_url:
            note_denial(subscription, now=now)
        return HttpResponse(content_type="text/plain")
    challenge = str(asked.get("hub.challenge", ""))
    if not 0 < len(challenge) <= LONGEST_CHALLENGE:
        return _nothing_here()
    if not verify_intent(subscription, {k: str(v) for k, v in asked.items()}, now=now):
        return _nothing_here()
    return HttpResponse(challenge, content_type="text/plain")


def _hear(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    """The standard wants a yes even for a wrong signature; what it came with is thrown away."""
    source = subscription.source
    if source.paused_at or source.gone_at or not subscription.is_wanted:
        return _nothing_here()
    if not is_signed(subscription, request.body, request.headers.get("X-Hub-Signature", "")):
        return _too_often() if _knocks_too_often(request) else HttpResponse(status=202)
    if _speaks_too_often(request, subscription):
        return _too_often()
    headers = {"content-type": request.headers.get("Content-Type", "")}
    receive(subscription, request.body, headers, now=timezone.now())
    return HttpResponse(status=202)


def _nothing_here() -> HttpResponse:
    """Hubs take it for a no, and stop; a 404 would be sent on to a page in somebody's language."""
    return HttpResponse(status=410)


def _knocks_too_often(request: HttpRequest) -> bool:
    return is_ratelimited(
        request, group="websub:strangers", key="ip", rate=BY_STRANGERS, increment=True
    )


def _speaks_too_often(request: HttpRequest, subscription: Subscription) -> bool:
    return is_ratelimited(
        request,
        group="websub:hubs",
        key=lambda _group, _request: str(subscription.pk),
        rate=BY_HUBS,
        increment=True,
    )


def _too_often() -> HttpResponse:
    """Hubs try again later; what is missed meanwhile, the feed itself will tell."""
    return HttpResponse(status=429, headers={"Retry-After": str(A_MINUTE)})
