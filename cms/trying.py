"""Now you: words of a lesson, changed by whoever reads it, said on the practice timeline."""

from django.http import HttpRequest
from django.utils import timezone

from cms.models.lessons import Lesson
from microblog.forms import ComposeForm
from microblog.gateways.base import Visibility
from microblog.models import Account, Post, TimelineSettings
from microblog.timeline.services import write_post


def begin(request: HttpRequest, me: Account | None, page: Lesson) -> ComposeForm | None:
    """The composer of a lesson, its words ready; None for strangers."""
    if me is None:
        return None
    return _short(ComposeForm(author=me, limit=_limit(request), text=page.try_it_text))


def read(request: HttpRequest, me: Account) -> ComposeForm:
    return _short(ComposeForm(request.POST, author=me, limit=_limit(request)))


def say(form: ComposeForm) -> Post:
    """A second click writes nothing new: the number tells that it is the same post."""
    return write_post(
        form.author,
        text=form.cleaned_data["text"],
        now=timezone.now(),
        number=form.cleaned_data["number"],
        language=form.cleaned_data.get("language", ""),
        visibility=Visibility.PUBLIC,
    )


def _short(form: ComposeForm) -> ComposeForm:
    """Words alone: a lesson's box is no place for photos and settings."""
    for name in [name for name in form.fields if name not in ("text", "number")]:
        del form.fields[name]
    form.fields["text"].widget.attrs |= {"id": "try-it-words", "rows": 4}
    return form


def _limit(request: HttpRequest) -> int:
    return TimelineSettings.for_request(request).character_limit
