"""What members fill in: a text, its parts, a picture for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.contributing.content import (
    LICENCES,
    LONGEST,
    LONGEST_BODY,
    LONGEST_PART,
    MOST_PARTS,
    Content,
    Part,
)
from cms.models import Contribution, EnvolImage
from microblog.timeline.pictures import ACCEPT, PictureRefused, read_picture

Kind = Contribution.Kind
Choices = Sequence[tuple[str, str]]
LICENCE_CHOICES = [(one.value, one.label) for one in LICENCES]


class WordsField(forms.CharField):
    """As typed, but for line ends and signs that no database keeps."""

    def to_python(self, value: Any) -> str:
        told = str(super().to_python(value) or "")
        return told.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _area(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class PartForm(forms.Form):
    """A step, or a question with its answer."""

    heading = WordsField(required=False, max_length=LONGEST["heading"])
    text = WordsField(
        required=False, max_length=LONGEST_PART, widget=_area(5, **{"data-markdown": ""})
    )
    tip = WordsField(label=_("A tip"), required=False, max_length=LONGEST["tip"], widget=_area(2))
    picture = forms.ChoiceField(label=_("Picture"), required=False)
    block = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, pictures: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].choices = [("", _("none")), *pictures]  # type: ignore[attr-defined]
        is_step = kind == Kind.TUTORIAL
        self.fields["heading"].label = _("Heading") if is_step else _("Question")
        self.fields["text"].label = (
            _("What to do") if is_step else pgettext_lazy("to a question", "Answer")
        )
        if not is_step:
            del self.fields["tip"], self.fields["picture"]

    def part(self) -> Part:
        return Part(**self.cleaned_data)


class TextForm(forms.Form):
    """`version`: the one that these words are written over."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = WordsField(label=_("Title"), required=False, max_length=LONGEST["title"])
    summary = WordsField(
        label=_("In one sentence"),
        required=False,
        max_length=LONGEST["summary"],
        widget=_area(2),
        help_text=_("What makes one want to read it."),
    )
    body = WordsField(
        label=_("Your text"),
        required=False,
        max_length=LONGEST_BODY,
        widget=_area(18, **{"data-markdown": "long"}),
    )
    picture = forms.ChoiceField(label=_("Picture at the top"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=settings.LANGUAGES)
    licence = forms.ChoiceField(
        label=_("What may others do with it?"),
        required=False,
        choices=LICENCE_CHOICES,
        help_text=_("CC BY-SA: pass it on and change it, with your name, under the same licence."),
    )
    name = WordsField(
        label=_("Name to publish under"),
        required=False,
        max_length=LONGEST["name"],
        help_text=_("Shown for as long as you agree to be shown."),
    )
    agrees = forms.BooleanField(
        label=_(
            "I agree that this page shows me: my words, my name, my picture. "
            "I can take it back at any time."
        ),
        required=False,
    )

    def __init__(self, *args: Any, kind: str, pictures: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["picture"].choices = [("", _("none")), *pictures]  # type: ignore[attr-defined]
        if kind != Kind.ARTICLE:
            del self.fields["body"]
        if kind != Kind.PORTRAIT:
            del self.fields["agrees"]
        if kind == Kind.TUTORIAL:
            del self.fields["picture"]

    def content(self, parts: Sequence[Part]) -> Content:
        """Of a valid form; what the kind doesn't ask for stays empty."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        content = Content(**told, parts=tuple(parts))
        default = Content()
        return replace(
            content,
            licence=content.licence or default.licence,
            language=content.language or settings.LANGUAGE_CODE,
        )


class Sheet:
    """The form of a text with those of its parts, bound to what was sent or to a version."""

    def __init__(
        self,
        contribution: Contribution,
        pictures: Choices,
        *,
        content: Content | None = None,
        version: int = 0,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        shared: dict[str, Any] = {"kind": contribution.kind, "pictures": pictures}
        first = content or Content()
        initial = first.to_json() | {"version": version}
        self.kind = contribution.kind
        self.main = TextForm(data, initial=initial, **shared)
        self.parts: list[PartForm] = []
        if contribution.kind != Kind.ARTICLE:
            told = first.to_json()["parts"]
            count = len(told) if data is None else _count(data)
            self.parts = [
                PartForm(
                    data,
                    prefix=f"part{number}",
                    initial=told[number] if number < len(told) else None,
                    **shared,
                )
                for number in range(count)
            ]

    def is_valid(self) -> bool:
        return all([self.main.is_valid(), *(part.is_valid() for part in self.parts)])

    @property
    def seen(self) -> int:
        return int(self.main.cleaned_data["version"])

    def content(self) -> Content:
        return self.main.content([part.part() for part in self.parts])

    @property
    def may_grow(self) -> bool:
        return len(self.parts) < MOST_PARTS


def _count(data: Mapping[str, Any]) -> int:
    told = str(data.get("parts", ""))
    return min(int(told), MOST_PARTS) if told.isdecimal() and len(told) < 4 else 0


class PictureForm(forms.Form):
    """A picture that its sender may share, told for those who don't see it. It stands in the form
    of a text, which is saved without a picture too: a browser must not ask for one."""

    use_required_attribute = False

    file = forms.FileField(label=_("A picture"), widget=forms.FileInput(attrs={"accept": ACCEPT}))
    alt_text = forms.CharField(
        label=_("What one sees on it"),
        max_length=500,
        help_text=_("For those who don't see it: one or two sentences."),
    )
    credit = forms.CharField(label=_("Made by"), max_length=200)
    picture_licence = forms.ChoiceField(
        label=_("Licence of the picture"),
        choices=EnvolImage.Licence.choices,
        initial=EnvolImage.Licence.CC_BY_SA.value,
    )
    may_share = forms.BooleanField(
        label=_("I made this picture, or I may share it, and everybody on it agrees.")
    )

    def clean_file(self) -> ContentFile[bytes]:
        """Written anew, without what a camera tells."""
        try:
            return read_picture(self.cleaned_data["file"])
        except PictureRefused as error:
            raise forms.ValidationError(str(error)) from error
