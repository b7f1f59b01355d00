"""What organisers fill in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moocs import voices_in_use
from microblog.models import Connection


class LaunchForm(forms.Form):
    """Carries the round that it means, so that pressing its button twice launches once."""

    round = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    connections = forms.ModelMultipleChoiceField(
        label=_("Where"),
        queryset=Connection.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one connection at least.")},
    )
    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        help_text=_("Empty: now."),
    )

    def __init__(self, *args: Any, site_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_use = voices_in_use(site_id)
        where = cast(forms.ModelMultipleChoiceField, self.fields["connections"])
        where.queryset = where.initial = self._in_use

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at and at < timezone.now():
            raise forms.ValidationError(_("This moment is past. Leave it empty to launch now."))
        return at

    @property
    def chosen(self) -> Sequence[Connection] | None:
        """None where all were left chosen: then it means all that are in use when it is due."""
        chosen = list(self.cleaned_data["connections"])
        return None if len(chosen) == self._in_use.count() else chosen
