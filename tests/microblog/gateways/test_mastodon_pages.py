"""Reading a timeline down to what is known: nothing lost, nothing endless."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.gateways.base import TryAgain
from microblog.gateways.mastodon_pages import MOST_PAGES, OVERLAP, Position, as_page, walk

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Timeline:
    """Entries newest first, one a minute back from NOW; counts the pages asked for."""

    def __init__(self, length: int, *, page: int = 10) -> None:
        self.entries = [self.entry(number, NOW - number * MINUTE) for number in range(length)]
        self.page = page
        self.asked = 0

    def entry(self, number: int, created_at: datetime) -> dict:
        return {"id": f"id-{number}", "created_at": created_at.isoformat()}

    def fetch(self, below: str | None) -> list[dict]:
        self.asked += 1
        ids = [entry["id"] for entry in self.entries]
        start = ids.index(below) + 1 if below else 0
        return self.entries[start : start + self.page]


def read_all(timeline: Timeline, position: Position) -> tuple[list[str], Position]:
    """Walks until one is complete, as the drain does."""
    found: list[str] = []
    for _ in range(200):
        walked = walk(timeline.fetch, position, now=NOW)
        found += [entry["id"] for entry in walked.entries]
        position = Position.parse(str(walked.position))
        if walked.complete:
            return found, position
    raise AssertionError("the walk never ends")


@given(length=st.integers(0, 400), page=st.integers(1, 40))
def test_all_entries_are_read_once_from_the_start(length, page):
    timeline = Timeline(length, page=page)

    found, _ = read_all(timeline, Position())

    assert found == [entry["id"] for entry in timeline.entries]


@given(st.data())
def test_all_that_is_newer_than_the_cursor_is_read(data):
    timeline = Timeline(300, page=data.draw(st.integers(5, 40)))
    known = data.draw(st.integers(0, 299))

    found, position = read_all(timeline, Position(floor=NOW - known * MINUTE))

    assert set(found) >= {f"id-{number}" for number in range(known)}
    assert position == Position(floor=NOW)


def test_one_call_reads_a_bounded_number_of_pages_and_goes_on_from_there():
    timeline = Timeline(300)

    walked = walk(timeline.fetch, Position(), now=NOW)

    assert timeline.asked == MOST_PAGES
    assert not walked.complete
    assert walked.position == Position(top=NOW, below="id-49")


def test_a_quiet_timeline_costs_one_page():
    timeline = Timeline(300, page=40)

    walk(timeline.fetch, Position(floor=NOW - MINUTE), now=NOW)

    assert timeline.asked == 1


def test_a_little_before_the_cursor_is_read_again_for_those_who_come_late():
    timeline = Timeline(300)

    found, _ = read_all(timeline, Position(floor=NOW))

    assert f"id-{OVERLAP // MINUTE}" in found


def test_one_old_clock_on_top_does_not_hide_what_lies_below():
    timeline = Timeline(30, page=5)
    timeline.entries.insert(0, timeline.entry(99, NOW - timedelta(days=900)))

    found, _ = read_all(timeline, Position(floor=NOW - 20 * MINUTE))

    assert "id-15" in found


def test_a_clock_that_runs_ahead_does_not_move_the_cursor_into_the_future():
    timeline = Timeline(3)
    timeline.entries.insert(0, timeline.entry(99, NOW + timedelta(days=900)))

    assert walk(timeline.fetch, Position(), now=NOW).position == Position(floor=NOW)


def test_a_server_that_repeats_its_page_for_ever_ends_the_walk():
    timeline = Timeline(5)

    walked = walk(lambda below: timeline.entries, Position(), now=NOW)

    assert walked.complete
    assert len(walked.entries) == 5


def test_a_boosted_original_pages_on_by_the_id_that_the_server_understands():
    asked = []
    wrapper = {
        "id": "1795220754" + "95F9FE218F736E57F6679209489FC409",
        "created_at": NOW.isoformat(),
        "reblog": {"id": "1795220754" + "95f9fe218f736e57f6679209489fc409"},
    }

    def fetch(below):
        asked.append(below)
        return [] if below else [wrapper]

    walk(fetch, Position(), now=NOW)

    assert asked == [None, wrapper["reblog"]["id"]]


@given(st.text())
def test_any_cursor_can_be_read(cursor):
    position = Position.parse(cursor)

    assert Position.parse(str(position)) == position


@pytest.mark.parametrize("answer", [None, {"error": "no"}, "<html>", 3])
def test_a_page_is_a_list(answer):
    with pytest.raises(TryAgain):
        as_page(answer)
