"""How many posts a second go down the street (screened, credited, evaluated), whatever the
history."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from badges.evaluating import evaluate_events
from bench.crowd import NOON, Crowd, a_connection, bare_rows
from bench.measuring import Effort, Row, seconds
from challenges.crediting import credit_submissions
from challenges.screening import screen_posts
from microblog.doorbells import silence
from microblog.models import Connection, Post, Sighting
from microblog.recording import record_posts

BATCH = 200
STREET = {"screen": screen_posts, "credit": credit_submissions, "evaluate": evaluate_events}
OLD_HANDS = 25
"""Of the 50 people behind a batch: the others are new each time."""


@dataclass(slots=True)
class Community:
    """Grows batch by batch; each batch is written by people of the past and by newcomers."""

    us: Connection
    crowd: Crowd = field(default_factory=Crowd)
    people: int = 0

    def say(self) -> None:
        known = [1 + place * self.people // OLD_HANDS for place in range(OLD_HANDS)]
        new = list(range(self.people + 1, self.people + OLD_HANDS + 1))
        self.people += OLD_HANDS
        batch = self.crowd.batch(BATCH, people=[*known, *new])
        record_posts(self.us, batch, via=Sighting.Via.HASHTAG, now=NOON)

    def walk(self) -> dict[str, float]:
        """One batch down the street; seconds by step."""
        self.say()
        return {name: seconds(partial(_drain, step)) for name, step in STREET.items()}

    def live_until(self, posts: int) -> None:
        while Post.objects.count() < posts:
            self.walk()


def _drain(step: Callable[[datetime], int]) -> None:
    while step(NOON):
        continue


def measure(effort: Effort) -> list[Row]:
    short, long = effort.choose(1_000, 300), effort.choose(20_000, 1_500)
    community = Community(a_connection())
    with silence():
        plain = _plain(community)
        community.live_until(short)
        before = _speeds(community, effort)
        community.live_until(long)
        after = _speeds(community, effort)
    return [
        Row(
            f"street: history of {short:,}", before["all"], "posts/s", "bulk_create of rows", plain
        ),
        *(
            Row(
                f"street: history of {long:,}" if name == "all" else f"  {name}, {long:,}",
                speed,
                "posts/s",
                f"history of {short:,}",
                before[name],
            )
            for name, speed in after.items()
        ),
    ]


def _speeds(community: Community, effort: Effort) -> dict[str, float]:
    """Posts a second, by step and in all."""
    walks = [community.walk() for _ in range(effort.choose(6, 3))][1:]
    speeds = {name: BATCH / statistics.median(walk[name] for walk in walks) for name in STREET}
    return {"all": BATCH / statistics.median(sum(walk.values()) for walk in walks), **speeds}


def _plain(community: Community) -> float:
    heard = community.crowd.batch(BATCH, people=[1])
    rows = bare_rows(heard, community.us.account)
    return BATCH / seconds(lambda: Post.objects.bulk_create(rows))
