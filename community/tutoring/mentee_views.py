"""A tutor's mentees: how they get on, a warm word, handing over, celebrating."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.models import Mentorship, Participant, Tutoring
from community.tutoring.console_doors import too_fast, tutors
from community.tutoring.handing_over import (
    accept_offer,
    offer_mentee,
    take_offer_back,
    tutors_with_room,
)
from community.tutoring.mentees import counts_of, flown, lonely_first, offers_to, read_mentees
from community.tutoring.praise import (
    Occasion,
    dismiss,
    practice_account,
    read_occasions,
    say_praise,
)
from community.tutoring.thanks import read_thanks
from microblog.timeline.services import write_post
from microblog.views.doors import slow_down

MOST_WORDS = 500


@require_GET
@tutors
def mentees(request: HttpRequest, me: Participant) -> HttpResponse:
    now = timezone.now()
    tutoring = Tutoring.objects.filter(participant=me).first()
    context = {
        "me": me,
        "tutoring": tutoring,
        "is_away": bool(tutoring and tutoring.is_away(now)),
        "mentees": lonely_first(read_mentees(me, now=now)),
        "offers": offers_to(me),
        "flown": flown(me),
        "occasions": read_occasions(me, now=now),
        "speaks_here": practice_account(me) is not None,
        "thanks": read_thanks(me),
        "counts": counts_of(me),
    }
    return render(request, "community/tutoring/mentees.html", context)


@require_POST
@tutors
def praise(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    """Say it here in the thread, note that it was said elsewhere, or put it away."""
    if too_fast(request, "praise"):
        return slow_down(request)
    now = timezone.now()
    occasion = next((one for one in read_occasions(me, now=now) if one.event.pk == pk), None)
    if occasion is None:
        messages.info(request, gettext("That was said already, or is over."))
    elif "dismiss" in request.POST:
        dismiss(occasion.event, by=me, now=now)
    elif occasion.is_here:
        _say_here(request, me, occasion)
    else:
        say_praise(occasion, by=me, write=None, now=now)
        messages.success(request, gettext("Lovely. A word like that carries far."))
    return redirect("tutoring:mentees")


def _say_here(request: HttpRequest, me: Participant, occasion: Occasion) -> None:
    account, now = practice_account(me), timezone.now()
    words = request.POST.get("words", "").strip()[:MOST_WORDS] or occasion.words
    if account is None:
        messages.info(request, gettext("Open your account on the practice timeline first."))
        return
    write = partial(
        write_post,
        account,
        text=words,
        now=now,
        in_reply_to=occasion.post,
        language=occasion.event.participant.language,
    )
    if say_praise(occasion, by=me, write=write, now=now):
        messages.success(request, gettext("Said. A word like that carries far."))


@require_http_methods(["GET", "POST"])
@tutors
def hand_over(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    """GET: who has room. POST: ask one of them, or take the question back."""
    mentorship = get_object_or_404(
        Mentorship.objects.going_on().of(me).select_related("mentee", "offered_to"), pk=pk
    )
    now = timezone.now()
    if request.method == "GET":
        context = {"mentorship": mentorship, "tutors": tutors_with_room(mentorship, now=now)}
        return render(request, "community/tutoring/hand_over.html", context)
    if "take_back" in request.POST:
        take_offer_back(mentorship)
        return redirect("tutoring:mentees")
    to = Participant.objects.filter(pk=_number(request.POST.get("to", ""))).first()
    if to and offer_mentee(mentorship, to=to, now=now):
        messages.success(
            request,
            gettext("We have asked %(name)s. Until they accept, nothing changes.")
            % {"name": to.name},
        )
        return redirect("tutoring:mentees")
    messages.info(request, gettext("They have no room any more; choose somebody else."))
    return redirect("tutoring:hand_over", pk=pk)


def _number(text: str) -> int:
    """Raises Http404 for anything else."""
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


@require_POST
@tutors
def answer_offer(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    """Go on with somebody's mentee, or rather not."""
    offer = get_object_or_404(Mentorship.objects.going_on().filter(offered_to=me), pk=pk)
    if "accept" not in request.POST:
        take_offer_back(offer)
        messages.success(request, gettext("That is fine. Their tutor finds somebody else."))
    elif accept_offer(offer, by=me, now=timezone.now()):
        messages.success(request, gettext("Thank you for going on with them!"))
    else:
        messages.info(request, gettext("You have no place free at the moment."))
    return redirect("tutoring:mentees")


@require_POST
@tutors
def celebrated(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    """The celebration is put away."""
    Mentorship.objects.of(me).filter(pk=pk, ending=Mentorship.Ending.GRADUATED).update(
        celebrated_at=timezone.now()
    )
    return redirect("tutoring:mentees")
