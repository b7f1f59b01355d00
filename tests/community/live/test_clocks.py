"""Times are those of the event's own clocks, made exact, through summer and winter."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from community.live.clocks import Hours, exact, local_words, place_of, zone_choices
from community.live.forms import ProposalForm
from tests.builders import NOON
from tests.community.live.events import an_event, proposal_fields

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("clock", "zone", "moment"),
    [
        ("2026-01-15 20:00", "Europe/Paris", "2026-01-15 19:00"),
        ("2026-06-15 20:00", "Europe/Paris", "2026-06-15 18:00"),
        ("2026-03-29 01:59", "Europe/Paris", "2026-03-29 00:59"),
        ("2026-03-29 03:00", "Europe/Paris", "2026-03-29 01:00"),
        ("2026-10-25 02:30", "Europe/Paris", "2026-10-25 00:30"),  # the first of two
        ("2026-10-25 03:00", "Europe/Paris", "2026-10-25 02:00"),
        ("2026-06-15 20:00", "America/Montreal", "2026-06-16 00:00"),
        ("2026-06-15 20:00", "Asia/Kathmandu", "2026-06-15 14:15"),
        ("2026-12-31 23:00", "Pacific/Noumea", "2026-12-31 12:00"),
        ("2026-06-15 20:00", "UTC", "2026-06-15 20:00"),
    ],
)
def test_what_clocks_show_is_a_moment(clock, zone, moment):
    assert exact(datetime.fromisoformat(clock), zone) == datetime.fromisoformat(moment).replace(
        tzinfo=UTC
    )


def test_a_time_over_which_clocks_are_put_forward_does_not_exist():
    with pytest.raises(ValidationError, match="Paris"):
        exact(datetime(2026, 3, 29, 2, 30), "Europe/Paris")


def test_an_hour_that_clocks_show_twice_can_be_told_whole():
    clock = datetime(2026, 10, 25, 2, 30)
    starts = exact(clock, "Europe/Paris")
    assert exact(clock, "Europe/Paris", after=starts) == starts + timedelta(hours=1)


def test_every_place_can_be_chosen_once():
    names = [name for _region, places in zone_choices() for name, _place in places]
    assert {"Europe/Paris", "America/Martinique", "UTC"} <= set(names)
    assert len(names) == len(set(names))
    assert place_of("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert place_of("Europe/Brussels", "fr") == "Bruxelles"
    assert place_of("Europe/Brussels", "en") == "Brussels"


def test_words_are_those_of_the_language_and_the_place():
    day, time = local_words(
        datetime(2026, 6, 3, 18, 0, tzinfo=UTC), ZoneInfo("Europe/Paris"), language="fr"
    )
    assert (day, time) == ("mercredi 3 juin 2026", "20:00")


def test_an_event_past_midnight_says_its_last_day_too():
    event = an_event(starts=datetime(2026, 6, 3, 21, 0, tzinfo=UTC))
    with override("fr"):
        hours = Hours.of(event)
    assert (hours.day, hours.start) == ("mercredi 3 juin 2026", "23:00")
    assert hours.end == "jeudi 4 juin 2026, 00:00"
    assert (hours.place, hours.offset) == ("Paris", "UTC+02:00")


@pytest.mark.parametrize(
    ("fields", "starts", "ends"),
    [
        ({}, "2026-06-03 18:00", "2026-06-03 19:30"),
        ({"time_zone": "America/Montreal"}, "2026-06-04 00:00", "2026-06-04 01:30"),
        ({"begins": "23:30", "ends": "00:30"}, "2026-06-03 21:30", "2026-06-03 22:30"),
    ],
)
def test_a_proposal_is_read_on_its_own_clocks(fields, starts, ends):
    form = ProposalForm(proposal_fields(**fields), now=NOON)
    assert form.is_valid(), form.errors
    event = form.save(commit=False)
    found = [
        f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}" for moment in (event.starts_at, event.ends_at)
    ]
    assert found == [starts, ends]
    assert event.hashtag == "NuitRadio"
    assert event.source_url == "https://radio.example/nuit"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"day": "2026-05-01"}, "day"),
        ({"day": "2028-01-01"}, "day"),
        ({"day": "2027-03-28", "begins": "02:30", "ends": "04:00"}, "begins"),
        ({"hashtag": "deux mots"}, "hashtag"),
        ({"hashtag": "1234"}, "hashtag"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"title": ""}, "title"),
        ({"description": ""}, "description"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"kind": "party"}, "kind"),
    ],
)
def test_what_a_proposal_lacks_is_said_where_it_is_missing(fields, field):
    form = ProposalForm(proposal_fields(**fields), now=NOON)
    assert not form.is_valid()
    assert field in form.errors


@pytest.mark.parametrize("hashtag", ["nuitradio", "#Envol"])
def test_a_proposal_has_a_hashtag_of_its_own(hashtag):
    an_event(starts=datetime(2026, 6, 3, 18, 0, tzinfo=UTC), hashtag="NuitRadio")
    form = ProposalForm(proposal_fields(hashtag=hashtag), now=NOON)
    assert "hashtag" in form.errors


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1066-10-14"])
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_no_day_is_too_far_to_be_answered(day, zone):
    fields = proposal_fields(day=day, time_zone=zone, begins="23:00", ends="01:00")
    form = ProposalForm(fields, now=NOON)
    assert list(form.errors) == ["day"]


@pytest.mark.parametrize("clock", [datetime(1, 1, 1), datetime(9999, 12, 31, 23)])
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_ends_of_time_are_no_moments(clock, zone):
    with pytest.raises(ValidationError):
        exact(clock, zone)
