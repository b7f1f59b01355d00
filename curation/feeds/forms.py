"""What is asked about sources."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from curation.faults import FetchFault
from curation.feeds.finding import FoundFeed, find_feeds
from curation.feeds.opml import LARGEST
from curation.models import Axis, Source
from curation.web import LONGEST_ADDRESS


class AddressForm(forms.Form):
    """The address of any page; `found` holds its feeds once the form is valid, the best first.

    Asks foreign servers while it is validated: outside of any transaction.
    """

    address = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Of the blog, or of its feed: whichever you have at hand."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("as the feed says")), *settings.LANGUAGES],
        required=False,
    )

    found: list[FoundFeed]

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        try:
            self.found = find_feeds(address)
        except FetchFault as fault:
            raise forms.ValidationError(fault.explained) from fault
        if len(self.found[0].url) > 1000:
            raise forms.ValidationError(_("This address is too long."))
        return address


class AddForm(AddressForm):
    axis = forms.ChoiceField(label=_("Axis"), choices=[("", "—"), *Axis.choices], required=False)
    publishing = forms.ChoiceField(
        label=_("Its items appear"),
        choices=Source.Publishing.choices,
        initial=Source.Publishing.REVIEW,
    )


class SourceForm(forms.ModelForm):
    page_url = forms.URLField(
        label=_("Address of the site"), max_length=1000, required=False, assume_scheme="https"
    )
    keeps_owner = forms.BooleanField(
        label=_("This is their blog"),
        required=False,
        initial=True,
        help_text=_("They are thanked for what it brings."),
    )

    class Meta:
        model = Source
        fields = ["title", "page_url", "language", "axis", "publishing"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.owner is None:
            del self.fields["keeps_owner"]

    def save(self, commit: bool = True) -> Source:
        if not self.cleaned_data.get("keeps_owner", True):
            self.instance.owner = None
        source: Source = super().save(commit)
        return source


class ListForm(forms.Form):
    file = forms.FileField(label=_("OPML file"), help_text=_("As feed readers export it."))

    def clean_file(self) -> bytes:
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("This file is too large."))
        content: bytes = given.read()
        return content
