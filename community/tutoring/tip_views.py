"""The library of tips: reading, adding, changing, retiring."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.models import Participant, Tip, User
from community.tutoring.console_doors import too_fast, tutors
from community.tutoring.tip_forms import TipForm
from community.tutoring.tips import bring_back, may_change_tip, retire_tip, search_tips
from community.tutoring.topics import BY_KEY, TOPICS, topics_of_rules
from microblog.text import clean_text
from microblog.views.doors import slow_down

ON_A_PAGE = 20


@require_GET
@tutors
def library(request: HttpRequest, me: Participant) -> HttpResponse:
    """?q= words, ?topic=, ?rule= (the key of a challenge rule), ?retired=1."""
    words = clean_text(request.GET.get("q", ""))[:100]
    topic, rule = request.GET.get("topic", ""), request.GET.get("rule", "")
    topic = topic if topic in BY_KEY else ""
    topics = [topic] if topic else topics_of_rules([rule])
    is_retired = request.GET.get("retired") == "1"
    tips = search_tips(words, topics=topics, retired=is_retired)
    page = Paginator(tips, ON_A_PAGE).get_page(request.GET.get("page"))
    user = cast(User, request.user)
    context = {
        "page": page,
        "tips": [_line(tip, user, me) for tip in page.object_list],
        "filters": [_topic_filter(request, topic, words)],
        "words": words,
        "topic": topic,
        "is_retired": is_retired,
        "query": urlencode({"q": words, "topic": topic, "retired": "1" if is_retired else ""}),
    }
    return render(request, "community/tutoring/tips.html", context)


def _line(tip: Tip, user: User, me: Participant) -> dict[str, Any]:
    return {
        "tip": tip,
        "title": tip.title_in(get_language()),
        "text": tip.text_in(get_language()),
        "topics": [BY_KEY[key].label for key in tip.topics if key in BY_KEY],
        "may_change": may_change_tip(tip, user, me),
    }


def _topic_filter(request: HttpRequest, current: str, words: str) -> dict[str, Any]:
    options = [("", gettext("All topics")), *((topic.key, str(topic.label)) for topic in TOPICS)]
    return {
        "name": gettext("About"),
        "options": [
            {
                "label": label,
                "url": f"{request.path}?{urlencode({'topic': key, 'q': words})}",
                "current": key == current,
            }
            for key, label in options
        ],
    }


@require_http_methods(["GET", "POST"])
@tutors
def new_tip(request: HttpRequest, me: Participant) -> HttpResponse:
    form = TipForm(request.POST or None, instance=Tip(created_by=me))
    if request.method == "POST":
        if too_fast(request, "tip", "20/h"):
            return slow_down(request)
        if form.is_valid():
            form.save()
            messages.success(request, gettext("Your tip is in the library. Thank you!"))
            return redirect("tutoring:tips")
    return _show_form(request, form)


@require_http_methods(["GET", "POST"])
@tutors
def edit_tip(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    tip = get_object_or_404(Tip, pk=pk)
    if not may_change_tip(tip, cast(User, request.user), me):
        raise PermissionDenied
    form = TipForm(request.POST or None, instance=tip)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        changed.edited_at = timezone.now()
        changed.save()
        messages.success(request, gettext("The tip is changed."))
        return redirect("tutoring:tips")
    return _show_form(request, form)


def _show_form(request: HttpRequest, form: TipForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "community/tutoring/tip_form.html", {"form": form}, status=status)


@require_POST
@tutors
def retire(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    """Or, with `back`, into the library again."""
    tip = get_object_or_404(Tip, pk=pk)
    if not may_change_tip(tip, cast(User, request.user), me):
        raise PermissionDenied
    if "back" in request.POST:
        bring_back(tip)
        messages.success(request, gettext("The tip is back in the library."))
    elif retire_tip(tip, now=timezone.now()):
        messages.success(request, gettext("The tip is retired. What it helped with stays."))
    return redirect("tutoring:tips")
