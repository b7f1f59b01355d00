"""Quiet hours, the hour's room, and the language in which people are spoken to."""

from datetime import UTC, datetime, time, timedelta

import pytest

from community.manners import HourlyRoom, language_for, next_waking
from community.models import MoocSettings, Participant
from microblog.models import Connection, OutboxPost, Post
from tests.builders import NOON, a_connection

NIGHT = MoocSettings(quiet_from=time(22), quiet_until=time(7, 30))
NAP = MoocSettings(quiet_from=time(13), quiet_until=time(15))


def at(hour: int, minute: int = 0, *, day: int = 4) -> datetime:
    """A moment in UTC on a day in May, when Brussels is two hours ahead."""
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mooc", "moment", "expected"),
    [
        (MoocSettings(), at(3), at(3)),
        (NIGHT, at(12), at(12)),
        (NIGHT, at(21), at(5, 30, day=5)),
        (NIGHT, at(3), at(5, 30)),
        (NIGHT, at(5, 30), at(5, 30)),
        (NAP, at(10, 59), at(10, 59)),
        (NAP, at(11), at(13)),
        (NAP, at(13), at(13)),
    ],
)
def test_the_bot_sleeps_by_the_sites_own_clock(settings, mooc, moment, expected):
    settings.TIME_ZONE = "Europe/Brussels"
    assert next_waking(moment, mooc) == expected


@pytest.mark.django_db
def test_what_was_promised_before_takes_room():
    connection = a_connection()
    for number in range(2):
        OutboxPost.objects.create(
            key=str(number), kind="feedback", connection=connection, text="…", due_at=NOON
        )
    room = HourlyRoom(MoocSettings(answers_per_hour=3), now=NOON)
    hour = timedelta(hours=1)
    assert [room.take() for _ in range(4)] == [NOON, NOON + hour, NOON + hour, NOON + hour]


@pytest.mark.django_db
def test_a_site_that_says_nothing_has_no_room():
    assert HourlyRoom(MoocSettings(answers_per_hour=0), now=NOON).take() is None


@pytest.mark.parametrize(
    ("own", "post", "server", "expected"),
    [
        ("en", "fr", "fr", "en"),
        ("", "en-GB", "fr", "en"),
        ("", "pt_BR", "en", "en"),
        ("", "", "nl", "fr"),
    ],
)
def test_in_which_language(own, post, server, expected):
    person = Participant(language=own)
    assert language_for(person, Post(language=post), Connection(language=server)) == expected
