"""The public pages: what is on, each event, who will be there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.consent import change_consent
from community.exporting import export_person
from community.linking import merge_participants
from community.models import Consent, LiveEvent, SignUp
from tests.builders import a_user
from tests.community.live.events import an_event

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def event():
    return an_event(starts=timezone.now() + DAY, tips_before="Lis.", tips_during="Cite.")


def signs_up(client, event, role: str = "live_tweet"):
    return client.post(reverse("live:sign_up", args=[event.slug]), {"role": role}, follow=True)


def test_an_empty_list_teaches(client):
    page = client.get(reverse("live:list")).text
    assert reverse("live:propose") in page
    assert "webcal://testserver/" in page


def test_events_are_listed_by_when_they_are(client):
    now = timezone.now()
    on, coming, past = (
        an_event(title=title, starts=now + shift)
        for title, shift in [("On air", -HOUR / 2), ("To come", DAY), ("Gone by", -DAY)]
    )
    an_event(title="Only proposed", state="proposed", starts=now + DAY)
    called_off = an_event(title="Called off", state="cancelled", starts=now + DAY)
    answer = client.get(reverse("live:list"))
    shown = {
        name: [card.event for card in answer.context[name]] for name in ("live", "coming", "past")
    }
    assert (shown["live"], shown["past"]) == ([on], [past])
    assert set(shown["coming"]) == {coming, called_off}
    assert "Only proposed" not in answer.text


def test_the_past_is_paged(client):
    for number in range(14):
        an_event(starts=timezone.now() - (number + 1) * DAY)
    assert len(client.get(reverse("live:list")).context["past"]) == 12
    assert len(client.get(reverse("live:list"), {"page": 2}).context["past"]) == 2


def test_lists_cost_the_same_for_few_and_many(client, nia, count_queries):
    def look():
        client.get(reverse("live:list"))

    an_event(starts=timezone.now() + DAY)
    look()
    few = count_queries(look)
    for _ in range(10):
        one = an_event(starts=timezone.now() + DAY)
        SignUp.objects.create(event=one, participant=nia.participant, role="help")
    assert count_queries(look) == few


@pytest.mark.parametrize(
    ("shift", "phase", "first"),
    [(DAY, "before", "before"), (-HOUR / 2, "during", "during"), (-DAY, "after", "after")],
)
def test_the_tips_of_the_moment_come_first(client, shift, phase, first):
    event = an_event(
        starts=timezone.now() + shift, tips_before="A\nB", tips_during="C", tips_after="D"
    )
    here = client.get(event.get_absolute_url()).context["here"]
    assert here.phase == phase
    assert [tips.phase for tips in here.tips][0] == first
    assert [tips.now for tips in here.tips] == [True, False, False]


def test_tips_and_descriptions_are_text_not_markup(client):
    event = an_event(
        starts=timezone.now() + DAY,
        tips_before="<script>alert(1)</script>",
        description="<img src=x onerror=alert(1)>",
    )
    page = client.get(event.get_absolute_url()).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_times_are_said_on_the_events_clock_and_for_machines(client):
    event = an_event(starts=timezone.now() + DAY, time_zone="America/Montreal")
    page = client.get(event.get_absolute_url()).text
    assert f'datetime="{event.starts_at:%Y-%m-%dT%H:%M:%S}' in page
    assert "Montreal" in page


def test_signing_up_and_taking_it_back(client, event, nia):
    client.force_login(nia)
    assert "Nia" in signs_up(client, event).text
    signs_up(client, event, "help")
    assert set(SignUp.objects.values_list("role", flat=True)) == {"live_tweet", "help"}
    signs_up(client, event)
    assert list(SignUp.objects.values_list("role", flat=True)) == ["help"]


def test_strangers_sign_in_before_they_sign_up(client, event):
    client.post(reverse("live:sign_up", args=[event.slug]), {"role": "help"})
    assert not SignUp.objects.exists()


@pytest.mark.parametrize(
    ("fields", "role", "status"),
    [
        ({"state": "cancelled"}, "help", 200),
        ({"state": "proposed"}, "help", 404),
        ({"starts": -2}, "help", 200),
        ({}, "captain", 404),
    ],
)
def test_nobody_signs_up_for_what_is_not_on(client, nia, fields, role, status):
    starts = timezone.now() + fields.pop("starts", 1) * DAY
    event = an_event(starts=starts, **fields)
    client.force_login(nia)
    assert signs_up(client, event, role).status_code == status
    assert not SignUp.objects.exists()


def test_only_those_who_show_are_named(client, event):
    for handle, consent in [("ann", "show"), ("bob", "count"), ("cleo", "nothing")]:
        person = a_user(handle).participant
        SignUp.objects.create(event=event, participant=person, role="help")
        type(person).objects.filter(pk=person.pk).update(consent=consent)
    answer = client.get(event.get_absolute_url())
    crew = answer.context["here"].crews["help"]
    assert ([person.name for person in crew.named], crew.count) == (["Ann"], 2)
    assert "Bob" not in answer.text
    assert "Cleo" not in answer.text


def test_who_wants_nothing_kept_is_not_kept(client, event, nia, now):
    client.force_login(nia)
    signs_up(client, event)
    change_consent(nia.participant, Consent.NOTHING, now=now)
    assert not SignUp.objects.exists()
    signs_up(client, event)
    assert not SignUp.objects.exists()


def test_pages_cost_the_same_for_few_and_many(client, event, count_queries):
    def look():
        client.get(event.get_absolute_url())

    SignUp.objects.create(event=event, participant=a_user("p0").participant, role="help")
    look()
    few = count_queries(look)
    for number in range(1, 15):
        person = a_user(f"p{number}").participant
        SignUp.objects.create(event=event, participant=person, role="live_tweet")
    assert count_queries(look) == few


def test_of_two_people_who_are_one_the_sign_ups_are_joined(event, nia, tomas):
    other = an_event(proposed_by=tomas.participant)
    for person, role in [(nia, "help"), (tomas, "help"), (tomas, "live_tweet")]:
        SignUp.objects.create(event=event, participant=person.participant, role=role)
    merge_participants(tomas.participant, into=nia.participant)
    assert set(SignUp.objects.values_list("participant", "role")) == {
        (nia.participant.pk, "help"),
        (nia.participant.pk, "live_tweet"),
    }
    other.refresh_from_db()
    assert other.proposed_by == nia.participant


def test_proposals_of_who_wants_nothing_kept_go_and_announced_ones_lose_the_name(nia, now):
    on = an_event(proposed_by=nia.participant)
    an_event(proposed_by=nia.participant, state="proposed")
    change_consent(nia.participant, Consent.NOTHING, now=now)
    assert LiveEvent.objects.get() == on
    assert LiveEvent.objects.get().proposed_by is None


def test_the_logbook_shows_what_i_signed_up_for(client, event, nia):
    client.force_login(nia)
    page = client.get(reverse("community:logbook")).text
    assert event.title not in page
    assert reverse("live:list") in page
    SignUp.objects.create(event=event, participant=nia.participant, role="help")
    assert event.title in client.get(reverse("community:logbook")).text


def test_what_is_kept_about_me_can_be_had(event, nia):
    SignUp.objects.create(event=event, participant=nia.participant, role="help")
    idea = an_event(proposed_by=nia.participant, state="proposed")
    kept = export_person(nia.participant)
    assert [(one["event"], one["role"]) for one in kept["sign_ups"]] == [(event.title, "help")]
    assert [one["event"] for one in kept["proposed_events"]] == [idea.title]
