"""The real thing: web server, worker and beat as `make run` starts them, told from outside."""

import os
import signal
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.utils import timezone

from badges.models import Award
from badges.shipped import install_shipped_badges
from challenges.launching import launch_challenge
from challenges.models import LaunchPost, Screening, Submission
from microblog.connecting import connect_practice
from microblog.doorbells import silence
from microblog.gateways.base import HeardAccount
from microblog.models import Connection, OutboxPost, Post, Sighting
from microblog.recording import record_posts
from microblog.steps import all_steps
from tests.builders import heard_post
from tests.challenges.building import a_riddle
from tests.journeys import loop
from tests.services.servers import wait_until
from tests.services.stack import Stack, alive

CROWD = 60
STEPS = ("screen", "credit", "evaluate", "issue", "launch", "feedback", "announce", "deliver")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="hands the database over as a file"),
]


@pytest.fixture
def build(tmp_path, settings):
    """A stack whose database holds a riddle that is launched and not said yet; this test reads
    the same database."""
    stacks, home = [], connection.settings_dict["NAME"]

    def one(**env: str) -> Stack:
        stack = Stack(tmp_path, **env)
        settings.BASE_URL, settings.MEDIA_ROOT = stack.url, tmp_path / "media"
        write_riddle(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(tmp_path / "envol.sqlite3")])
        enter(str(tmp_path / "envol.sqlite3"))
        stacks.append(stack)
        stack.start()
        return stack

    yield one
    for stack in stacks:
        stack.stop()
    enter(home)


def enter(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database


def write_riddle(now: datetime) -> None:
    connect_practice()
    install_shipped_badges(loop.CONTENT)
    with silence():
        launch_challenge(a_riddle("Qu'est-ce qui brille là-haut ?"), by=None, now=now)


@pytest.fixture
def brokers(request) -> Callable[[str], dict[str, str]]:
    def env(name: str) -> dict[str, str]:
        if name == "embedded":
            return {}
        redis = request.getfixturevalue("redis")
        return {"CELERY_BROKER_URL": f"{redis.url}/0", "CACHE_URL": f"{redis.url}/1"}

    return env


BROKERS = ["embedded", pytest.param("redis", marks=pytest.mark.services)]


@pytest.mark.parametrize("broker", BROKERS)
def test_a_newcomer_is_answered_and_a_killed_worker_loses_nothing(build, brokers, broker):
    stack = build(**brokers(broker))
    riddle = wait_until(said_riddle, what="the riddle is said")
    assert riddle.uri.startswith(stack.url), "worker and web server agree on the address"
    zoe = stack.visitor()
    zoe.sign_up("zoe")
    zoe.write("C'est un moulin !", reply_to=riddle.pk)
    wait_until(lambda: answers_to("moulin") == 1, what="a hint")
    zoe.write("C'est un phare !", reply_to=riddle.pk)
    wait_until(lambda: answers_to("phare !") == 1, what="praise")
    assert "zoe" in zoe.read(f"/en/timeline/@zoe/{number_of('phare !')}/")
    wait_until(lambda: Award.objects.exclude(announced_at=None).exists(), what="a badge")
    for award in Award.objects.exclude(issued_at=None):
        assert award.assertion["id"].startswith(stack.url)

    crowd_answers(riddle)
    zoe.write("Et aussi un phare ?", reply_to=riddle.pk)  # rings, so that messages are under way
    wait_until(lambda: held() or at_rest(), what="a worker holds rows while it bakes or speaks")
    [worker, *_pool] = stack.pids("celery -A config worker")
    everybody = stack.pids()
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: not stack.is_running, what="the others are stopped when one dies")
    wait_until(lambda: not alive(everybody), what="nobody is left behind")
    stack.start()
    wait_until(at_rest, what="the pipeline is at rest")
    exactly_one_of_everything()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_stops_everything(build, how):
    stack = build()
    everybody = stack.pids()
    for part in ("gunicorn", "celery -A config worker", "celery -A config beat"):
        assert stack.pids(part), f"{part} runs"
    stack.stop(how)
    wait_until(lambda: not alive(everybody), what="nobody is left behind")
    assert "Traceback" not in stack.told()


def said_riddle() -> Post | None:
    launch = LaunchPost.objects.filter(promise__post__isnull=False).first()
    return launch.promise.post if launch else None


def post_with(words: str) -> Post:
    return Post.objects.exclude(author__is_bot=True).get(text__contains=words)


def number_of(words: str) -> str:
    return post_with(words).uri.rpartition("/")[2]


def answers_to(words: str) -> int:
    return Post.objects.filter(parent=post_with(words), author__is_bot=True).count()


def crowd_answers(riddle: Post) -> None:
    """Written by others in one go; nobody rings for them."""
    practice = Connection.objects.get()
    home = riddle.uri.partition("/@")[0]
    heard = []
    for number in range(CROWD):
        uri, handle = f"{home}/@rex{number}", f"rex{number}"
        by = HeardAccount(uri=uri, handle=handle, display_name=handle, url=uri)
        here = f"{uri}/{number}"
        heard.append(
            heard_post("Un phare.", by=by, uri=here, remote_id=here, parent_uri=riddle.uri)
        )
    with silence():
        record_posts(practice, heard, via=Sighting.Via.THREAD, now=timezone.now())


def at_rest() -> bool:
    waiting = [step.backlog(timezone.now()).count for step in all_steps() if step.name in STEPS]
    held = OutboxPost.objects.waiting().exists()
    return not held and not any(waiting)


def held() -> bool:
    """A worker that dies now leaves a claim behind, which has to run out."""
    baking = Award.objects.filter(issued_at=None).exclude(next_attempt_at=None)
    return baking.exists() or OutboxPost.objects.exclude(claimed_until=None).exists()


def exactly_one_of_everything() -> None:
    people = CROWD + 1
    assert Screening.objects.filter(decision="matched").count() == CROWD + 3
    assert Submission.objects.accepted().count() == people
    assert Award.objects.filter(badge_class__slug="premier-envol").count() == people
    assert not OutboxPost.objects.exclude(given_up_at=None).exists()
    said = Post.objects.filter(author__is_bot=True)
    assert said.count() == OutboxPost.objects.count()
    assert len(set(said.values_list("parent", "text"))) == said.count(), "nothing is said twice"
