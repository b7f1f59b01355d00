"""A worker killed with SIGKILL at many points of the loop, and restarted, leaves exactly one of
everything."""

import os
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from badges.models import Award
from challenges.models import LaunchPost, Screening, Submission
from community.models import LearningEvent
from microblog.models import OutboxPost, Post
from tests.fakes.mastodon_server import MastodonServer
from tests.journeys import loop
from tests.journeys.fate import drain

POINTS = int(os.environ.get("ENVOL_CRASH_POINTS", "16"))
"""At how many points a run is killed; a large number kills it at each of them."""

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the database as a file"),
]


class Stage:
    """A server on which people have played, and a database that hasn't heard of it yet."""

    def __init__(self, now: datetime) -> None:
        self.now, self.clock = now, loop.Clock(now)
        self.own = Path(connection.settings_dict["NAME"])

    def enter(self, path: Path) -> None:
        connection.close()
        connection.settings_dict["NAME"] = str(path)

    def copy(self, source: Path, target: Path) -> None:
        connection.close()
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(source, target)


def checkpoint() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def tell_the_story(server: MastodonServer, now: datetime) -> None:
    """Connected and written, but nothing is launched: the loop begins with the drain."""
    loop.connect(server, now)
    page = loop.write_riddle()
    loop.write_photo_challenge()
    loop.launch(page, now)


def test_killed_anywhere_leaves_exactly_one_of_everything(tmp_path, now):
    stage = Stage(now)
    before, scratch = tmp_path / "before.sqlite3", tmp_path / "scratch.sqlite3"
    with MastodonServer(clock=stage.clock, replies_in_tags=False) as server:
        tell_the_story(server, now)
        checkpoint()
        stage.copy(stage.own, before)
        world = server.world
        try:
            deeds = run(stage, server, before, scratch, kill_at=0)
            assert deeds, "the undisturbed run must live"
            whole = state_of(stage, scratch, server)
            assert whole["awards"], "the undisturbed run must award something"
            step = max(deeds // POINTS, 1)
            for point in range(1, deeds + 1, step):
                forget_everything_said(world)
                lived = run(stage, server, before, scratch, kill_at=point)
                assert lived is None, f"point {point} of {deeds} was never reached"
                restart(stage, server, scratch)
                assert state_of(stage, scratch, server) == whole, f"killed before deed {point}"
        finally:
            stage.enter(stage.own)


def run(
    stage: Stage, server: MastodonServer, before: Path, scratch: Path, *, kill_at: int
) -> int | None:
    """From the launch to the announcements. The first drain launches; then people play. How many
    deeds there were, None if it was killed."""
    stage.copy(before, scratch)
    first = drain(scratch, stage.clock.jump(stage.now), kill_at=kill_at)
    if first is None:
        return None
    loop.people_play(server)
    rest = max(kill_at - first, 0)
    second = drain(scratch, stage.clock.jump(loop.later(stage.now)), kill_at=rest)
    return None if second is None else first + second


def restart(stage: Stage, server: MastodonServer, scratch: Path) -> None:
    """As an operator's supervisor does; hours pass, so that the dead worker's claims run out."""
    for hours in (2, 3, 5, 7, 9):
        drain(scratch, stage.clock.jump(loop.later(stage.now, hours)))
        if server.said_by_bot and len(server.world.said) == len(server.said_by_bot):
            loop.people_play(server)


def forget_everything_said(world: Any) -> None:
    world.said.clear()
    world.notifications.clear()


def state_of(stage: Stage, scratch: Path, server: MastodonServer) -> dict[str, Any]:
    """What is there, without the ids and times by which two runs differ."""
    stage.enter(scratch)
    try:
        return {
            "said": Counter(kind_of(said) for said in server.said_by_bot),
            "posts": Post.objects.count(),
            "launches": LaunchPost.objects.exclude(promise__post=None).count(),
            "screenings": Counter(Screening.objects.values_list("decision", flat=True)),
            "submissions": Counter(Submission.objects.values_list("level_number", "outcome")),
            "events": Counter(LearningEvent.objects.values_list("kind", flat=True)),
            "awards": Counter(Award.objects.values_list("badge_class__slug", flat=True)),
            "unissued": Award.objects.filter(issued_at=None).count(),
            "promises": Counter(OutboxPost.objects.values_list("kind", "said_version")),
        }
    finally:
        stage.enter(stage.own)


def kind_of(said: Any) -> str:
    if said.parent is None:
        return "launch" if said.media else "announcement"
    return f"answer to {said.parent.text}"
