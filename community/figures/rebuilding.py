"""Counts everything from scratch; afterwards the figures are the same, or they were wrong."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from community.figures.tallying import lock_figures, tally
from community.models import CountedPerson, CountedPost, DailyTally, Exchange, Presence
from microblog.models import Post

BATCH = 500
COUNTS = (CountedPost, CountedPerson, DailyTally, Presence, Exchange)


def forget_figures() -> int:
    """Throw all counts away; returns how many posts wait to be counted. The step of the pipeline
    would do the rest by itself."""
    with transaction.atomic():
        lock_figures(wait=True)
        for model in COUNTS:
            model._default_manager.all().delete()
        Post.objects.exclude(tallied_fingerprint="").update(tallied_fingerprint="")
    return Post.objects.untallied().count()


def rebuild(*, now: datetime) -> Iterator[int]:
    """After each batch: how many posts were counted so far."""
    forget_figures()
    done = 0
    while moved := tally(now, batch=BATCH):
        done += moved
        yield done
