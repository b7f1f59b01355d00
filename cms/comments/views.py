"""A reply from here: a post of the practice timeline, under the page's own."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from cms.comments.gathering import gather
from cms.comments.reading import read_talk
from cms.models import Comment
from community.sites import site_here, within
from microblog.models import TimelineSettings
from microblog.text import clean_text, count_characters
from microblog.timeline.identity import speaker_of
from microblog.timeline.writing import write_post
from microblog.views.doors import too_fast

PACE = "10/m"


class ReplyForm(forms.Form):
    text = forms.CharField(max_length=5000)
    number = forms.RegexField(r"^\d{15,20}$", required=False)


@require_POST
@login_required
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent twice, it is said once."""
    page = get_object_or_404(Page.objects.live().public().filter(within(site_here(request))), pk=pk)
    me, talk = speaker_of(request), read_talk(page, with_practice=True)
    if me is None:
        return redirect("microblog:open_account")
    if talk is None or talk.here is None:
        raise Http404
    if not talk.is_open:
        raise PermissionDenied
    form, back = ReplyForm(request.POST), f"{page.url}#replies"
    limit = TimelineSettings.for_request(request).character_limit
    words = clean_text(form.cleaned_data["text"]) if form.is_valid() else ""
    if not words or count_characters(words) > limit:
        word = _("Your reply has %(limit)s characters at most.") % {"limit": limit}
        return _once_more(request, page, word, 422)
    if too_fast(request, "write", PACE):
        word = _("That was a lot at once. Wait a minute, then send it again.")
        return _once_more(request, page, word, 429)
    post = write_post(
        me,
        text=words,
        now=timezone.now(),
        number=form.cleaned_data["number"],
        in_reply_to=talk.here,
        language=get_language() or "",
    )
    gather(timezone.now())
    comment = Comment.objects.filter(post=post).first()
    if comment is not None and comment.state == Comment.State.WAITING:
        messages.success(request, _("Thank you! Your reply appears once a moderator has read it."))
        return redirect(page.url)  # where the message is: there is nothing to see below yet
    messages.success(request, _("Your reply is on the timeline, and under this page."))
    return redirect(back)


def _once_more(request: HttpRequest, page: Page, word: str, status: int) -> HttpResponse:
    """The words that were typed, to be changed and sent again."""
    told = {name: request.POST.get(name, "") for name in ("text", "number")}
    context = {"page": page, "word": word, **told}
    return render(request, "cms/comments/once_more.html", context, status=status)
