"""The console: who needs me, one of them in view, and the answer."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from community.models import Need, Participant, Tip
from community.sites import site_here
from community.tutoring.answering import answer_here, ways_to_answer
from community.tutoring.claiming import NotTaken
from community.tutoring.console_doors import POLLING, too_fast, tutors
from community.tutoring.console_pages import (
    Waiter,
    filters,
    may_prolong,
    need_to_show,
    read_person,
    read_thread,
    waiter,
)
from community.tutoring.console_words import say_why_not
from community.tutoring.listing import Key, Wish, read_queue
from community.tutoring.setting_aside import MOST_SHOWN, set_aside_by
from community.tutoring.tips import suggest_tips
from microblog.forms import ComposeForm
from microblog.models import Account, Post
from microblog.networks import Network
from microblog.timeline.identity import speaker_of
from microblog.timeline.services import write_post
from microblog.views.doors import WRITING
from microblog.views.doors import too_fast as too_fast_writing
from microblog.views.reading import answer_form, character_limit, composer_context


@require_GET
@tutors
def console(request: HttpRequest, me: Participant) -> HttpResponse:
    """?part=queue: the queue alone, for the script of an open page."""
    now, wish = timezone.now(), Wish.read(request.GET.dict())
    is_part = "part" in request.GET
    if is_part and too_fast(request, "poll", POLLING):
        return HttpResponse(status=204)
    after = Key.parse(request.GET.get("after", ""))
    queue = read_queue(
        wish,
        tutor=me,
        reader=speaker_of(request),
        now=now,
        after=after,
        site_id=site_here(request),
    )
    query = request.GET.copy()
    query.pop("part", None)
    here = f"{request.path}?{query.urlencode()}" if query else request.path
    query.pop("after", None)
    first = f"{request.path}?{query.urlencode()}" if query else request.path
    context = {
        "waiters": [waiter(need, tutor=me, now=now) for need in queue.needs],
        "filters": filters(wish, request.path, queue.counts, queue.total),
        "is_filtered": wish != Wish(),
        "here": here,
        "poll_url": f"{here}{'&' if '?' in here else '?'}part=queue",
        "older_url": f"{first}{'&' if '?' in first else '?'}after={queue.older}"
        if queue.older
        else "",
        "newer_url": first if after else "",
    }
    if not is_part:
        context["asides"] = set_aside_by(me, now=now)[:MOST_SHOWN]
    template = "community/tutoring/console_queue.html" if is_part else CONSOLE
    return render(request, template, context)


CONSOLE = "community/tutoring/console.html"


@require_http_methods(["GET", "POST"])
@tutors
def answer(request: HttpRequest, me: Participant, pk: int) -> HttpResponse:
    """GET: somebody in view, their thread, tips (?tip= puts one into the composer, ?to= answers
    another post of the thread). POST: the answer, on the practice timeline."""
    now, reader = timezone.now(), speaker_of(request)
    need = need_to_show(pk, tutor=me, reader=reader, now=now)
    if need is None:
        messages.info(request, gettext("Nobody waits there any more. Somebody was there in time!"))
        return redirect("tutoring:console")
    post = _post_to_answer(request, need)
    tip = _chosen_tip(request, need)
    form = None
    if request.method == "POST":
        form = _read_form(request, reader, post)
        if form.is_valid() and reader is not None:
            return _say(request, me, need, form, tip, now)
    return _show(request, me, need, post, tip=tip, form=form, now=now)


def _post_to_answer(request: HttpRequest, need: Need) -> Post:
    """The need's own post, or another one of theirs in its thread or among its reasons."""
    wanted = (request.POST or request.GET).get("to", "")
    if not wanted.isdecimal() or len(wanted) > 18 or int(wanted) == need.post_id:
        return need.post
    theirs = Post.objects.alive().readable_by(None).filter(author=need.post.author_id)
    post = theirs.select_related("author").filter(pk=int(wanted)).first()
    known = {why.post_id for why in need.whys}
    if post and (post.pk in known or post.thread_id == need.post.thread_id):
        return post
    return need.post


def _chosen_tip(request: HttpRequest, need: Need) -> Tip | None:
    wanted = (request.POST or request.GET).get("tip", "")
    if wanted.isdecimal() and len(wanted) < 19:
        return Tip.objects.in_use().filter(pk=int(wanted)).first()
    return need.claim.tip if need.claim and need.claim.tip_id and not request.POST else None


def _read_form(request: HttpRequest, me: Account | None, post: Post) -> ComposeForm:
    form = ComposeForm(
        request.POST,
        request.FILES,
        author=me or post.author,
        limit=character_limit(request),
        in_reply_to=post,
    )
    form.full_clean()
    if me is None or post.network != Network.PRACTICE:
        form.add_error(None, gettext("This can be answered on its own network only."))
    elif too_fast_writing(request, "write", WRITING):
        form.add_error(None, gettext("That was a lot at once. Wait a minute, then send it again."))
    return form


def _say(
    request: HttpRequest,
    me: Participant,
    need: Need,
    form: ComposeForm,
    tip: Tip | None,
    now: datetime,
) -> HttpResponse:
    photos = form.keep_photos()
    said = form.cleaned_data
    write = partial(
        write_post,
        form.author,
        text=said["text"],
        now=now,
        number=said["number"],
        in_reply_to=form.in_reply_to,
        content_warning=said["content_warning"],
        language=said["language"],
        visibility=form.wished_visibility,
        photos=photos,
    )
    try:
        with transaction.atomic():
            answer_here(need.pk, me, write=write, tip=tip, now=now)
    except NotTaken as fault:
        say_why_not(request, fault, now=now)
        post = form.in_reply_to or need.post
        return _show(request, me, need, post, tip=tip, form=form, now=now)
    messages.success(
        request,
        gettext("Your answer is with %(name)s. Thank you for being there.")
        % {"name": need.post.author.name},
    )
    return redirect("tutoring:console")


def _show(
    request: HttpRequest,
    me: Participant,
    need: Need,
    post: Post,
    *,
    tip: Tip | None,
    form: ComposeForm | None,
    now: datetime,
) -> HttpResponse:
    reader = speaker_of(request)
    thread = read_thread(need, post, reader=reader)
    line = waiter(need, tutor=me, now=now)
    context: dict[str, Any] = {
        "waiter": line,
        "need": need,
        "post": post,
        "conversation": thread.conversation,
        "tips": suggest_tips(need, remark=thread.remark),
        "tip": tip,
        "language": need.language or get_language(),
        "may_prolong": line.is_mine and need.claim and may_prolong(need.claim, now),
        "minutes": line.minutes_left,
        **read_person(need, reader=reader),
        **_composer(request, line, reader, post, tip, form),
    }
    if post.network != Network.PRACTICE:
        context["ways"] = ways_to_answer(post, me)
    status = 422 if form is not None else 200
    return render(request, "community/tutoring/answer.html", context, status=status)


def _composer(
    request: HttpRequest,
    line: Waiter,
    reader: Account | None,
    post: Post,
    tip: Tip | None,
    form: ComposeForm | None,
) -> dict[str, Any]:
    """Only for whoever holds the claim, and speaks here; the tip's words are ready in it."""
    text = tip.text_in(line.need.language or get_language()) if tip else ""
    if post.network != Network.PRACTICE:
        return {"draft": f"@{post.author.handle} {text}".strip()}
    if reader is None or not (line.is_mine or form):
        return {"has_no_voice": reader is None}
    form = form or answer_form(request, reader, post, text=text)
    return {
        "me": reader,
        **composer_context(request, form),
        "action": reverse("tutoring:answer", args=[line.need.pk]),
        "extra": "community/tutoring/composer_extra.html",
    }
