"""The organisers' rooms: queues, calendar, figures; who may enter, and what the buttons do."""

import csv
from datetime import UTC, date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from challenges.bank.calendar import Kind, month_of
from challenges.bank.counting import tally_challenges
from challenges.bank.hooks import _upcoming
from challenges.bank.planning import plan_launches
from challenges.bank.warning import running_low
from challenges.launching import launch_challenge
from challenges.models import BankPause, BankSchedule, BankSlot, PhotoRiddlePage
from microblog.waiting import piles_for
from tests.builders import NOON
from tests.challenges.bank.building import TEN, a_queue, run
from tests.challenges.building import a_launch, a_level, a_mini_challenge, a_riddle, an_answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
A_DAY = timedelta(days=1)
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def desk(client, olga):
    client.force_login(olga)
    return client


@pytest.fixture
def queue():
    pages = [a_mini_challenge(title) for title in ("One", "Two", "Three")]
    return a_queue("Daily", *pages, now=timezone.now(), low_stock=2)


def post(client, room, *args, **data):
    return client.post(reverse(f"bank:{room}", args=args), data, headers=ENGLISH)


def titles(queue) -> list[str]:
    waiting = queue.entries.waiting().order_by("position", "pk")
    return list(waiting.values_list("challenge__title", flat=True))


def test_a_queue_is_made_filled_and_put_in_order(desk, practice):
    pages = [a_mini_challenge(title) for title in ("One", "Two")]
    form = {
        "name": "Riddle on Monday",
        "every": "weeks",
        "interval": "1",
        "weekdays": ["0"],
        "month_day": "1",
        "hour": "09:30",
        "time_zone": "America/Martinique",
        "starts_on": "2026-01-01",
        "takes": "order",
        "recycle_after": "6",
        "recycle_kind": "riddle",
        "low_stock": "3",
        "warn_at": "",
        "connections": [practice.pk],
    }
    where = desk.post(reverse("bank:create"), form).url
    queue = BankSchedule.objects.get()
    post(desk, "add", queue.pk, challenges=[page.pk for page in pages])
    last = queue.entries.get(challenge__title="Two")
    post(desk, "shift_up", queue.pk, last.pk)

    html = desk.get(where, headers=ENGLISH).content.decode()
    assert "Every Monday at 09:30 (America/Martinique)" in html
    assert titles(queue) == ["Two", "One"]
    assert queue.next_at and queue.next_at.weekday() == 0


@pytest.mark.parametrize(
    "wrong", [{"weekdays": []}, {"time_zone": "Europe/Nowhere"}, {"interval": "0"}, {"hour": "x"}]
)
def test_a_queue_that_makes_no_sense_is_asked_again(desk, wrong):
    form = {"name": "Odd", "every": "weeks", "interval": "1", "weekdays": ["0"], "hour": "09:30"}
    form |= {"time_zone": "Europe/Paris", "starts_on": "2026-01-01", "takes": "order"}
    form |= {"month_day": "1", "recycle_after": "6", "recycle_kind": "any", "low_stock": "0"}

    assert desk.post(reverse("bank:create"), form | wrong).status_code == 200
    assert not BankSchedule.objects.exists()
    assert desk.post(reverse("bank:create"), form).status_code == 302


def test_dragging_taking_out_pausing_and_deleting(desk, queue):
    order = list(queue.entries.order_by("-position").values_list("pk", flat=True))
    post(desk, "reorder", queue.pk, entry=order)
    assert titles(queue) == ["Three", "Two", "One"]
    post(desk, "remove", queue.pk, order[0])
    assert titles(queue) == ["Two", "One"]

    post(desk, "pause", queue.pk)
    html = desk.get(reverse("bank:queue", args=[queue.pk]), headers=ENGLISH).content.decode()
    assert "Paused since" in html
    post(desk, "resume", queue.pk)
    queue.refresh_from_db()
    assert queue.paused_at is None
    assert desk.get(reverse("bank:delete", args=[queue.pk])).status_code == 200
    post(desk, "delete", queue.pk)
    assert not BankSchedule.objects.exists()


def test_a_launch_is_moved_left_out_and_restored(desk, queue):
    at = queue.next_at.isoformat().replace("+00:00", "Z")
    to = (queue.next_at + timedelta(hours=3)).replace(tzinfo=None).isoformat()[:16]
    post(desk, "move", queue.pk, at=at, to=to)
    slot = BankSlot.objects.get()
    assert slot.at == queue.next_at != slot.due_at

    post(desk, "skip", queue.pk, at=at)
    slot.refresh_from_db()
    assert slot.outcome == "skipped"
    html = desk.get(reverse("bank:queue", args=[queue.pk]), headers=ENGLISH).content.decode()
    assert "left out" in html and "Launch it after all" in html
    post(desk, "restore", queue.pk, at=at)
    slot.refresh_from_db()
    assert slot.outcome == ""
    for wrong in ({"at": "x"}, {"at": at, "to": "2001-01-01T10:00"}, {"at": at}):
        post(desk, "move", queue.pk, **wrong)
    assert BankSlot.objects.count() == 1


def test_holidays_come_and_go(desk, queue):
    first = timezone.localdate()
    post(desk, "add_pause", name="Rest", starts_on=first, ends_on=first + 9 * A_DAY)
    queue.refresh_from_db()
    assert queue.next_at.date() == first + 10 * A_DAY
    assert "Rest" in desk.get(reverse("bank:desk"), headers=ENGLISH).content.decode()
    post(desk, "add_pause", name="Odd", starts_on=first, ends_on=first - A_DAY)
    post(desk, "remove_pause", BankPause.objects.get().pk)
    queue.refresh_from_db()
    assert queue.next_at.date() <= first + A_DAY


def test_low_stock_is_told_once_on_the_dashboard_and_by_mail(olga):
    queue = a_queue("Daily", a_mini_challenge(), low_stock=2, warn_at="desk@envol.example")
    run(NOON)
    run(NOON + timedelta(hours=1))

    (letter,) = mail.outbox
    assert letter.to == ["desk@envol.example"] and "Daily" in letter.subject
    assert f"/admin/bank/{queue.pk}/" in letter.body
    pile = next(one for one in piles_for(olga, NOON) if one.waiting.key == "bank_low")
    assert (pile.count, pile.oldest) == (1, NOON)
    BankSchedule.objects.update(low_stock=1)
    assert plan_launches(NOON) == 1
    assert not running_low().exists()


def test_what_queues_will_launch_stands_on_the_dashboard():
    a_queue("Daily", a_mini_challenge("One"))

    assert [(one.at, one.title) for one in _upcoming(NOON, 2, None)] == [
        (TEN, "One"),
        (TEN + A_DAY, "Daily"),
    ]


def test_the_calendar_has_everything_of_a_month(practice, count_queries):
    riddle = a_riddle()
    a_launch(riddle, practice, at=NOON)
    PhotoRiddlePage.objects.update(revealed_at=NOON + 2 * A_DAY)
    a_riddle("To be told", reveal_at=NOON + 5 * A_DAY)
    launch_challenge(a_mini_challenge("By hand"), by=None, now=NOON, at=NOON + 3 * A_DAY)
    a_queue("Daily", a_mini_challenge("Queued"), every="weeks", weekdays=[4])

    def ask():
        return month_of(date(2026, 5, 1), now=NOON, zone=UTC)

    month = ask()
    found = [(day.date.day, entry.kind, entry.title) for day in month.days for entry in day.entries]
    assert found[:5] == [
        (4, Kind.LAUNCHED, riddle.title),
        (6, Kind.REVEAL, riddle.title),
        (7, Kind.PLANNED, "By hand"),
        (8, Kind.COMING, "Queued"),
        (9, Kind.REVEAL, "To be told"),
    ]
    assert [len(week) for week in month.weeks] == [7] * 5
    assert (month.before, month.after) == (date(2026, 4, 1), date(2026, 6, 1))
    few = count_queries(ask)
    for number in range(5):
        a_queue(f"More {number}", a_mini_challenge(f"N{number}"))
    assert count_queries(ask) == few


@pytest.mark.parametrize("month", ["", "2026-02", "2027-12", "x", "9999-12", "0001-01"])
def test_the_calendar_opens_whatever_is_asked(desk, queue, month):
    html = desk.get(reverse("bank:calendar"), {"month": month}, headers=ENGLISH).content.decode()

    assert "Monday" in html


def test_everybody_sees_what_comes_without_what_is_not_public(client, count_queries):
    now = timezone.now()
    public, secret = a_mini_challenge("Public"), a_mini_challenge("Hidden")
    queue = a_queue("Surprises", public, secret, now=now)
    where = reverse("challenges:coming")
    html = client.get(where).content.decode()
    assert "Public" in html and "Surprises" in html

    launch_challenge(secret, by=None, now=now, at=now + A_DAY)
    secret.unpublish()
    html = client.get(where).content.decode()
    assert "Hidden" not in html and queue.name in html
    few = count_queries(lambda: client.get(where))
    for number in range(4):
        a_queue(f"More {number}", a_mini_challenge(f"N{number}"), now=now)
    assert count_queries(lambda: client.get(where)) == few


def test_figures_are_read_downloaded_and_counted_at_once(desk, practice, nia):
    levels = [a_level(rules=[("photo", {"count": 1})])]
    page = a_mini_challenge("=1+1", levels=levels, slug="sum")
    an_answer(page, "Hm", by=nia, on=practice, outcome="not_yet", rule="photo")
    where = reverse("bank:figures_of", args=[page.pk])
    assert "Not counted yet" in desk.get(where, headers=ENGLISH).content.decode()

    html = desk.post(where, headers=ENGLISH).content.decode()
    assert "missed by 1 person" in html and "Add a photo." in html and "nia" not in html.casefold()
    tally_challenges(NOON)
    assert "=1+1" in desk.get(reverse("bank:figures"), headers=ENGLISH).content.decode()
    rows = list(csv.DictReader(StringIO(desk.get(reverse("bank:figures_csv")).content.decode())))
    assert [row["level"] for row in rows] == ["", "1"]
    assert rows[1]["people_who_missed_it"] == "1" and "'=1+1" in rows[0].values()


def test_the_earlier_rounds_have_each_its_wall(client, practice, nia, tomas):
    page = a_mini_challenge()
    a_launch(page, practice, at=NOON)
    an_answer(page, "In spring", by=nia, on=practice, at=NOON + A_DAY)
    a_launch(page, practice, at=NOON + 200 * A_DAY, again=True)
    an_answer(page, "In autumn", by=tomas, on=practice, at=NOON + 201 * A_DAY)

    html = client.get(page.url).content.decode()
    assert "In spring" in html and "In autumn" in html and "?round=1#answers" in html
    html = client.get(page.url, {"round": "1"}).content.decode()
    assert "In spring" in html and "In autumn" not in html
    html = client.get(page.url, {"round": "2"}).content.decode()
    assert "In spring" not in html and "In autumn" in html
    assert "In spring" in client.get(page.url, {"round": "9"}).content.decode()


def test_a_round_says_that_it_is_back_and_where_the_last_one_is(practice):
    page = a_mini_challenge()
    a_launch(page, practice, at=NOON)
    again = a_launch(page, practice, at=NOON + 200 * A_DAY, again=True)

    assert f"{page.url}?round=1#answers" in again.text
    assert again.text.rstrip().endswith(page.url)


ROOMS = [
    ("get", "desk", ()),
    ("get", "calendar", ()),
    ("get", "create", ()),
    ("get", "figures", ()),
    ("get", "figures_csv", ()),
    ("post", "add_pause", ()),
    *(("post", name, (1,)) for name in ("pause", "resume", "skip", "restore", "move", "delete")),
    *(("post", name, (1,)) for name in ("add", "reorder", "edit")),
]


@pytest.mark.parametrize(("method", "name", "args"), ROOMS)
def test_only_organisers_enter(client, nia, tomas, method, name, args):
    for person in (None, nia, tomas):
        client.logout()
        if person:
            client.force_login(person)
        answer = getattr(client, method)(reverse(f"bank:{name}", args=args))
        assert answer.status_code in (302, 403), name
    assert not BankPause.objects.exists()


POSTS = ["pause", "resume", "skip", "restore", "move", "add", "reorder"]


@pytest.mark.parametrize("name", POSTS)
def test_nothing_changes_by_being_looked_at(desk, queue, name):
    assert desk.get(reverse(f"bank:{name}", args=[queue.pk])).status_code == 405


def test_the_room_of_a_queue_costs_the_same_however_much_waits(desk, queue, count_queries):
    where = reverse("bank:queue", args=[queue.pk])
    desk.get(where)
    few = count_queries(lambda: desk.get(where))
    entries = [a_mini_challenge(f"N{number}") for number in range(6)]
    post(desk, "add", queue.pk, challenges=[page.pk for page in entries])
    desk.get(where)

    assert count_queries(lambda: desk.get(where)) == few
