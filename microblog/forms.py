"""What people fill in on the practice timeline."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from microblog.gateways.base import Visibility
from microblog.models import Account, Media, Post, Report
from microblog.text import clean_text, count_characters
from microblog.timeline.photos import (
    MOST_PHOTOS,
    Photo,
    forget_unused_photos,
    keep_photo,
    waiting_photos,
)
from microblog.timeline.pictures import ACCEPT, PictureRefused, read_avatar, read_picture
from microblog.timeline.writing import PRIVATE, new_number

OFFERED = [
    (Visibility.PUBLIC.value, _("Everybody: it is listed on the timelines")),
    (Visibility.UNLISTED.value, _("Quiet: readable, but not listed")),
]
_ALT_HELP = _("What would you say on the phone to somebody who can't see it? One or two sentences.")


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one photo: what is kept already, and the fields to send or describe it."""

    number: int
    kept: Media | None
    kept_name: str
    photo: forms.BoundField
    alt_text: forms.BoundField
    drop: forms.BoundField

    @property
    def is_used(self) -> bool:
        return bool(self.kept or self.photo.errors or self.alt_text.errors)


class WordsField(forms.CharField):
    """Cleans what a keyboard may slip in, rather than refusing it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, strip=False, **options)

    def to_python(self, value: object) -> str:
        return clean_text(str(super().to_python(value) or ""))


class ComposeForm(forms.Form):
    """A post, new or to be changed. `number` makes that a form sent twice writes once."""

    text = WordsField(
        label=_("Your post"),
        widget=forms.Textarea(
            attrs={
                "class": "composer__text",
                "rows": 4,
                "dir": "auto",
                "placeholder": _("What would you like to say?"),
            }
        ),
    )
    content_warning = WordsField(
        label=_("Content warning"),
        max_length=200,
        help_text=_("Your words and photos stay folded behind this sentence until one opens them."),
    )
    visibility = forms.ChoiceField(label=_("Who may read it"), required=False, choices=OFFERED)
    language = forms.ChoiceField(
        label=_("Language of your post"),
        required=False,
        choices=[*settings.LANGUAGES, ("", _("another one"))],
    )
    number = forms.RegexField(r"^\d{15,20}$", required=False, widget=forms.HiddenInput)
    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        author: Account,
        limit: int,
        in_reply_to: Post | None = None,
        post: Post | None = None,
        text: str = "",
    ) -> None:
        self.author, self.limit, self.in_reply_to, self.post = author, limit, in_reply_to, post
        self._read: dict[int, ContentFile[bytes]] = {}
        self._kept: dict[int, Media] = {}
        super().__init__(data, files, initial=self._beginning(text))
        for number in range(1, MOST_PHOTOS + 1):
            self._add_slot(number)
        if data is not None:
            self._find_kept(data)
        elif post is not None:
            self._kept = dict(enumerate(post.media.all(), start=1))
        if post is not None or (in_reply_to and Visibility(in_reply_to.visibility) in PRIVATE):
            del self.fields["visibility"]

    def _beginning(self, text: str) -> dict[str, Any]:
        if self.post is not None:
            shown = ("text", "content_warning", "language")
            photos = enumerate(self.post.media.all(), start=1)
            return {name: getattr(self.post, name) for name in shown} | {
                f"alt_text_{number}": media.alt_text for number, media in photos
            }
        return {
            "text": text,
            "language": get_language(),
            "visibility": Visibility.PUBLIC.value,
            "number": new_number(timezone.now()),
            "reply_to": self.in_reply_to.pk if self.in_reply_to else None,
        }

    def _add_slot(self, number: int) -> None:
        self.fields[f"photo_{number}"] = forms.FileField(
            label=_("Photo"),
            required=False,
            widget=forms.FileInput(attrs={"accept": ACCEPT, "data-photo": number}),
        )
        self.fields[f"alt_text_{number}"] = WordsField(
            label=_("Its description"),
            max_length=1500,
            help_text=_ALT_HELP,
            widget=forms.Textarea(attrs={"rows": 2, "data-alt": number}),
        )
        self.fields[f"drop_{number}"] = forms.BooleanField(
            label=_("Leave this photo out"), required=False
        )

    def _find_kept(self, data: Mapping[str, Any]) -> None:
        """Photos that came with an earlier attempt; only the author's own are believed."""
        named = {number: data.get(self._kept_name(number), "") for number in self._numbers()}
        if any(named.values()):
            mine = waiting_photos(self.author, of=self.post)
            known = {str(pk): media for pk, media in mine.items()}
            found = {number: known.get(pk) for number, pk in named.items()}
            self._kept = {number: media for number, media in found.items() if media}

    def _kept_name(self, number: int) -> str:
        return f"kept_{number}"

    def _numbers(self) -> range:
        return range(1, MOST_PHOTOS + 1)

    @property
    def slots(self) -> Iterator[Slot]:
        for number in self._numbers():
            yield Slot(
                number=number,
                kept=self._kept.get(number),
                kept_name=self._kept_name(number),
                photo=self[f"photo_{number}"],
                alt_text=self[f"alt_text_{number}"],
                drop=self[f"drop_{number}"],
            )

    @property
    def has_photos(self) -> bool:
        return any(slot.is_used for slot in self.slots)

    def clean_text(self) -> str:
        """Raises ValidationError for too many characters, counted as people count."""
        text: str = self.cleaned_data["text"]
        over = count_characters(text) - self.limit
        if over > 0:
            raise forms.ValidationError(
                ngettext(
                    "%(count)d character too many. Your words are still here: shorten them.",
                    "%(count)d characters too many. Your words are still here: shorten them.",
                    over,
                )
                % {"count": over}
            )
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in self._numbers():
            self._clean_photo(number, cleaned)
        has_words = cleaned.get("text") or "text" in self.errors
        if not has_words and not self._read and not self._staying():
            self.add_error("text", _("Write something, or add a photo."))
        return cleaned

    def _clean_photo(self, number: int, cleaned: dict[str, Any]) -> None:
        upload = cleaned.get(f"photo_{number}")
        if not isinstance(upload, UploadedFile) or cleaned.get(f"drop_{number}"):
            return
        try:
            self._read[number] = read_picture(upload)
        except PictureRefused as error:
            self.add_error(f"photo_{number}", str(error))

    def _staying(self) -> list[int]:
        return [n for n in sorted(self._kept) if not self.cleaned_data.get(f"drop_{n}")]

    def keep_photos(self) -> list[Photo]:
        """Store what arrived, even where other fields are wrong; the post's photos in order."""
        for number, content in self._read.items():
            alt_text = self.cleaned_data.get(f"alt_text_{number}", "")
            self._kept[number] = keep_photo(self.author, content, alt_text=alt_text)
        if self._read:
            forget_unused_photos(now=timezone.now())
        self._read = {}
        return [
            Photo(self._kept[n], self.cleaned_data.get(f"alt_text_{n}", ""))
            for n in self._staying()
        ]

    @property
    def wished_visibility(self) -> Visibility:
        return Visibility(self.cleaned_data.get("visibility") or Visibility.PUBLIC.value)


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Report
        fields = ("reason", "comment")
        widgets = {"reason": forms.RadioSelect, "comment": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Radio buttons need no dashes that stand for nothing chosen yet.
        self.fields["reason"].choices = Report.Reason.choices  # type: ignore[attr-defined]


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """How one shows oneself; the handle is the one thing that stays."""

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("A square is cut from its middle. A drawing or an object is fine too."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    drop_picture = forms.BooleanField(label=_("Take my picture away"), required=False)

    class Meta:
        model = Account
        fields = ("display_name", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 4, "maxlength": 500})}
        help_texts = {
            "display_name": _("A first name or a nickname is enough."),
            "note": _("In a few words: what you like, what you are curious about."),
        }

    def clean_display_name(self) -> str:
        return clean_text(self.cleaned_data["display_name"]).replace("\n", " ")

    def clean_note(self) -> str:
        note = clean_text(self.cleaned_data["note"])
        if count_characters(note) > 500:
            raise forms.ValidationError(_("500 characters at most."))
        return note

    def clean_picture(self) -> ContentFile[bytes] | None:
        upload = self.cleaned_data["picture"]
        if not upload:
            return None
        try:
            return read_avatar(upload)
        except PictureRefused as error:
            raise forms.ValidationError(str(error)) from error


class OpenAccountForm(forms.Form):
    handle = forms.CharField(
        label=_("Handle"),
        min_length=2,
        max_length=30,
        help_text=_("2 to 30 letters a to z, figures or underscores. It can't be changed later."),
    )
    display_name = forms.CharField(label=_("Display name"), max_length=200, required=False)
