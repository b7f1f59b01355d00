"""The editor's doors: a text is saved whatever else one asked for."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.contributing.content import Content, with_places_of
from cms.contributing.differing import changes
from cms.contributing.doors import PICTURES, SAVING, SENDING, members, my_text, too_fast
from cms.contributing.drafting import Origin, Saved, latest_content, save_version
from cms.contributing.forms import PictureForm, Sheet
from cms.contributing.looking import as_editors_left_it, take_up_changes
from cms.contributing.pages import pictures_of
from cms.contributing.parts import DEEDS, reorder
from cms.contributing.pictures import add_picture
from cms.contributing.sending import last_word
from cms.contributing.showing import picture_choices, preview
from cms.contributing.views import beside_editors, try_to_send
from cms.models import Contribution, ContributionDraft

AUTOSAVE, SEND, PICTURE, PREVIEW = "autosave", "send", "picture", "preview"


@require_http_methods(["GET", "POST"])
@members
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    text = my_text(request, pk)
    if request.method == "POST":
        return _save(request, text)
    if not text.is_open:
        messages.info(request, _("The editors are reading it. Take it back to change it."))
        return redirect("write:show", pk)
    if text.page_id and (taken_up := take_up_changes(text, now=timezone.now())):
        if taken_up.beside is not None:
            return redirect(beside_editors(text, taken_up.beside))
        messages.info(request, _("The text has the editors' changes in it. Go on from there."))
    if beside := _beside(request, text):
        return _show(request, text, **beside)
    content = latest_content(text)
    if (edited := as_editors_left_it(text)) is not None:
        content = with_places_of(content, edited)
    return _show(request, text, content=content)


def _beside(request: HttpRequest, text: Contribution) -> dict[str, Any] | None:
    """What its author wrote, against the editors' version; None where nothing like it is asked
    for."""
    told = request.GET.get("beside", "")
    mine = text.drafts.filter(pk=int(told)).first() if told.isdecimal() and len(told) < 19 else None
    theirs = ContributionDraft.latest(text)
    if mine is None or theirs is None or theirs.origin != Origin.EDITORS or mine.pk > theirs.pk:
        return None
    edited = Content.of_json(theirs.content)
    content = with_places_of(Content.of_json(mine.content), edited)
    told_apart = list(changes(edited, content))
    conflict = {"draft": theirs, "changes": told_apart, "with_editors": True}
    return {"content": content, "conflict": conflict}


def _save(request: HttpRequest, text: Contribution) -> HttpResponse:
    pictures = pictures_of(text)
    deed = request.POST.get("do", "")
    if too_fast(request, "save", SAVING):
        return _refused(request, text, deed, _("That was a lot at once. Save it in a minute."))
    sheet = Sheet(text, picture_choices(pictures), data=request.POST)
    if not sheet.is_valid():
        return _refused(request, text, deed, _("Not saved yet: look at the fields in red."), sheet)
    content = sheet.content()
    kind, _dash, _number = deed.partition("-")
    focus = None
    if kind in DEEDS:
        content, focus = reorder(content, deed)
    origin = Origin.BY_ITSELF if deed == AUTOSAVE else Origin.AUTHOR
    seen = sheet.seen if text.is_open else -1
    saved = save_version(text, content, seen=seen, now=timezone.now(), origin=origin)
    if saved.other is not None:
        return _conflict(request, text, deed, content, saved)
    if deed == AUTOSAVE:
        return JsonResponse({"version": text.version})
    return _go_on(request, text, deed, focus)


def _go_on(request: HttpRequest, text: Contribution, deed: str, focus: int | None) -> HttpResponse:
    editor = reverse("write:edit", args=[text.pk])
    if focus is not None:
        return redirect(f"{editor}#part-{focus}")
    if deed == PICTURE:
        return _take_picture(request, text)
    if deed == PREVIEW:
        return redirect("write:show", text.pk)
    if deed == SEND:
        if too_fast(request, "send", SENDING):
            messages.warning(request, _("That was a lot at once. Wait a little, then send it."))
            return redirect(editor)
        return try_to_send(request, text)
    messages.success(request, _("Saved."))
    return redirect(editor)


def _take_picture(request: HttpRequest, text: Contribution) -> HttpResponse:
    """The words are saved by now; what is wrong with the picture is said beside it."""
    form = PictureForm(request.POST, request.FILES)
    if too_fast(request, "picture", PICTURES):
        form.add_error(None, _("So many pictures at once! Send the next one in a while."))
    if not form.is_valid():
        return _show(request, text, content=latest_content(text), picture_form=form, status=422)
    add_picture(text, form.cleaned_data)
    messages.success(request, _("The picture is there: choose where it goes."))
    return redirect(f"{reverse('write:edit', args=[text.pk])}#pictures")


def _refused(
    request: HttpRequest, text: Contribution, deed: str, word: str, sheet: Sheet | None = None
) -> HttpResponse:
    """What was typed stays in the form."""
    if deed == AUTOSAVE:
        return JsonResponse({"error": word}, status=422 if sheet else 429)
    messages.warning(request, word)
    if sheet is None:
        sheet = Sheet(text, picture_choices(pictures_of(text)), data=request.POST)
        return _show(request, text, sheet=sheet, status=429)
    return _show(request, text, sheet=sheet, status=422)


def _conflict(
    request: HttpRequest, text: Contribution, deed: str, content: Content, saved: Saved
) -> HttpResponse:
    """Both texts are kept, and both are shown; saved again, this one is the newer."""
    if deed == AUTOSAVE or saved.other is None:
        return JsonResponse({"conflict": True}, status=409)
    if not text.is_open:
        messages.warning(
            request,
            _("It was sent in meanwhile. What you wrote here is kept among its versions."),
        )
        return redirect("write:show", text.pk)
    other = Content.of_json(saved.other.content)
    conflict = {"draft": saved.other, "changes": list(changes(other, content))}
    return _show(request, text, content=content, conflict=conflict, status=409)


def _show(
    request: HttpRequest,
    text: Contribution,
    *,
    sheet: Sheet | None = None,
    content: Content | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    pictures = pictures_of(text)
    if sheet is None:
        choices = picture_choices(pictures)
        sheet = Sheet(text, choices, content=content, version=text.version)
    login = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    author = text.author
    context = {
        "text": text,
        "sheet": sheet,
        "pictures": pictures.items(),
        "picture_form": PictureForm(initial={"credit": author.name if author.shows else ""}),
        "word": last_word(text),
        "login": login,
        **preview(text, content or latest_content(text)),
        **more,
    }
    return render(request, "cms/contributing/edit.html", context, status=status)


@require_POST
@members
def show_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the form now, unsaved; for htmx."""
    text = my_text(request, pk)
    if too_fast(request, "preview", "90/m"):
        return HttpResponse(status=429)
    sheet = Sheet(text, picture_choices(pictures_of(text)), data=request.POST)
    if not sheet.is_valid():
        return HttpResponse(status=204)
    return render(request, "cms/contributing/_preview.html", preview(text, sheet.content()))
