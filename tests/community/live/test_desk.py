"""The organisers' desk: events are announced, changed and cancelled on their own clocks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from community.live.reminding import promise_reminders
from community.models import LiveEvent
from microblog.models import OutboxPost
from microblog.waiting import planned_for
from tests.builders import NOON, a_connection
from tests.community.live.events import a_reminded_event, an_event

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def typed(**fields) -> dict[str, object]:
    """What an organiser types into the admin."""
    return {
        "title": "Conférence d’été",
        "kind": "live_tweet",
        "language": "fr",
        "hashtag": "#ConfÉté",
        "description": "",
        "source_kind": "conference",
        "source_url": "conf.example",
        "recording_url": "",
        "starts_at": "2026-06-03 20:00",
        "ends_at": "2026-06-03 21:00",
        "time_zone": "America/Montreal",
        "remind": ["1440", "60"],
        "tips_before": "",
        "tips_during": "",
        "tips_after": "",
        "state": "accepted",
        "answer": "",
        "slug": "",
        "article": "",
        "questions-TOTAL_FORMS": "0",
        "questions-INITIAL_FORMS": "0",
    } | fields


@pytest.fixture
def desk(client, olga):
    client.force_login(olga)
    return client


def changes(desk, event, **fields):
    path = reverse("live_events:edit", args=[event.pk])
    start, end = (
        moment.astimezone(event.zone).strftime("%Y-%m-%d %H:%M")
        for moment in (event.starts_at, event.ends_at)
    )
    values = typed(
        title=event.title,
        hashtag=event.hashtag,
        slug=event.slug,
        state=event.state,
        starts_at=start,
        ends_at=end,
        time_zone=event.time_zone,
        source_url="",
        description=event.description,
        source_kind=event.source_kind,
    )
    answer = desk.post(path, values | fields)
    event.refresh_from_db()
    return answer


def test_an_organiser_announces_an_event_on_its_own_clocks(desk, olga):
    assert desk.get(reverse("live_events:add")).status_code == 200
    answer = desk.post(reverse("live_events:add"), typed())
    assert answer.status_code == 302, answer.context["form"].errors
    event = LiveEvent.objects.get()
    assert event.starts_at == datetime(2026, 6, 4, 0, 0, tzinfo=UTC)
    assert (event.slug, event.said_hashtag) == ("conference-dete", "ConfÉté")
    assert (event.organiser, event.state) == (olga, "accepted")
    assert {one.minutes_before for one in event.reminders.all()} == {60, 1440}


def test_the_form_shows_the_events_clock(desk):
    event = an_event(starts=datetime(2026, 6, 4, 0, 0, tzinfo=UTC), time_zone="America/Montreal")
    page = desk.get(reverse("live_events:edit", args=[event.pk])).text
    assert "2026-06-03 20:00" in page


def test_saving_without_a_change_moves_nothing(desk):
    event = a_reminded_event(starts=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    before = event.starts_at
    assert changes(desk, event).status_code == 302
    assert (event.starts_at, event.sequence) == (before, 0)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_at": "2026-06-03 19:00"}, "ends_at"),
        ({"starts_at": "2026-03-29 02:30", "time_zone": "Europe/Paris"}, "starts_at"),
        ({"hashtag": "two words"}, "hashtag"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_what_makes_no_sense_is_said(desk, fields, field):
    answer = desk.post(reverse("live_events:add"), typed(**fields))
    assert field in answer.context["form"].errors
    assert not LiveEvent.objects.exists()


def test_reminders_are_chosen_and_skipped(desk):
    event = a_reminded_event(starts=NOON + 30 * DAY)
    changes(desk, event, remind=["15"])
    assert [one.minutes_before for one in event.reminders.all()] == [15]
    changes(desk, event, remind=[])
    assert not event.reminders.exists()


def test_cancelling_in_the_admin_takes_reminders_back(desk):
    a_connection()
    event = a_reminded_event(starts=NOON + DAY)
    promise_reminders(NOON)
    changes(desk, event, state="cancelled")
    assert event.sequence == 1
    assert not OutboxPost.objects.waiting().exists()


def test_a_proposal_that_is_changed_and_accepted_is_answered(desk, nia, practice):
    event = an_event(state="proposed", proposed_by=nia.participant, starts=NOON + DAY)
    changes(desk, event, state="accepted", answer="Une heure plus tard, d’accord ?")
    assert event.decided_at
    assert "Une heure plus tard" in OutboxPost.objects.get().text


@pytest.mark.parametrize("who", ["nia", "tomas", "nobody"])
def test_only_organisers_touch_events(client, request, who, nia, tomas):
    user = {"nia": nia, "tomas": tomas}.get(who)
    if user:
        client.force_login(user)
    event = an_event()
    for name, args in [("list", []), ("add", []), ("edit", [event.pk]), ("delete", [event.pk])]:
        assert client.post(reverse(f"live_events:{name}", args=args), typed()).status_code != 200
    event.refresh_from_db()
    assert LiveEvent.objects.count() == 1


def test_what_goes_out_next_names_the_reminders(olga):
    event = a_reminded_event(60, starts=NOON + DAY)
    planned = [one for one in planned_for(olga, NOON, most=10) if one.title == event.title]
    assert [one.at for one in planned] == [event.starts_at - timedelta(hours=1)]


def test_the_next_of_a_series_is_a_copy_with_an_address_of_its_own(desk):
    event = a_reminded_event(
        starts=datetime(2026, 6, 4, 0, 0, tzinfo=UTC), time_zone="America/Montreal", title="Série"
    )
    page = desk.get(reverse("live_events:copy", args=[event.pk]))
    initial = page.context["form"].initial
    assert (initial["title"], initial["slug"]) == ("Série", "")
    assert initial["starts_at"] == datetime(2026, 6, 3, 20, 0)
    desk.post(reverse("live_events:add"), typed(title="Série"))
    slugs = LiveEvent.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["serie", "serie-2"]


@pytest.mark.parametrize(
    ("hashtag", "starts", "refused"),
    [
        ("confete", "2026-06-03 20:30", True),
        ("ConfÉté", "2026-06-03 21:00", False),
        ("AutreChose", "2026-06-03 20:30", False),
        ("#Envol", "2026-07-01 20:00", True),
    ],
)
def test_a_hashtag_tells_one_event_at_a_time(desk, hashtag, starts, refused):
    desk.post(reverse("live_events:add"), typed())
    ends = "2026-07-01 23:00"
    answer = desk.post(
        reverse("live_events:add"), typed(hashtag=hashtag, starts_at=starts, ends_at=ends)
    )
    assert (answer.status_code == 200) == refused
    assert LiveEvent.objects.count() == 2 - refused
