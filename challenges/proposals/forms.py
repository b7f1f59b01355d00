"""What somebody who has an idea for a challenge fills in."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from challenges.proposals.pages import RULES, Idea, keep_photo
from community.models import Participant
from microblog.timeline.pictures import ACCEPT, PictureRefused, read_picture

RULE_LABELS = {
    "photo": _("a photo"),
    "photos_described": _("photos that are described"),
    "link": _("a link"),
    "mention": _("a mention of somebody"),
    "reply": _("a reply to somebody"),
    "thread": _("a thread of two posts at least"),
    "content_warning": _("a content warning"),
}
MINI, RIDDLE = "mini", "riddle"
MOST_HINTS = 5


class ProposalForm(forms.Form):
    """`kept`: the photo that was sent before, where the form is filled in again."""

    ticket = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (MINI, _("A mini-challenge: something to write, to find or to try")),
            (RIDDLE, _("A photo riddle: a photo, a question, an answer to find")),
        ],
        widget=forms.RadioSelect,
        initial=MINI,
    )
    title = forms.CharField(
        label=_("A title"),
        max_length=80,
        help_text=_("A few words; a riddle's gives nothing away."),
    )
    intro = forms.CharField(
        label=_("The challenge in one sentence, or the riddle's question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    task = forms.CharField(
        label=_("What to do"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As you would tell a friend. An example helps."),
    )
    rules = forms.MultipleChoiceField(
        label=_("What must an answer have?"),
        choices=[(key, RULE_LABELS[key]) for key in RULES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a mini-challenge. Nothing ticked: a tutor looks at each answer."),
    )
    answers = forms.CharField(
        label=_("The riddle's answers"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line; nobody sees them before the reveal."),
    )
    hints = forms.CharField(
        label=_("Hints for the riddle"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line, the smallest first; five at most."),
    )
    photo = forms.FileField(
        label=_("A photo"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT})
    )
    alt_text = forms.CharField(
        label=_("What one sees on it"),
        max_length=500,
        required=False,
        help_text=_("For those who don't see it; a riddle's gives nothing away."),
    )
    licence = forms.ChoiceField(
        label=_("Who may use the photo?"),
        choices=get_image_model().Licence.choices,
        initial=get_image_model().Licence.CC_BY_SA,
    )
    may_share = forms.BooleanField(
        label=_("I made this photo, or I may share it, and everybody on it agrees."),
        required=False,
    )

    def __init__(self, *args: Any, language: str, kept: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._language, self._kept = language, kept
        self._picture: ContentFile[bytes] | None = None
        self.initial.setdefault("ticket", uuid4())

    def clean_hints(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["hints"].splitlines() if line.strip()]
        if len(lines) > MOST_HINTS or any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_("Five hints at most, of 300 characters each."))
        return lines

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        if asked.get("kind") == RIDDLE:
            self._clean_riddle(asked)
        if asked.get("photo"):
            self._clean_photo(asked)
        return asked

    def _clean_riddle(self, asked: dict[str, Any]) -> None:
        if not asked.get("photo") and not self._kept:
            self.add_error("photo", _("A photo riddle needs its photo."))
        if not (asked.get("answers") or "").strip():
            self.add_error("answers", _("Tell us the answer: otherwise nobody can find it."))

    def _clean_photo(self, asked: dict[str, Any]) -> None:
        if not (asked.get("alt_text") or "").strip():
            self.add_error("alt_text", _("Describe the photo, for those who don't see it."))
        if not asked.get("may_share"):
            self.add_error("may_share", _("We may only use a photo that you may share."))
        if self.errors:
            return
        try:
            self._picture = read_picture(asked["photo"])
        except PictureRefused as error:
            self.add_error("photo", str(error))

    def idea(self, *, by: Participant) -> Idea:
        """Of a valid form; the photo goes into the library."""
        asked = self.cleaned_data
        photo = None
        if self._picture is not None:
            photo = keep_photo(
                self._picture,
                title=asked["title"],
                alt_text=asked["alt_text"],
                credit=by.name if by.shows else "",
                licence=asked["licence"],
            )
        return Idea(
            title=asked["title"],
            intro=asked["intro"],
            task=asked["task"],
            language=self._language,
            is_riddle=asked["kind"] == RIDDLE,
            rules=asked["rules"],
            answers=asked["answers"],
            hints=asked["hints"],
            photo=photo,
        )
