"""What each MOOC's bot says: on its own connections, in its own words, of its own things."""

from datetime import time, timedelta

import pytest

from challenges.feedback import promise_feedback
from challenges.launching import launch_challenge, promise_launches
from challenges.models import Launch
from challenges.screening import screen_posts
from community.live.chat.asking import ask_due_questions
from community.live.reminding import promise_reminders
from community.manners import HourlyRooms
from community.moocs import Moocs
from microblog.models import OutboxPost
from tests.builders import said
from tests.community.live.chatting import a_chat
from tests.community.live.events import a_reminded_event
from tests.moocs.building import another

pytestmark = pytest.mark.django_db
Kind = OutboxPost.Kind


def told(kind: OutboxPost.Kind) -> list[OutboxPost]:
    return list(OutboxPost.objects.filter(kind=kind).select_related("connection").order_by("pk"))


def test_a_launch_goes_to_the_connections_of_its_own_mooc(two, now):
    launch_challenge(two.a.challenge("Houle"), by=None, now=now)
    launch_challenge(two.b.challenge("Marée"), by=None, now=now)
    promise_launches(now)
    launches = {one.connection.name: one.text for one in told(Kind.LAUNCH)}
    assert set(launches) == {"a", "b"} and len(told(Kind.LAUNCH)) == 2
    assert "#Aube #defi" in launches["a"] and "https://envol.example/" in launches["a"]
    assert "#Baleine #defi" in launches["b"] and "https://b.example/" in launches["b"]


def test_a_launch_on_connections_of_another_mooc_waits_and_says_why(two, now):
    page = two.a.challenge("Houle")
    launch_challenge(page, by=None, now=now, connections=[two.b.connection])
    promise_launches(now)
    assert not told(Kind.LAUNCH)
    assert "MOOC" in Launch.objects.get().error


def test_a_reminder_is_said_by_its_own_mooc_after_its_own_quiet_hours(two, now):
    two.a.change(quiet_from=time(13), quiet_until=time(15))  # noon in UTC is two o'clock here
    for mooc in (two.a, two.b):
        a_reminded_event(60 * 24, starts=now + timedelta(hours=20), site=mooc.site)
    promise_reminders(now)
    due = {one.connection.name: one.due_at for one in told(Kind.REMINDER)}
    assert due["b"] == now < due["a"]
    said_there = {one.connection.name: one.text for one in told(Kind.REMINDER)}
    assert "#Aube" in said_there["a"] and "https://b.example/" in said_there["b"]


def test_a_chat_is_held_on_the_connections_of_its_mooc(two, now):
    a_chat(site=two.b.site, starts_at=now)
    ask_due_questions(now)
    [asked] = told(Kind.CHAT)
    assert asked.connection == two.b.connection
    assert "#Baleine" in asked.text and "https://b.example/" in asked.text


def test_an_answer_has_the_tone_of_the_challenges_mooc(two, now):
    two.b.change(tone="formal", character_limit=200)
    page = two.b.challenge("Marée", hashtags="maree")
    post = said("#maree", on=two.b.connection)
    launch_challenge(page, by=None, now=now)
    two.b.connection.account.followers.create(follower=post.author)
    screen_posts(now)
    promise_feedback(now)
    [answer] = told(Kind.FEEDBACK)
    assert answer.connection == two.b.connection and len(answer.text) <= 200
    assert "Well done" not in answer.text and "Bravo" not in answer.text


def test_the_same_hashtag_in_two_moocs_finds_the_challenge_of_the_one_it_was_said_to(two, now):
    pages = {"a": two.a.challenge("Houle"), "b": two.b.challenge("Marée")}
    posts = {
        "a": said("#defi #Aube", on=two.b.connection),
        "b": said("#defi", on=two.b.connection),
    }
    screen_posts(now)
    for name, post in posts.items():
        post.refresh_from_db()
        assert post.screening.challenge_key == pages[name].translation_key


def test_manners_are_those_of_each_mooc(two, now):
    two.a.change(answers_per_hour=1)
    two.b.change(answers_per_hour=2)
    moocs = Moocs.read()
    rooms, a, b = HourlyRooms(moocs, now=now), moocs.all[0], moocs.all[1]
    assert [rooms.take(a), rooms.take(b), rooms.take(b)] == [now, now, now]
    assert rooms.take(a) > now < rooms.take(b)


def test_the_number_of_moocs_costs_no_query(two, now, count_queries):
    def speak() -> None:
        screen_posts(now)
        promise_feedback(now)
        promise_reminders(now)

    def a_round(name: str) -> int:
        said(f"#defi {name}", on=two.b.connection)
        a_reminded_event(60 * 24, starts=now + timedelta(hours=20), site=two.b.site)
        return count_queries(speak)

    two.b.challenge("Marée")
    a_round("warm")
    of_two = a_round("deux")
    for number in range(3):
        another(f"c{number}.example", f"Courant{number}")
    a_round("warm again")
    assert a_round("cinq") == of_two


def test_a_limit_of_the_mooc_binds_beside_that_of_the_network(two):
    two.a.change(character_limit=140)
    moocs = Moocs.read()
    assert [mooc.limit_on(two.a.connection) for mooc in moocs.all] == [140, 500]
