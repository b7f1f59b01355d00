"""What curators write: a pick, better words for an item, a decision about several."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation.feeds.cleaning import language_of
from curation.models import Axis, Depth, Item, Pick
from curation.topics import split_topics

LATER = {"tomorrow": timedelta(days=1), "week": timedelta(days=7)}
MOST_DAYS = 366


class TopicsField(forms.CharField):
    """Names, separated by commas."""

    def clean(self, value: Any) -> list[str]:
        return split_topics(super().clean(value))


def topics_field() -> TopicsField:
    return TopicsField(
        label=_("Topics"),
        required=False,
        max_length=300,
        help_text=_("Separated by commas."),
    )


class SortForm(forms.Form):
    """Where an item belongs; shared by the forms below."""

    topics = topics_field()
    axis = forms.ChoiceField(
        label=_("Axis"), choices=[("", _("none yet")), *Axis.choices], required=False
    )
    depth = forms.ChoiceField(
        label=_("Level"), choices=[("", _("none yet")), *Depth.choices], required=False
    )


class PickForm(SortForm):
    field_order = ("sentence", "language", "axis", "depth", "topics", "relay")
    sentence = forms.CharField(
        label=_("Why it is worth reading"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences of yours."),
    )
    language = forms.ChoiceField(label=_("You write in"), choices=settings.LANGUAGES)
    axis = forms.ChoiceField(label=_("Axis"), choices=Axis.choices, widget=forms.RadioSelect)
    depth = forms.ChoiceField(label=_("Level"), choices=Depth.choices, widget=forms.RadioSelect)
    relay = forms.BooleanField(
        label=_("Pass it on"), required=False, help_text=_("On the microblog, at a calm pace.")
    )

    @staticmethod
    def values_of(item: Item, pick: Pick | None, *, axis: str, language: str) -> dict[str, Any]:
        return {
            "sentence": pick.sentence if pick else "",
            "language": pick.language if pick else language,
            "relay": pick.relay if pick else True,
            "axis": item.axis or axis,
            "depth": item.depth,
            "topics": ", ".join(topic_names(item)),
        }


class EditForm(SortForm):
    field_order = ("title", "summary", "author", "site_name", "language", "image_url")
    title = forms.CharField(label=_("Title"), max_length=500)
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=3000, widget=forms.Textarea({"rows": 4})
    )
    author = forms.CharField(label=_("Author"), required=False, max_length=300)
    site_name = forms.CharField(label=_("Name of its site"), required=False, max_length=200)
    language = forms.CharField(
        label=_("Language"), required=False, max_length=20, help_text=_("As “fr” or “en”.")
    )
    image_url = forms.URLField(
        label=_("Address of its picture"), required=False, max_length=2000, assume_scheme="https"
    )

    def clean_language(self) -> str:
        """By its code: under another name, it would be in nobody's language."""
        said: str = self.cleaned_data["language"].strip()
        if said and not language_of(said):
            raise forms.ValidationError(_("As “fr” or “en”."))
        return said

    @staticmethod
    def values_of(item: Item) -> dict[str, Any]:
        names = (*Item.DESCRIBED, "axis", "depth")
        values = {name: getattr(item, name) for name in names}
        return {**values, "topics": ", ".join(topic_names(item))}


class DecideForm(forms.Form):
    """One decision about one item or several. `until`: a key of LATER, or "day" with `day`. A
    button may say both at once: "snooze-week"."""

    DECISIONS = ("publish", "drop", "snooze", "back", "sort")
    decision = forms.ChoiceField(choices=[(one, one) for one in DECISIONS])
    item = forms.TypedMultipleChoiceField(coerce=int)
    until = forms.ChoiceField(required=False, choices=[(one, one) for one in (*LATER, "day")])
    day = forms.DateField(required=False)
    topics = topics_field()
    axis = forms.ChoiceField(choices=[("", ""), *Axis.choices], required=False)

    def __init__(self, data: Any) -> None:
        decision, _dash, until = data.get("decision", "").partition("-")
        if until:
            data = data.copy()
            data["decision"], data["until"] = decision, until
        super().__init__(data)
        given = [one for one in data.getlist("item") if one.isdecimal() and len(one) < 19]
        self.fields["item"].choices = [(one, one) for one in given]  # type: ignore[attr-defined]

    def wakes_at(self, now: datetime) -> datetime | None:
        """Early on that day, where the reader is; None for a day that is past or far."""
        today = timezone.localtime(now).replace(hour=6, minute=0, second=0, microsecond=0)
        until = self.cleaned_data["until"] or "day"
        if until in LATER:
            return today + LATER[until]
        day = self.cleaned_data["day"]
        ahead = (day - today.date()).days if day else 0
        return today + timedelta(days=ahead) if 0 < ahead <= MOST_DAYS else None


def topic_names(item: Item) -> list[str]:
    """In the order in which they came; prefetched where the caller did so."""
    return [row.tag.name for row in item.topic_rows.all()]  # type: ignore[attr-defined]
