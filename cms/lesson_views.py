"""What one does on a lesson: try it, and say whether it was clear."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.core import is_ratelimited
from wagtail.models import Page

from cms.clearness import reader_of, say_whether_clear
from cms.models.clarity import LONGEST_SENTENCE
from cms.models.lessons import Lesson
from cms.trying import read, say
from community.sites import site_here, within
from microblog.models import Account
from microblog.timeline.streams import fetch_posts
from microblog.views.doors import WRITING, speakers, too_fast

CLEARING = "20/m"


class ClarityForm(forms.Form):
    is_clear = forms.TypedChoiceField(
        label=gettext_lazy("Was this clear?"),
        choices=[("yes", gettext_lazy("Yes")), ("not-yet", gettext_lazy("Not yet"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(
        label=gettext_lazy("What was missing, or what helped?"),
        help_text=gettext_lazy("Only those who write these pages read it."),
        max_length=LONGEST_SENTENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def find_lesson(request: HttpRequest, pk: int) -> Lesson:
    """A lesson of this MOOC that everybody may read. Raises Http404."""
    page = Page.objects.live().public().filter(within(site_here(request)), pk=pk).specific().first()
    if not isinstance(page, Lesson):
        raise Http404(pk)
    return page


@require_POST
@speakers
def try_it(request: HttpRequest, me: Account, pk: int) -> HttpResponse:
    """Says it on the practice timeline; the answer appears where the composer was."""
    page = find_lesson(request, pk)
    form = read(request, me)
    form.full_clean()
    if too_fast(request, "write", WRITING):
        form.add_error(None, _("That was a lot at once. Wait a minute, then send it again."))
    context: dict[str, Any] = {"page": page, "me": me, "form": form}
    if form.is_valid():
        post = say(form)
        context["post"] = fetch_posts([post.pk], reader=me)[post.pk]
        messages.success(request, _("Your post is on the timeline."))
    if request.headers.get("HX-Request"):
        list(messages.get_messages(request))  # said in place
        return render(request, "cms/parts/try_it.html", context)
    if "post" in context:
        return HttpResponseRedirect(f"{page.get_url(request)}#try-it")
    return render(request, "cms/try_again.html", context, status=422)


@never_cache
@require_http_methods(["GET", "POST"])
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the question, answered already by ?was=. POST: one word of one reader."""
    page = find_lesson(request, pk)
    form = ClarityForm(request.POST or None, initial={"is_clear": request.GET.get("was")})
    context = {"page": page, "form": form, "said": False}
    if request.method == "POST" and form.is_valid():
        if is_ratelimited(request, group="clarity", key="ip", rate=CLEARING, increment=True):
            return render(request, "microblog/slow_down.html", status=429)
        say_whether_clear(
            page,
            reader=reader_of(request, page),
            is_clear=form.cleaned_data["is_clear"],
            sentence=form.cleaned_data["sentence"],
            now=timezone.now(),
        )
        context["said"] = True
    part = bool(request.headers.get("HX-Request"))
    if context["said"] and not part:
        messages.success(request, _("Thank you: those who write these pages read it."))
        return HttpResponseRedirect(page.get_url(request))
    template = "cms/parts/clear_form.html" if part else "cms/clear.html"
    return render(request, template, context)
