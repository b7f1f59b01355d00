"""The letter's doors."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_ratelimit.decorators import ratelimit
from wagtail.models import Site

from curation.digest.forms import SubscribeForm
from curation.digest.subscribing import ask_for_letter, confirm, leave
from curation.models import Digest, Subscriber
from curation.models.digest import DigestQuerySet

PER_PAGE = 20


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def _letters(site: Site) -> DigestQuerySet:
    return Digest.objects.sent().filter(site=site, language=get_language() or "")


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All letters that left, the newest first, and the door to get the next ones."""
    form = SubscribeForm(initial={"language": get_language()})
    return _archive(request, form)


def _archive(request: HttpRequest, form: SubscribeForm, *, status: int = 200) -> HttpResponse:
    letters = Paginator(_letters(_site(request)), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "letters": letters}
    return render(request, "curation/digest/archive.html", context, status=status)


@require_safe
def letter(request: HttpRequest, week: date) -> HttpResponse:
    digest = get_object_or_404(
        _letters(_site(request)).select_related("site").prefetch_related("entries"), week=week
    )
    form = SubscribeForm(initial={"language": digest.language})
    return render(request, "curation/digest/letter.html", {"digest": digest, "form": form})


@require_POST
@ratelimit(key="ip", rate="60/h")
def subscribe(request: HttpRequest) -> HttpResponse:
    """A class, or a staff room, asks from one address of the network; how often one mailbox is
    written to is bounded there."""
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _archive(request, form, status=422)
    ask_for_letter(
        form.cleaned_data["email"],
        site=_site(request),
        language=form.cleaned_data["language"],
        now=timezone.now(),
    )
    return redirect("digest:asked")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The same whoever asked: nobody learns here which addresses read the letter."""
    return render(request, "curation/digest/asked.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ratelimit(key="ip", rate="60/h")
def confirm_view(request: HttpRequest, key: str) -> HttpResponse:
    """A button: mail programs that open links by themselves must not say yes for anybody."""
    subscriber = Subscriber.objects.filter(site=_site(request), key=key).first()
    if request.method == "POST" and subscriber:
        confirm(subscriber, now=timezone.now())
        subscriber.refresh_from_db()
    context = {"subscriber": subscriber}
    status = 200 if subscriber else 404
    return render(request, "curation/digest/confirm.html", context, status=status)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ratelimit(key="ip", rate="1200/h")
def leave_view(request: HttpRequest, key: str) -> HttpResponse:
    """One click, also from the button of mail programs, which know no cookies (RFC 8058) and come,
    for thousands of readers, from a few servers of their provider. The key is the permission;
    leaving again is no mistake."""
    subscriber = Subscriber.objects.filter(site=_site(request), key=key).first()
    if request.method == "POST" and subscriber:
        leave(subscriber)
    if request.method == "POST" and "List-Unsubscribe" in request.POST:
        # Mail programs follow no redirect reliably.
        return render(request, "curation/digest/left.html")
    if request.method == "POST" or subscriber is None:
        return redirect("digest:left")
    return render(request, "curation/digest/leave.html", {"subscriber": subscriber})


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "curation/digest/left.html")
