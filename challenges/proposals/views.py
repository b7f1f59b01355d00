"""Doors for people with an idea."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.core import is_ratelimited
from wagtail.models import TaskState

from challenges.models import PhotoRiddlePage, Proposal
from challenges.proposals.forms import MINI, RIDDLE, ProposalForm
from challenges.proposals.pages import NoPlace
from challenges.proposals.proposing import propose, propose_again, withdraw
from community.joining import person_of
from community.models import Participant, User
from community.moocs import mooc_of
from community.sites import site_here
from microblog.hashtags import written

PER_DAY = "10/d"
State = Proposal.State


def _me(request: HttpRequest) -> Participant:
    return person_of(cast(User, request.user))


@require_http_methods(["GET", "POST"])
@login_required
def ideas(request: HttpRequest) -> HttpResponse:
    """My ideas and what became of them; POST: a new one."""
    me = _me(request)
    language = get_language() or ""
    form = ProposalForm(request.POST or None, request.FILES or None, language=language)
    if request.method == "POST":
        if _is_too_much(request):
            return _slow_down(request)
        if form.is_valid() and _propose(request, form, me):
            return redirect("proposals:ideas")
    return _show(request, form, me)


def _is_too_much(request: HttpRequest) -> bool:
    return bool(
        is_ratelimited(
            request, group="proposals", key="user", rate=PER_DAY, method="POST", increment=True
        )
    )


def _slow_down(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("So many ideas in a day! Keep the next one for tomorrow."))
    return redirect("proposals:ideas")


def _propose(request: HttpRequest, form: ProposalForm, me: Participant) -> bool:
    ticket = form.cleaned_data["ticket"]
    if not Proposal.objects.filter(ticket=ticket).exists():
        try:
            propose(form.idea(by=me), by=me, ticket=ticket, site_id=site_here(request))
        except NoPlace as error:
            form.add_error(None, str(error))
            return False
    messages.success(request, _("Thank you for your idea! An organiser will read it."))
    return True


def _show(request: HttpRequest, form: ProposalForm, me: Participant) -> HttpResponse:
    mine = Proposal.objects.filter(proposer=me).select_related("page", "post")[:50]
    context = {
        "form": form,
        "me": me,
        "ideas": [{"proposal": one, "word": _last_word(one)} for one in mine],
        "hashtag": next(iter(written(mooc_of(site_here(request)).proposal_hashtags)), ""),
    }
    return render(request, "challenges/proposals/ideas.html", context)


def _last_word(proposal: Proposal) -> str:
    """What the organiser wrote who sent it back."""
    if proposal.state != State.RETURNED or proposal.page is None:
        return ""
    states = TaskState.objects.filter(
        workflow_state__object_id=str(proposal.page_id), status=TaskState.STATUS_REJECTED
    )
    last = states.order_by("-pk").first()
    return last.comment if last else ""


@require_http_methods(["GET", "POST"])
@login_required
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """What came back, to be said better."""
    me = _me(request)
    proposal = get_object_or_404(Proposal, pk=pk, proposer=me, state=State.RETURNED)
    if proposal.page is None:
        return redirect("proposals:ideas")
    page = proposal.page.specific.get_latest_revision_as_object()
    form = ProposalForm(
        request.POST or None,
        request.FILES or None,
        language=page.locale.language_code,
        kept=bool(page.photo_id),
        initial=_as_form(page, proposal),
    )
    if request.method == "POST" and form.is_valid():
        if propose_again(proposal, form.idea(by=me)):
            messages.success(request, _("Sent again. Thank you for your patience!"))
        else:
            messages.info(request, _("An organiser decided meanwhile."))
        return redirect("proposals:ideas")
    context = {"form": form, "proposal": proposal, "word": _last_word(proposal)}
    return render(request, "challenges/proposals/again.html", context)


def _as_form(page: Any, proposal: Proposal) -> dict[str, Any]:
    """The page as its author wrote it."""
    is_riddle = isinstance(page, PhotoRiddlePage)
    level = page.levels[0].value if len(page.levels) else None
    fields = {
        "ticket": proposal.ticket,
        "kind": RIDDLE if is_riddle else MINI,
        "title": page.title,
        "intro": page.intro,
        "task": strip_tags(str(level["task"])).strip() if level else "",
        "rules": [rule.block_type for rule in level["rules"]] if level else [],
        "alt_text": page.photo.alt_text if page.photo_id else "",
    }
    if is_riddle:
        hints = [str(hint.value) for hint in page.hints if hint.block_type == "hint"]
        fields |= {"answers": page.answers, "hints": "\n".join(hints)}
    return fields


@require_POST
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal, pk=pk, proposer=_me(request))
    if withdraw(proposal, now=timezone.now()):
        messages.success(request, _("Taken back."))
    return redirect("proposals:ideas")
