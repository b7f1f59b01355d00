"""A tutor and a help as organisers read them in the admin: in words, and without what never
happened."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Field
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic


class InWordsView(generic.InspectView):  # type: ignore[misc]
    """`labels`: of fields that have no name of their own in the model."""

    shown: tuple[str, ...] = ()
    labels: Mapping[str, str | Promise] = {}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.fields = [name for name in self.shown if _is_told(getattr(self.object, name))]

    def get_field_label(self, field_name: str, field: Field | None) -> str:
        return str(self.labels.get(field_name) or super().get_field_label(field_name, field))


def _is_told(value: object) -> bool:
    return value is False or bool(value)


class TutorInspectView(InWordsView):
    shown = (
        "participant",
        "load",
        "languages",
        "topics",
        "volunteered_at",
        "away_from",
        "away_until",
        "paused_at",
        "stopped_at",
    )

    def get_languages_display_value(self) -> str:
        names = dict(settings.LANGUAGES)
        return ", ".join(str(names.get(code, code)) for code in self.object.languages)

    def get_topics_display_value(self) -> str:
        return ", ".join(self.object.topic_names)


class HelpInspectView(InWordsView):
    labels = {
        "helper": _("Who helped"),
        "helped": _("Who was helped"),
        "reply": _("With these words"),
        "live_event": _("At this event"),
        "decided_by": _("Decided by"),
    }
    shown = (
        "helper",
        "helped",
        "topic",
        "reply",
        "live_event",
        "noticed_at",
        "confirmed_at",
        "confirmed_by",
        "counts",
        "decided_by",
        "undone_at",
    )

    def get_reply_display_value(self) -> str:
        reply = self.object.reply
        if reply.deleted_at:
            return gettext("This post was taken back.")
        words = Truncator(reply.text).words(30)
        return format_html('<a href="{}">{}</a>', reply.url or reply.uri, words)

    def get_counts_display_value(self) -> str:
        return gettext("yes") if self.object.counts else gettext("no")
