"""Coming aboard, the logbook, and what each person decides about themself."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_ratelimit.decorators import ratelimit

from community.consent import change_consent, delete_person
from community.embarking import boardings_of, embark, is_aboard
from community.exporting import export_person
from community.forms import DeleteForm, EmbarkForm, SettingsForm
from community.invitations import (
    invited_by,
    keep_invitation,
    remember_way_back,
    take_way_back,
)
from community.joining import person_of, rename_practice_account
from community.linking import new_link_code
from community.logbook import panels_for
from community.models import Consent, LinkCode, MoocSettings, Participant, User
from community.moocs import Moocs
from community.sites import base_url, site_here
from community.tutoring.asking import ask_for_tutors
from microblog.models import Connection
from microblog.networks import Network


def _me(request: HttpRequest) -> Participant:
    """The person behind the login; only for people who are signed in."""
    return person_of(cast(User, request.user))


@require_http_methods(["GET", "POST"])
def embark_view(request: HttpRequest) -> HttpResponse:
    """Explains the ways aboard; signed-in people come aboard here."""
    person = _me(request) if request.user.is_authenticated else None
    moocs, form = Moocs.read(), None
    mooc = moocs.of_site(site_here(request))
    aboard = person is not None and is_aboard(person, mooc, boardings_of([person]))
    remember_way_back(request)
    if aboard and (back := take_way_back(request)):
        return redirect(back)
    if person and not aboard:
        form = EmbarkForm(
            request.POST or None,
            instance=person,
            initial={"language": person.language or get_language(), "consent": Consent.SHOW},
        )
        if request.method == "POST" and form.is_valid():
            _embark(request, form, mooc)
            return redirect(take_way_back(request) or "community:embark")
    guide = invited_by(request)
    return render(
        request,
        "community/embark.html",
        {
            "person": person,
            "is_aboard": aboard,
            "form": form,
            "mooc": mooc,
            "hashtag": mooc.first_hashtag,
            "phrase": _("I want to embark"),
            "guide": guide if guide and guide.shows else None,
            "voices": moocs.voices_of(mooc, _voices()),
        },
    )


def _embark(request: HttpRequest, form: EmbarkForm, mooc: MoocSettings) -> None:
    person, now = form.save(commit=False), timezone.now()
    person.consent_chosen_at = now
    person.save()
    rename_practice_account(person)
    has_boarded = embark(person, now=now, mooc=mooc, brought_by=invited_by(request))
    if form.cleaned_data["wants_tutor"]:
        ask_for_tutors([person], now=now)
    if has_boarded:
        messages.success(request, _("Welcome aboard, %(name)s!") % {"name": person.name})


def _voices() -> list[Connection]:
    """Our accounts on real networks, to whom one may write."""
    remote = Connection.objects.enabled().exclude(network=Network.PRACTICE)
    return list(remote.select_related("account"))


@require_GET
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    keep_invitation(request, get_object_or_404(Participant, invitation=code))
    return redirect("community:embark")


@never_cache
@require_GET
@login_required
def logbook(request: HttpRequest) -> HttpResponse:
    person = _me(request)
    address = reverse("community:invitation", args=[person.invitation])
    return render(
        request,
        "community/logbook.html",
        {
            "person": person,
            "panels": panels_for(person),
            "invitation": f"{base_url(site_here(request))}{address}",
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def settings_view(request: HttpRequest) -> HttpResponse:
    person, now = _me(request), timezone.now()
    before = Consent(person.consent)
    form = SettingsForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        person = form.save(commit=False)
        chosen, person.consent = Consent(person.consent), before
        person.save()
        change_consent(person, chosen, now=now)
        messages.success(request, _("Your choices are kept."))
        return redirect("community:settings")
    links = person.links.select_related("account").order_by("created_at")
    return render(
        request,
        "community/settings.html",
        {
            "person": person,
            "form": form,
            "links": links,
            "code": _open_code(person, now),
            "voices": _voices(),
        },
    )


def _open_code(person: Participant, now: datetime) -> LinkCode | None:
    return person.link_codes.filter(used_at=None, expires_at__gt=now).first()


@login_required
@require_POST
@ratelimit(key="user", rate="20/h")
def link_code(request: HttpRequest) -> HttpResponse:
    new_link_code(_me(request), now=timezone.now())
    return redirect(f"{reverse('community:settings')}#accounts")


@login_required
@require_GET
@ratelimit(key="user", rate="20/h")
def export(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about the reader, as a file."""
    answer = JsonResponse(
        export_person(_me(request)),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )
    answer["Content-Disposition"] = 'attachment; filename="envol.json"'
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = DeleteForm(request.POST or None, handle=user.get_username())
    if request.method == "POST" and form.is_valid():
        logout(request)
        delete_person(user, now=timezone.now())
        messages.success(request, _("Your account is deleted. Fair winds!"))
        return redirect("/")
    return render(request, "community/delete.html", {"form": form})
