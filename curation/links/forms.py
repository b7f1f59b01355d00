"""A link that somebody found."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from curation.addresses import canonical_url, host_of
from curation.links.gleaning import our_hosts


class AddForm(forms.Form):
    url = forms.CharField(
        label=_("Address of the page"),
        max_length=2000,
        help_text=_("As your browser shows it: we leave out what only follows readers about."),
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )

    def clean_url(self) -> Any:
        told = self.cleaned_data["url"].strip()
        url = canonical_url(told if "://" in told else f"https://{told}")
        if not url or "." not in host_of(url):
            raise ValidationError(_("This isn't the address of a page on the web."))
        if host_of(url) in our_hosts():
            raise ValidationError(_("That page is ours already: bring one from elsewhere."))
        return url
