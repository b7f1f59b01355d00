"""Doors for members who write: their texts, what became of them, the way to the editors."""

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page, Site

from cms.contributing.content import Content
from cms.contributing.differing import changes
from cms.contributing.doors import BEGINNING, SAVING, SENDING, me, members, my_text, too_fast
from cms.contributing.drafting import begin, latest_content, save_version
from cms.contributing.looking import as_it_was_sent, edited_content, take_up_changes
from cms.contributing.pages import SHELVES, NoPlace
from cms.contributing.sending import (
    CannotSend,
    EditorsWereFaster,
    agree,
    last_word,
    send_in,
    take_back,
)
from cms.contributing.showing import preview
from cms.models import Contribution, ContributionDraft
from community.models import User
from community.sites import site_here, within

MOST = 100
EXAMPLES = 2
VERSIONS = 30


@require_safe
@members
def texts(request: HttpRequest) -> HttpResponse:
    """My texts and what became of them; something new to begin."""
    mine = Contribution.objects.of(me(request)).select_related("page")[:MOST]
    kinds = [
        {"kind": kind, "examples": _examples(kind.value, site_here(request)), "ticket": uuid4()}
        for kind in Contribution.Kind
    ]
    return render(request, "cms/contributing/texts.html", {"texts": mine, "kinds": kinds})


def _examples(kind: str, site_id: int | None) -> Any:
    """The newest ones of this MOOC in the reader's language."""
    _index, pages = SHELVES[kind]
    here = pages.objects.live().public().filter(within(site_id))
    found = here.filter(locale__language_code=get_language())
    if hasattr(found, "shown"):
        found = found.shown()
    return Page.objects.filter(pk__in=found.values("pk")).order_by("-first_published_at")[:EXAMPLES]


@require_POST
@members
def new(request: HttpRequest) -> HttpResponse:
    kind, ticket = request.POST.get("kind"), _ticket(request.POST.get("ticket", ""))
    site = Site.find_for_request(request)
    if kind not in Contribution.Kind.values or ticket is None or site is None:
        return redirect("write:texts")
    known = Contribution.objects.filter(ticket=ticket).first()
    if known is None and too_fast(request, "new", BEGINNING):
        messages.warning(request, _("So many new texts at once! Go on with one of them first."))
        return redirect("write:texts")
    text = begin(
        me(request),
        kind=kind,
        site=site,
        language=get_language() or "",
        ticket=ticket,
        now=timezone.now(),
    )
    return redirect("write:edit", text.pk)


def _ticket(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None


@require_safe
@members
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One text: where it is, what editors said and changed, what comes next."""
    text = my_text(request, pk)
    edited = edited_content(text)
    context = {
        "text": text,
        "word": last_word(text),
        "changes": list(changes(as_it_was_sent(text), edited)) if edited else [],
        "versions": text.drafts.all()[:VERSIONS],
        **preview(text, edited or latest_content(text)),
    }
    return render(request, "cms/contributing/text.html", context)


@require_POST
@members
def send(request: HttpRequest, pk: int) -> HttpResponse:
    text = my_text(request, pk)
    if too_fast(request, "send", SENDING):
        messages.warning(request, _("That was a lot at once. Wait a little, then send it again."))
        return redirect("write:show", pk)
    return try_to_send(request, text)


def try_to_send(request: HttpRequest, text: Contribution) -> HttpResponse:
    """To the text's page; or back to the editor, with what is missing."""
    try:
        send_in(text, by=cast(User, request.user), now=timezone.now())
    except CannotSend as error:
        for reason in error.reasons:
            messages.warning(request, str(reason))
        return redirect("write:edit", text.pk)
    except NoPlace as error:
        messages.error(request, str(error))
        return redirect("write:edit", text.pk)
    except EditorsWereFaster:
        taken_up = take_up_changes(my_text(request, text.pk), now=timezone.now())
        return redirect(beside_editors(text, taken_up.beside if taken_up else None))
    messages.success(request, _("Thank you! An editor will read it and answer you here."))
    return redirect("write:show", text.pk)


def beside_editors(text: Contribution, mine: ContributionDraft | None) -> str:
    """Where its author sees both, and keeps one."""
    editor = reverse("write:edit", args=[text.pk])
    return f"{editor}?beside={mine.pk}" if mine else editor


@require_POST
@members
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreed: what editors changed goes back to them as it is."""
    if agree(my_text(request, pk), by=cast(User, request.user), now=timezone.now()):
        messages.success(request, _("Agreed, and sent in again."))
    return redirect("write:show", pk)


@require_POST
@members
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    text = my_text(request, pk)
    if take_back(text, by=cast(User, request.user), now=timezone.now()):
        messages.success(request, _("Taken back. Your words are kept here, for you alone."))
    return redirect("write:show", pk)


@require_http_methods(["GET", "POST"])
@members
def version(request: HttpRequest, pk: int, draft: int) -> HttpResponse:
    """An older version, to read; POST: to go on from."""
    text = my_text(request, pk)
    row = get_object_or_404(ContributionDraft, pk=draft, contribution=text)
    content = Content.of_json(row.content)
    if request.method == "POST" and text.is_open:
        if too_fast(request, "save", SAVING):
            return redirect("write:show", pk)
        save_version(text, content, seen=text.version, now=timezone.now())
        messages.success(request, _("You go on from this version. The later ones are kept."))
        return redirect("write:edit", pk)
    context = {
        "text": text,
        "row": row,
        "changes": list(changes(content, latest_content(text))),
        **preview(text, content),
    }
    return render(request, "cms/contributing/version.html", context)
