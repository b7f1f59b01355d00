"""How long somebody waits on the practice timeline: from their post to its verdict, and to the
site's answer.

A real worker, woken by doorbells alone, one post at a time.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from bench.measuring import Effort, Row
from bench.servers import PATIENCE, worker
from challenges.models import Submission
from community.joining import welcome_login
from community.models import MoocSettings, User
from microblog.models import Account, OutboxPost, Post
from microblog.timeline.services import write_post

LIMIT = 2.0  # seconds
LOOK = 0.01  # seconds between two looks
WARM_UP = 2
WORDS = "Au matin, mon chat voit un faucon bondir au ras du mur blanc. #sansLaLettreE"


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds from the post."""

    verdict: float
    answer: float


def measure(effort: Effort) -> list[Row]:
    MoocSettings.objects.update(answers_per_hour=1_000)
    people = [_newcomer(number) for number in range(effort.choose(20, 5) + WARM_UP)]
    with worker():
        waits = [_ask(person) for person in people][WARM_UP:]
    broker = settings.CELERY_BROKER_URL.partition(":")[0]
    verdicts, answers = [wait.verdict for wait in waits], [wait.answer for wait in waits]
    return [
        _row(f"verdict, {broker}: median", statistics.median(verdicts)),
        _row(f"verdict, {broker}: longest", max(verdicts)),
        _row(f"answer, {broker}: median", statistics.median(answers)),
        _row(f"answer, {broker}: longest", max(answers)),
    ]


def _row(name: str, figure: float) -> Row:
    return Row(name, figure, "s", "limit", LIMIT, is_limit=True)


def _newcomer(number: int) -> Account:
    user = User.objects.create(username=f"walker{number}", language="fr")
    welcome_login(user, now=timezone.now())
    return user.accounts.get()


def _ask(person: Account) -> Wait:
    """Raises TimeoutError."""
    started = time.perf_counter()
    post = write_post(person, text=WORDS, now=timezone.now())
    verdict = _wait(lambda: Submission.objects.filter(post=post).exists(), started)
    return Wait(verdict, _wait(lambda: _is_answered(post), started))


def _is_answered(post: Post) -> bool:
    return OutboxPost.objects.filter(in_reply_to=post).exclude(post=None).exists()


def _wait(is_there: Callable[[], bool], started: float) -> float:
    while not is_there():
        if time.perf_counter() - started > PATIENCE:
            raise TimeoutError("nobody answered")
        time.sleep(LOOK)
    return time.perf_counter() - started
