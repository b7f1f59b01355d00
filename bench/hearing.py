"""How many posts a second become rows: new ones, and known ones heard again, beside bare rows
written at once."""

from collections.abc import Iterator, Sequence
from functools import partial

from bench.crowd import NOON, Crowd, a_connection, bare_rows
from bench.measuring import Action, Effort, Row, each_once
from microblog.doorbells import silence
from microblog.gateways.base import HeardPost
from microblog.models import Connection, Post, Sighting
from microblog.recording import record_posts

BATCH = 200
PEOPLE = range(1, 41)
PLAIN = "bulk_create of bare Post rows"


def measure(effort: Effort) -> list[Row]:
    """No doorbell rings: what waits for the broker is measured as feedback."""
    crowd, us, rounds = Crowd(), a_connection(), effort.choose(9, 4)
    with silence():
        reference = BATCH / each_once(_bare(crowd, us, rounds))
        batches = [crowd.batch(BATCH, people=PEOPLE) for _ in range(rounds)]
        new = BATCH / each_once(_hear(batch, us) for batch in batches)
        again = BATCH / each_once(_hear(batch, us) for batch in batches)
    return [
        Row("hear: new posts", new, "posts/s", PLAIN, reference),
        Row("hear: known posts again", again, "posts/s", PLAIN, reference),
    ]


def _hear(batch: Sequence[HeardPost], us: Connection) -> Action:
    return partial(record_posts, us, batch, via=Sighting.Via.HASHTAG, now=NOON)


def _bare(crowd: Crowd, us: Connection, rounds: int) -> Iterator[Action]:
    for _round in range(rounds):
        rows = bare_rows(crowd.batch(BATCH, people=PEOPLE), us.account)
        yield partial(Post.objects.bulk_create, rows)
