"""The organisers' desk: what they see, what their buttons do, and who may press them."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from challenges.launching import launch_challenge, promise_launches
from challenges.models import Launch, PhotoRiddlePage
from microblog.models import OutboxPost
from tests.builders import NOON, a_connection, a_user
from tests.challenges.building import (
    a_launch,
    a_level,
    a_mini_challenge,
    a_riddle,
    a_site,
    an_answer,
    translated,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def address(name, page, **extra):
    return reverse(f"challenge_{name}", kwargs={"pk": page.pk, **extra})


@pytest.fixture
def desk(client, olga):
    client.force_login(olga)
    return client


def an_editor(handle="edith", permission="change_page"):
    """Somebody who comes into the admin and has this right over the challenges."""
    user = a_user(handle)
    group = Group.objects.create(name=f"{handle}'s")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in {"add_page", "change_page", permission}:
        GroupPagePermission.objects.create(
            group=group,
            page=a_site(),
            permission=Permission.objects.get(
                codename=codename, content_type__app_label="wagtailcore"
            ),
        )
    user.groups.add(group)
    return user


def test_the_desk_tells_state_launches_and_answers(desk, nia, practice):
    riddle = a_riddle(hints=[{"type": "hint", "value": "Tall."}])
    a_launch(riddle, practice)
    an_answer(riddle, "A lighthouse", by=nia, on=practice)
    a_mini_challenge("Never asked", live=False)

    html = desk.get(reverse("challenge_desk")).content.decode()
    assert "What shines up there?" in html and "Never asked" in html
    assert "practice" in html
    assert address("hint", riddle, number=1) in html
    assert address("reveal", riddle) in html and address("close", riddle) in html
    assert re.search(r"1 (accepted|relevé)", html)


def test_a_fault_of_the_network_is_shown(desk, practice):
    launch_challenge(a_riddle(), by=None, now=NOON)
    promise_launches(NOON)
    OutboxPost.objects.update(error="The server answers 503.")

    assert "The server answers 503." in desk.get(reverse("challenge_desk")).content.decode()


def test_the_desk_costs_the_same_however_many_challenges(
    desk, practice, django_assert_max_num_queries
):
    def fill(first, last):
        for number in range(first, last):
            riddle = a_riddle(f"Riddle {number}")
            translated(riddle, "en", slug=f"en-{number}")
            launch_challenge(riddle, by=None, now=NOON)
        promise_launches(NOON)

    fill(0, 2)
    desk.get(reverse("challenge_desk"))
    with django_assert_max_num_queries(40) as few:
        desk.get(reverse("challenge_desk"))
    fill(2, 10)
    with django_assert_max_num_queries(len(few)):
        desk.get(reverse("challenge_desk"))


def test_the_form_shows_what_will_be_said_where(desk, practice):
    a_connection("english", language="en", character_limit=280)
    riddle = a_riddle()
    translated(riddle, "en", question="What is that light?", slug="light")

    html = desk.get(address("launch", riddle)).content.decode()
    assert "What shines up there?" in html and "What is that light?" in html
    assert "#Envol #photoDevinette" in html
    assert "A golden disc on blue" in html
    assert "phare" not in html


def form_of(desk, page) -> dict:
    form = desk.get(address("launch", page)).context["form"]
    return {
        "round": form["round"].value(),
        "connections": list(form["connections"].value()),
    }


def test_pressing_the_button_twice_launches_once(desk, olga, practice):
    riddle = a_riddle()
    form = form_of(desk, riddle)

    first = desk.post(address("launch", riddle), form)
    second = desk.post(address("launch", riddle), form)

    assert first.status_code == second.status_code == 302
    launch = Launch.objects.get()
    assert launch.requested_by == olga
    assert launch.connections.count() == 0, "all chosen means all that are in use when it is due"


def test_a_form_opened_after_a_launch_means_the_next_round(desk, practice):
    riddle = a_riddle()
    desk.post(address("launch", riddle), form_of(desk, riddle))
    desk.post(address("launch", riddle), form_of(desk, riddle))

    assert sorted(Launch.objects.values_list("round", flat=True)) == [1, 2]


def test_some_connections_later(desk, practice):
    social = a_connection()
    riddle = a_riddle()
    form = form_of(desk, riddle) | {"connections": [social.pk], "at": "2099-01-01T10:00"}
    desk.post(address("launch", riddle), form)

    launch = Launch.objects.get()
    assert list(launch.connections.all()) == [social]
    assert launch.due_at.year == 2099


@pytest.mark.parametrize(
    "change", [{"connections": []}, {"at": "2001-01-01T10:00"}, {"round": "x"}]
)
def test_what_makes_no_sense_is_asked_again(desk, practice, change):
    riddle = a_riddle()
    response = desk.post(address("launch", riddle), form_of(desk, riddle) | change)

    assert response.status_code == 200
    assert not Launch.objects.exists()


def test_a_refusal_is_told(desk, practice):
    riddle = a_riddle()
    form = form_of(desk, riddle)
    desk.post(address("close", riddle))

    response = desk.post(address("launch", riddle), form, follow=True)
    assert not Launch.objects.exists()
    assert any("clos" in str(one) or "fermé" in str(one) for one in response.context["messages"])


def test_hints_reveal_closing_and_opening(desk, practice):
    riddle = a_riddle(hints=[{"type": "hint", "value": "Tall."}])
    a_launch(riddle, practice)
    for name, extra in [("hint", {"number": 1}), ("reveal", {}), ("close", {})]:
        assert desk.post(address(name, riddle, **extra)).status_code == 302
        assert desk.post(address(name, riddle, **extra)).status_code == 302

    riddle.refresh_from_db()
    assert riddle.hints_given == 1 and riddle.revealed_at and riddle.closed_at
    assert OutboxPost.objects.exclude(kind="launch").count() == 2

    desk.post(address("reopen", riddle))
    riddle.refresh_from_db()
    assert riddle.closed_at is None


def test_a_mini_challenge_has_neither_hint_nor_reveal(desk, practice):
    page = a_mini_challenge()

    assert desk.post(address("hint", page, number=1)).status_code == 302
    assert desk.post(address("reveal", page)).status_code == 302
    assert not OutboxPost.objects.exists()


ACTIONS = [("launch", {}), ("close", {}), ("reopen", {}), ("reveal", {}), ("hint", {"number": 1})]


@pytest.mark.parametrize(("name", "extra"), ACTIONS)
def test_only_who_may_publish_may_conduct(client, nia, practice, name, extra):
    riddle = a_riddle(hints=[{"type": "hint", "value": "Tall."}])
    where = address(name, riddle, **extra)
    form = {"round": 1, "connections": [practice.pk]}

    for person in (None, nia, an_editor()):
        client.logout()
        if person:
            client.force_login(person)
        assert client.post(where, form).status_code in (302, 403)
        assert not Launch.objects.exists()
        riddle.refresh_from_db()
        assert (riddle.closed_at, riddle.revealed_at, riddle.hints_given) == (None, None, 0)


def test_who_may_publish_may_launch(client, practice):
    riddle = a_riddle()
    client.force_login(an_editor(permission="publish_page"))

    assert riddle.title in client.get(reverse("challenge_desk")).content.decode()
    client.post(address("launch", riddle), {"round": 1, "connections": [practice.pk]})
    assert Launch.objects.count() == 1


@pytest.mark.parametrize(("name", "extra"), ACTIONS[1:])
def test_nothing_changes_by_being_looked_at(desk, name, extra):
    assert desk.get(address(name, a_riddle(), **extra)).status_code == 405


def test_a_forged_form_is_refused(olga, practice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(olga)

    assert client.post(address("close", a_riddle())).status_code == 403


def test_the_editor_offers_the_launch_and_says_what_will_count(desk):
    riddle = a_riddle(
        answers="", levels=[a_level("Find it", rules=[("photo", {"count": 2})]), a_level(rules=[])]
    )
    where = reverse("wagtailadmin_pages:edit", args=[riddle.pk])
    html = desk.get(where, headers={"accept-language": "en"}).content.decode()

    assert html.count(address("launch", riddle)) >= 2, "in the header and beside “Publish”"
    assert "Add 2 photos." in html
    assert "tutor decides about each post (level 2)" in html
    assert "Solves the riddle" in html
    assert PhotoRiddlePage.objects.get().cautions()


def test_the_editor_opens_for_something_new(desk):
    index = a_site()
    for kind in ("photoriddlepage", "minichallengepage"):
        where = reverse("wagtailadmin_pages:add", args=["challenges", kind, index.pk])
        assert desk.get(where).status_code == 200


def test_a_hashtag_that_another_open_challenge_has_is_pointed_out():
    first = a_mini_challenge("One", hashtags="défi Oiseau")
    second = a_mini_challenge("Two", hashtags="#oiseau autre")

    (caution,) = second.cautions()
    assert "One" in caution and "#oiseau" in caution
    first.closed_at = NOON
    first.save()
    assert second.cautions() == []


@pytest.mark.parametrize("hashtags", ["photo-devinette", "123", "a.b", "x" * 80])
def test_what_is_no_hashtag_is_refused(hashtags):
    page = a_mini_challenge()
    page.hashtags = hashtags

    with pytest.raises(ValidationError, match="hashtag"):
        page.full_clean()


def test_only_a_riddle_is_solved():
    page = a_mini_challenge()
    page.levels = [("level", {"title": "x", "task": "x", "rules": [("solves_riddle", {})]})]

    with pytest.raises(ValidationError, match="Solves the riddle"):
        page.full_clean()


@pytest.mark.parametrize(
    "given_away",
    [{"title": "Un phare ?"}, {"photo_alt": "Le PHARE, de tout près"}, {"slug": "le-phare"}],
)
def test_a_riddle_that_gives_its_answer_away_says_so(given_away):
    """Players read the title, the address and the photo's description."""
    riddle = a_riddle("Qu'est-ce qui brille ?", slug="brille")
    assert not any("phare" in caution for caution in riddle.cautions())
    for name, value in given_away.items():
        setattr(riddle, name, value)
    assert any("phare" in caution for caution in riddle.cautions())
