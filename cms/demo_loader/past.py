"""Runs the pipeline at a moment of the past, so that the engine itself answers the demo's posts."""

from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from microblog.models import Notification, OutboxPost, Post
from microblog.steps import all_steps

ELSEWHERE = {"hear", "recheck", "fetch", "describe"}
"""Steps that ask other servers: nothing of the demo is there."""
LETTERS = {"digest"}
"""Written once there is something to tell."""
FIGURES = {"count", "draw"}
"""Steps that look at everything that was said: at the end is soon enough."""
MOST_ROUNDS = 20


def answer(moment: datetime) -> None:
    """Every step until nothing moves, as if it were that moment."""
    steps = [step for step in all_steps() if step.name not in ELSEWHERE | FIGURES | LETTERS]
    for _round in range(MOST_ROUNDS):
        if not sum(step.run(moment) for step in steps):
            break
    _say_it_then()


def _say_it_then() -> None:
    """The practice timeline dates what is said by the clock; what we said bears the moment of its
    promise."""
    promised = OutboxPost.objects.filter(post=OuterRef("pk")).values("said_at")[:1]
    late = Post.objects.practice().filter(promise__said_at__lt=F("said_at"))
    said = list(late.values_list("pk", flat=True))
    Post.objects.filter(pk__in=said).update(said_at=Subquery(promised))
    told = Post.objects.filter(pk=OuterRef("post")).values("said_at")[:1]
    Notification.objects.filter(post__in=said).update(created_at=Subquery(told))
