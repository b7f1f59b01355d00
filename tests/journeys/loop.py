"""The main loop on a pretended server: what the journey tells and the crash test interrupts."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from badges.shipped import install_shipped_badges
from challenges.launching import launch_challenge
from challenges.models import PhotoRiddlePage
from microblog.connecting import connect_mastodon
from microblog.hearing import hear_now
from microblog.models import Connection
from microblog.steps import all_steps
from tests.challenges.building import a_level, a_mini_challenge, a_riddle
from tests.fakes.mastodon_server import MastodonServer
from tests.fakes.mastodon_world import Said, picture

CONTENT = Path(__file__).parents[2] / "cms" / "demo" / "content"
MOST_ROUNDS = 30


def connect(server: MastodonServer, now: datetime) -> Connection:
    return connect_mastodon(server.url, token=server.token, name="social", language="fr", now=now)


def write_riddle() -> PhotoRiddlePage:
    """A riddle whose answer is a lighthouse; the shipped badges are there to be earned."""
    install_shipped_badges(CONTENT)
    return a_riddle("Qu'est-ce qui brille là-haut ?")


def write_photo_challenge() -> None:
    levels = [
        a_level("Une photo", rules=[("photo", {"count": 1})]),
        a_level("Décrite", rules=[("photo", {"count": 1}), ("photos_described", {})]),
    ]
    a_mini_challenge("Décris ta photo", hashtags="DefiPhoto", levels=levels)


def launch(page: PhotoRiddlePage, now: datetime) -> None:
    launch_challenge(page, by=None, now=now)


def drain(now: datetime) -> Counter[str]:
    """Every step until nothing moves, as `manage.py drain --until-quiet` does; what each moved."""
    moved: Counter[str] = Counter()
    hear_now(now)
    for _ in range(MOST_ROUNDS):
        this_round = Counter({step.name: step.run(now) for step in all_steps()})
        moved += this_round
        if not this_round.total():
            return moved
    raise AssertionError(f"never quiet: {moved}")


def people_play(server: MastodonServer) -> list[Said]:
    """Nia guesses, then finds; Rex, whom nobody knows, describes a photo under the hashtag."""
    riddle = server.said_by_bot[0]
    nia, rex = server.people["nia"], server.people["rex"]
    return [
        nia.reply(to=riddle, text="C'est un moulin ?"),
        nia.reply(to=riddle, text="Alors c'est un phare !"),
        rex.say(
            "Le héron du canal #DefiPhoto",
            media=[picture("Un héron gris se tient sur une patte au bord du canal")],
        ),
    ]


class Clock:
    """A server's clock on which no two things happen at once, and which a test may put forward."""

    def __init__(self, start: datetime) -> None:
        self._start, self._seconds = start, count()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=next(self._seconds))

    def jump(self, moment: datetime) -> datetime:
        self._start, self._seconds = moment, count()
        return moment


def later(now: datetime, hours: float = 1) -> datetime:
    return now + timedelta(hours=hours)
