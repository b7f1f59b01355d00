"""Forms for people."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from badges.baking import MOST_BYTES
from badges.models import Award


class VisibilityForm(forms.Form):
    visibility = forms.ChoiceField(
        label=_("Who may see this badge"),
        choices=Award.Visibility.choices,
        required=False,
        widget=forms.RadioSelect,
    )


class VerifyForm(forms.Form):
    """A picture or an address; and, for who wants to know, whose it should be."""

    image = forms.FileField(
        label=_("The badge's picture"),
        required=False,
        help_text=_("The PNG file that was downloaded: it carries its own proof."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png"}),
    )
    address = forms.CharField(
        label=_("or its address"),
        required=False,
        max_length=500,
        help_text=_("Of the badge's page, as somebody gave it to you."),
    )
    claim = forms.CharField(
        label=_("Whose is it?"),
        required=False,
        max_length=500,
        help_text=_("An e-mail address or the address of a profile; we say whether it fits."),
    )

    def clean_image(self) -> UploadedFile | None:
        image: UploadedFile | None = self.cleaned_data["image"]
        if image and (image.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than any of our badges."))
        return image

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("image") and not cleaned.get("address"):
            raise forms.ValidationError(_("Choose a picture, or give an address."))
        return cleaned
