"""The admin's first page: what waits for whom, what goes out next, how alive it is."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from challenges.launching import launch_challenge
from challenges.models import Question
from cms.dashboard import NEXT, read_pulses
from community.figures.counting import day_of
from community.models import DailyTally, LiveEvent, User
from microblog.models import OutboxPost, Report
from microblog.waiting import (
    Waiting,
    enter_planned,
    enter_waiting,
    piles_for,
    planned_for,
)
from tests.builders import NOON, a_connection, a_user, said
from tests.challenges.building import a_riddle

pytestmark = pytest.mark.django_db
HOME = "/admin/"


@pytest.fixture
def quiet_tutor(db):
    """May enter the admin, and look at answers and questions."""
    user = a_user("tina", language="en")
    user.groups.add(Group.objects.get(name="Tutors"))
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def piles(user, now=NOON) -> dict[str, int]:
    return {pile.waiting.key: pile.count for pile in piles_for(user, now)}


def a_question(on, *, days: int = 0) -> Question:
    riddle = a_riddle(f"A riddle {days}")
    post = said("Ça se mange ?", on=on)
    return Question.objects.create(
        post=post,
        challenge_key=riddle.translation_key,
        asked_as="same",
        asked_at=NOON - timedelta(days=days),
    )


def test_everybody_sees_only_what_they_may_work_off(olga, quiet_tutor, nia):
    assert {"answers", "questions", "reports", "connections", "given_up"} <= piles(olga).keys()
    assert {"answers", "questions"} <= piles(quiet_tutor).keys()
    assert not {"reports", "connections", "given_up"} & piles(quiet_tutor).keys()
    assert not {"answers", "questions", "reports", "connections"} & piles(nia).keys()


def test_piles_are_counted_and_the_oldest_comes_first(olga, rex_account):
    social = a_connection(failures=3, last_error_at=NOON - timedelta(days=9))
    a_question(social, days=2)
    Report.objects.create(account=rex_account, reason="other")
    found = piles_for(olga, NOON)
    counts = {pile.waiting.key: pile.count for pile in found}
    assert counts["questions"] == counts["reports"] == counts["connections"] == 1
    order = [pile.waiting.key for pile in found if pile.count]
    assert order.index("connections") < order.index("questions")
    assert next(pile for pile in found if pile.waiting.key == "questions").oldest == (
        NOON - timedelta(days=2)
    )


def test_a_pile_or_a_plan_has_one_owner():
    twice = Waiting("answers", "", "x.y", "review:waiting", lambda *_told: 0, lambda *_told: None)
    with pytest.raises(ValueError, match="answers"):
        enter_waiting(twice)
    with pytest.raises(ValueError, match="outbox"):
        enter_planned("outbox", permission="x.y", upcoming=lambda *_told: [])


def promises(social, size: int) -> None:
    OutboxPost.objects.bulk_create(
        OutboxPost(
            key=f"k{number}",
            kind="other",
            connection=social,
            text=f"Words {number}",
            due_at=NOON + timedelta(hours=number),
        )
        for number in range(size)
    )


def test_what_goes_out_next_mixes_all_sources_by_time(olga, nia):
    social = a_connection()
    promises(social, 3)
    launch_challenge(a_riddle("Later"), by=olga, now=NOON, at=NOON + timedelta(minutes=90))
    plan = planned_for(olga, NOON, most=NEXT)
    assert [one.title for one in plan] == ["Words 0", "Words 1", "Later", "Words 2"]
    assert [bool(one.url) for one in plan] == [True] * 4
    assert plan[0].where == "social"
    assert planned_for(nia, NOON, most=NEXT) == []


def test_who_publishes_nothing_is_shown_no_launch(olga, quiet_tutor):
    launch_challenge(a_riddle("Later"), by=olga, now=NOON, at=NOON + timedelta(hours=1))
    assert [one.title for one in planned_for(olga, NOON, most=NEXT)] == ["Later"]
    assert planned_for(quiet_tutor, NOON, most=NEXT) == []


def test_hints_and_reveals_to_come_are_planned(olga):
    a_riddle("Told", reveal_at=NOON + timedelta(days=3))
    (plan,) = planned_for(olga, NOON, most=NEXT)
    assert (plan.at, plan.title) == (NOON + timedelta(days=3), "Told")
    assert plan.url.endswith("/edit/")


def test_the_pulse_adds_up_today_and_a_week():
    today = day_of(NOON)
    for days, value in ((0, 2), (6, 5), (7, 100)):
        DailyTally.objects.create(
            day=today - timedelta(days=days), kind="posts", network="practice", value=value
        )
    pulses = read_pulses(NOON)
    assert (pulses[0].today, pulses[0].week) == (2, 7)
    assert [pulse.week for pulse in pulses[1:]] == [0, 0, 0]


def test_the_page_shows_it_all(client, olga):
    social = a_connection()
    a_question(social)
    promises(social, 30)
    now = timezone.now()
    LiveEvent.objects.create(
        title="Radio tonight",
        slug="radio",
        hashtag="radio",
        starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(hours=1),
    )
    client.force_login(olga)
    response = client.get(HOME)
    page = response.content.decode()
    assert "/review/questions/" in page
    assert page.count("Words ") == NEXT
    assert "Radio tonight" in page
    names = [getattr(panel, "name", "") for panel in response.context["panels"]]
    first = ["envol_waiting", "workflow_objects_to_moderate", "envol_next", "envol_alive"]
    assert names[:5] == ["envol_first_steps", *first]
    assert "whats_new_in_wagtail_version" not in names and "w-summary" not in page


def test_first_steps_are_told_until_a_challenge_has_gone_out(client, olga, quiet_tutor):
    client.force_login(olga)
    assert "manage.py connect" in client.get(HOME).content.decode()
    social = a_connection()
    assert "manage.py connect" not in client.get(HOME).content.decode()
    launch_challenge(a_riddle(), by=olga, now=NOON, connections=[social])
    assert "envol-first" not in client.get(HOME).content.decode()
    client.force_login(quiet_tutor)
    assert "envol-first" not in client.get(HOME).content.decode()


def test_a_tutor_gets_a_page_of_their_own(client, quiet_tutor):
    promises(a_connection(), 3)
    client.force_login(quiet_tutor)
    response = client.get(HOME)
    assert response.status_code == 200
    assert "Words 0" not in response.content.decode()


def test_ten_times_as_much_costs_the_same(client, olga, count_queries):
    social = a_connection()
    client.force_login(olga)
    a_question(social)
    promises(social, 5)
    client.get(HOME)
    few = count_queries(lambda: client.get(HOME))
    for days in range(1, 6):
        a_question(social, days=days)
    for number in range(4):
        launch_challenge(a_riddle(f"L{number}"), by=olga, now=NOON, at=NOON + timedelta(days=1))
    OutboxPost.objects.all().delete()
    promises(social, 50)
    assert count_queries(lambda: client.get(HOME)) <= few + 2


def test_rooms_that_belong_together_stand_under_one_roof(client, olga):
    """However many there are, an organiser's menu stays short."""
    client.force_login(olga)
    request = client.get(HOME).wsgi_request
    menu = {item.name: item for item in admin_menu.menu_items_for_request(request)}
    rooms = sorted(menu["curation"].menu.menu_items_for_request(request), key=lambda r: r.order)
    assert [room.name for room in rooms][:2] == ["review-desk", "sources"]
    assert {"curation", "members-words", "crew"} <= set(menu)
    assert len(menu) <= 16


def test_a_single_room_needs_no_roof(client, quiet_tutor):
    quiet_tutor.groups.set([Group.objects.get(name="Moderators")])
    client.force_login(User.objects.get(pk=quiet_tutor.pk))
    request = client.get(HOME).wsgi_request
    rooms = [item.url for item in admin_menu.menu_items_for_request(request)]
    assert reverse("curation:review") in rooms
