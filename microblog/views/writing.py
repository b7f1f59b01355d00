"""Writing, changing and taking back posts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from microblog.forms import ComposeForm
from microblog.models import Account, Post
from microblog.timeline.identity import may_change, may_moderate
from microblog.timeline.photos import Photo
from microblog.timeline.services import delete_post, edit_post, write_post
from microblog.timeline.streams import fetch_posts
from microblog.views.doors import (
    WRITING,
    find_living_post,
    next_page,
    page_of,
    post_page,
    slow_down,
    speakers,
    too_fast,
)
from microblog.views.reading import answer_form, character_limit, composer_context


@require_http_methods(["GET", "POST"])
@speakers
def compose(request: HttpRequest, me: Account) -> HttpResponse:
    """GET: the composer, its words ready from ?text= and ?reply_to= (a post's id). POST: write."""
    wanted = (request.POST or request.GET).get("reply_to", "")
    parent = _find_parent(wanted, me)
    if request.method == "GET":
        form = answer_form(request, me, parent, text=request.GET.get("text", ""))
        return _show_composer(request, form)
    form = ComposeForm(
        request.POST,
        request.FILES,
        author=me,
        limit=character_limit(request),
        in_reply_to=parent,
    )
    photos = _check(request, form)
    if wanted and parent is None:
        form.add_error(
            None, _("The post that you answer was taken back. Your words are still here.")
        )
    if not form.is_valid():
        return _show_composer(request, form, status=422)
    return _show_written(request, _write(form, photos))


def _check(request: HttpRequest, form: ComposeForm) -> list[Photo]:
    """Read the form and keep its photos, even where something else in it is wrong."""
    form.full_clean()
    if too_fast(request, "write", WRITING):
        form.add_error(None, _("That was a lot at once. Wait a minute, then send it again."))
        return []
    return form.keep_photos()


def _find_parent(wanted: str, me: Account) -> Post | None:
    if not wanted.isdecimal() or len(wanted) > 18:
        return None
    found = Post.objects.practice().alive().readable_by(me).select_related("author")
    return found.filter(pk=int(wanted)).first()


def _write(form: ComposeForm, photos: list[Photo]) -> Post:
    return write_post(
        form.author,
        text=form.cleaned_data["text"],
        now=timezone.now(),
        number=form.cleaned_data["number"],
        in_reply_to=form.in_reply_to,
        content_warning=form.cleaned_data["content_warning"],
        language=form.cleaned_data["language"],
        visibility=form.wished_visibility,
        photos=photos,
    )


HX = "microblog/parts/composer_hx.html"
"""Attributes that let htmx send the composer of a timeline without leaving the page."""


def _show_composer(request: HttpRequest, form: ComposeForm, *, status: int = 200) -> HttpResponse:
    context = {"me": form.author, "is_bound": form.is_bound, **composer_context(request, form)}
    context["next"] = next_page(request, "microblog:home_timeline")
    context["again"] = request.POST.get("again", "")[:200]
    if request.headers.get("HX-Request"):
        # htmx shows answers of success alone; the page that holds the composer is well.
        return render(request, "microblog/parts/composer.html", {**context, "hx": HX})
    return render(request, "microblog/compose.html", context, status=status)


def _show_written(request: HttpRequest, post: Post) -> HttpResponse:
    messages.success(request, _("Your post is on the timeline."))
    _suggest_descriptions(request, post)
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(
            f"{post_page(post)}#post-{post.pk}"
            if post.parent_id
            else next_page(request, "microblog:home_timeline")
        )
    again = request.POST.get("again", "")[:200]
    form = answer_form(request, post.author, None, text=again)
    context = {
        "again": again,
        "me": post.author,
        "post": fetch_posts([post.pk], reader=post.author)[post.pk],
        "hx": HX,
        "next": page_of(request),
        "may_moderate": may_moderate(request),
        **composer_context(request, form),
    }
    return render(request, "microblog/parts/written.html", context)


def _suggest_descriptions(request: HttpRequest, post: Post) -> None:
    """A hint, never a hurdle: the post is out already."""
    if post.media.filter(alt_text="").exists():
        messages.info(
            request,
            _(
                "Your photo has no description yet, so somebody who can't see it misses it. "
                "You can add one now: choose “Change” under your post."
            ),
        )


@require_http_methods(["GET", "POST"])
@speakers
def edit(request: HttpRequest, me: Account, handle: str, number: str) -> HttpResponse:
    post = find_living_post(handle, number, reader=me)
    if not may_change(me, post):
        raise PermissionDenied
    form = ComposeForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        author=me,
        limit=character_limit(request),
        post=post,
    )
    if request.method == "POST":
        photos = _check(request, form)
        if form.is_valid():
            edit_post(
                post,
                text=form.cleaned_data["text"],
                now=timezone.now(),
                content_warning=form.cleaned_data["content_warning"],
                language=form.cleaned_data["language"],
                photos=photos,
            )
            messages.success(request, _("Your post is changed."))
            return HttpResponseRedirect(post_page(post))
    context = {
        "me": me,
        "post": post,
        **composer_context(request, form),
        "action": reverse("microblog:edit", args=[handle, number]),
        "submit_label": _("Save the change"),
    }
    return render(request, "microblog/edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@speakers
def delete(request: HttpRequest, me: Account, handle: str, number: str) -> HttpResponse:
    """GET asks, POST takes it back: one's own, or any by those who look after the timeline."""
    post = find_living_post(handle, number, reader=me)
    if not (may_change(me, post) or may_moderate(request)):
        raise PermissionDenied
    if request.method == "GET":
        context = {"me": me, "post": post, "next": next_page(request, "microblog:home_timeline")}
        return render(request, "microblog/delete.html", context)
    if too_fast(request, "write", WRITING):
        return slow_down(request)
    delete_post(post, now=timezone.now())
    messages.success(request, _("The post is taken back."))
    here = next_page(request, "microblog:home_timeline")
    gone = here.partition("?")[0].partition("#")[0] == post_page(post)
    return HttpResponseRedirect(reverse("microblog:home_timeline") if gone else here)
