"""Events as calendars read them: iCalendar (RFC 5545), to subscribe to or to take one home."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration, vText

from community.live.places import address_of
from community.models import LiveEvent
from community.sites import belongs_to

RECENT = timedelta(days=60)
"""How long an event stays in the calendar that people subscribe to."""
MOST = 500
REFRESH = timedelta(hours=1)
PRODUCT = "-//Envol//Live events//"


def in_calendar(now: datetime, *, site_id: int | None = None) -> QuerySet[LiveEvent]:
    """Coming, live and recent; cancelled ones too, so that calendars strike them out."""
    events = LiveEvent.objects.announced().filter(belongs_to(site_id))
    return events.filter(ends_at__gt=now - RECENT).order_by("starts_at")


def mark_of(events: QuerySet[LiveEvent], language: str) -> str:
    """An ETag: another one as soon as an event changes, comes or leaves; one query."""
    told = events.order_by().aggregate(number=Count("pk"), latest=Max("changed_at"))
    words = f"{language}:{told['number']}:{told['latest']}"
    return f'"{sha256(words.encode()).hexdigest()[:32]}"'


def write_calendar(events: Iterable[LiveEvent], *, name: str) -> bytes:
    """In the language that is active; every zone that is used is described in it."""
    language = get_language() or settings.LANGUAGE_CODE
    calendar = Calendar()
    calendar.add("prodid", f"{PRODUCT}{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for property_ in ("name", "x-wr-calname"):
        calendar.add(property_, vText(name))  # else the library lets a line break through
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for event in events:
        calendar.add_component(_component(event, language))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _component(event: LiveEvent, language: str) -> Event:
    component = Event()
    url = address_of(event, language)
    component.add("uid", f"{event.uid}@{urlsplit(settings.BASE_URL).hostname}")
    component.add("sequence", event.sequence)
    component.add("dtstamp", event.changed_at)
    component.add("created", event.created_at)
    component.add("last-modified", event.changed_at)
    component.add("dtstart", event.starts_at.astimezone(event.zone))
    component.add("dtend", event.ends_at.astimezone(event.zone))
    component.add("summary", event.title)
    component.add("description", _description(event, url))
    component.add("url", url)
    component.add("categories", [event.get_kind_display(), event.said_hashtag])
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    component.add("transp", "TRANSPARENT")
    if event.source_url:
        component.add("location", event.source_url)
    return component


def _description(event: LiveEvent, url: str) -> str:
    """What a phone shows an hour before: hashtag, where to listen, what to prepare."""
    lines = [
        _("This event is cancelled.") if event.is_cancelled else "",
        event.description,
        _("Hashtag: #%(hashtag)s") % {"hashtag": event.said_hashtag},
        _("To follow it: %(address)s") % {"address": event.source_url} if event.source_url else "",
        _("Before:") + "\n" + event.tips_before if event.tips_before else "",
        _("During:") + "\n" + event.tips_during if event.tips_during else "",
        url,
    ]
    return "\n\n".join(line.replace("\r\n", "\n").strip() for line in lines if line)
