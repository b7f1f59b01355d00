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

_LANGUAGES = [("", _("as the feed says")), *settings.LANGUAGES]
_AXES = [("", "—"), *Axis.choices]
_ADVICE = {
    "malformed": _("It looks like this: https://blog.example.org"),
    "not_a_feed": _(
        "Try the first page of the blog. Where that has none either, its author knows if there"
        " is one: it is often called RSS."
    ),
    "broken_feed": _("Only its author can mend it: tell them, and come back."),
    "status_404": _("Look whether it is written in full."),
}
"""By the code of a fault: what whoever gave the address may do."""


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
        choices=_LANGUAGES,
        required=False,
    )

    found: list[FoundFeed]

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        try:
            self.found = find_feeds(address)
        except FetchFault as fault:
            said = f"{fault.explained} {_ADVICE.get(fault.code, '')}".strip()
            raise forms.ValidationError(said) from fault
        if len(self.found[0].url) > 1000:
            raise forms.ValidationError(_("This address is too long."))
        return address


class AddForm(AddressForm):
    axis = forms.ChoiceField(label=_("Axis"), choices=_AXES, required=False)
    publishing = forms.ChoiceField(
        label=_("Its items appear"),
        choices=Source.Publishing.choices,
        initial=Source.Publishing.REVIEW,
    )


class SourceForm(forms.ModelForm):
    page_url = forms.URLField(
        label=_("Address of the site"), max_length=1000, required=False, assume_scheme="https"
    )
    language = forms.ChoiceField(label=_("Language"), choices=_LANGUAGES, required=False)
    axis = forms.ChoiceField(label=_("Axis"), choices=_AXES, required=False)
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
    """A list, and what holds for all in it that say nothing of their own."""

    file = forms.FileField(label=_("OPML file"), help_text=_("As feed readers export it."))
    language = forms.ChoiceField(label=_("Language"), choices=_LANGUAGES, required=False)
    axis = forms.ChoiceField(label=_("Axis"), choices=_AXES, required=False)
    publishing = forms.ChoiceField(
        label=_("Its items appear"), choices=Source.Publishing.choices, required=False
    )

    def for_all(self) -> dict[str, str]:
        said = {name: self.cleaned_data[name] for name in ("language", "axis", "publishing")}
        return {name: value for name, value in said.items() if value}

    def clean_file(self) -> bytes:
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("This file is too large."))
        content: bytes = given.read()
        return content
