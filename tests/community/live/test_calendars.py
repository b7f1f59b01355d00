"""Calendars are read back with the library that phones might use too."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from community.live.changing import as_told, settle_change
from community.models import LiveEvent
from tests.community.live.events import an_event, cancel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def calendar_path(language: str = "fr") -> str:
    with override(language):
        return reverse("live:calendar")


def read(client, path: str = "") -> Calendar:
    answer = client.get(path or calendar_path())
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def events_of(calendar: Calendar) -> dict[str, object]:
    return {str(one["SUMMARY"]): one for one in calendar.walk("VEVENT")}


def test_a_calendar_holds_what_comes_and_what_was_lately(client):
    now = timezone.now()
    for days in (-90, -2, 0, 5):
        an_event(title=f"{days}", starts=now + days * DAY)
    for state in ("proposed", "declined"):
        an_event(title=state, starts=now + DAY, state=state)
    calendar = read(client)
    assert set(events_of(calendar)) == {"-2", "0", "5"}
    assert calendar["VERSION"] == "2.0"
    assert "Envol" in str(calendar["X-WR-CALNAME"])


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Montreal", "Pacific/Noumea", "UTC"])
@pytest.mark.parametrize("months", [1, 7])
def test_moments_survive_in_every_zone_and_season(client, zone, months):
    starts = timezone.now().replace(microsecond=0) + timedelta(days=30 * months)
    event = an_event(starts=starts, time_zone=zone)
    calendar = read(client)
    found = events_of(calendar)[event.title]
    assert found["DTSTART"].dt == starts
    assert found["DTEND"].dt == event.ends_at
    if zone != "UTC":
        assert found["DTSTART"].params["TZID"] == zone
        assert zone in {str(one["TZID"]) for one in calendar.walk("VTIMEZONE")}


def test_every_zone_that_is_named_is_described(client):
    for zone in ("Europe/Paris", "Europe/Paris", "Asia/Tokyo"):
        an_event(starts=timezone.now() + DAY, time_zone=zone)
    calendar = read(client)
    named = {one["DTSTART"].params["TZID"] for one in calendar.walk("VEVENT")}
    described = [str(one["TZID"]) for one in calendar.walk("VTIMEZONE")]
    assert sorted(described) == sorted(named)


def test_an_event_says_its_hashtag_source_and_tips(client):
    event = an_event(
        starts=timezone.now() + DAY,
        hashtag="NuitRadio",
        source_url="https://radio.example/",
        tips_before="Relis la charte ; prépare, note.\r\nDeuxième conseil",
    )
    found = events_of(read(client))[event.title]
    description = str(found["DESCRIPTION"])
    assert "#NuitRadio" in description
    assert "https://radio.example/" in description
    assert "Relis la charte ; prépare, note.\nDeuxième conseil" in description
    assert str(found["URL"]).endswith(f"/fr/live/{event.slug}/")


def test_each_language_has_its_calendar(client):
    event = an_event(starts=timezone.now() + DAY)
    found = events_of(read(client, calendar_path("en")))[event.title]
    assert str(found["URL"]).endswith(f"/en/live/{event.slug}/")


def test_a_change_keeps_the_uid_and_raises_the_sequence(client):
    event = an_event(starts=timezone.now() + DAY)
    first = events_of(read(client))[event.title]
    before = as_told(event)
    event.starts_at += timedelta(minutes=30)
    event.save()
    settle_change(event, before, [], now=timezone.now())
    second = events_of(read(client))[event.title]
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert second["LAST-MODIFIED"].dt >= first["LAST-MODIFIED"].dt


def test_what_calendars_do_not_show_changes_no_sequence():
    event = an_event(starts=timezone.now() + DAY)
    before = as_told(event)
    event.recording_url = "https://radio.example/again"
    event.save()
    settle_change(event, before, [], now=timezone.now())
    event.refresh_from_db()
    assert event.sequence == 0


def test_a_cancelled_event_is_struck_out(client):
    event = an_event(starts=timezone.now() + DAY)
    cancel(event, now=timezone.now())
    found = events_of(read(client))[event.title]
    assert (found["STATUS"], found["SEQUENCE"]) == ("CANCELLED", 1)


def test_one_event_can_be_taken_home(client):
    event, other = (an_event(starts=timezone.now() + number * DAY) for number in (1, 2))
    calendar = read(client, reverse("live:event_calendar", args=[event.slug]))
    assert set(events_of(calendar)) == {event.title}
    assert other.title not in events_of(calendar)


@pytest.mark.parametrize("state", ["proposed", "declined"])
def test_what_is_not_announced_has_no_calendar(client, state):
    event = an_event(state=state)
    assert client.get(reverse("live:event_calendar", args=[event.slug])).status_code == 404


def test_a_phone_that_has_it_already_is_sent_nothing(client):
    event = an_event(starts=timezone.now() + DAY)
    first = client.get(calendar_path())
    assert "max-age" in first["Cache-Control"]
    again = client.get(calendar_path(), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    event.title = "Another name"
    event.save()
    assert client.get(calendar_path(), headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_calendar_costs_the_same_for_few_and_many(client, count_queries):
    an_event(starts=timezone.now() + DAY)
    client.get(calendar_path())
    few = count_queries(lambda: client.get(calendar_path()))
    for _ in range(20):
        an_event(starts=timezone.now() + DAY, uid=uuid4())
    assert count_queries(lambda: client.get(calendar_path())) == few
    assert LiveEvent.objects.count() == 21


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_no_title_writes_lines_of_its_own(client, end):
    event = an_event(title=f"A night{end}ATTACH:https://evil.example", starts=timezone.now() + DAY)
    answer = client.get(reverse("live:event_calendar", args=[event.slug]))
    assert answer.status_code == 200
    lines = answer.content.replace(b"\r", b"\n").split(b"\n")
    assert not [line for line in lines if line.startswith(b"ATTACH")]
