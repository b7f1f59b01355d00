"""The pipeline's stories: a challenge is there, was launched, people write, and steps run."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from wagtail.models import Site

from challenges.models import ChallengePage, Launch, LaunchPost
from community.models import MoocSettings
from community.people import known_participants
from microblog.models import Account, Connection, OutboxPost, Post, Sighting
from microblog.steps import get_step
from tests.builders import NOON, heard_account, said
from tests.challenges.building import a_level, a_mini_challenge

ROUND = count(1)


PHOTO = ("photo", {"count": 1})
DESCRIBED = ("photos_described", {})


def level(title: str, *rules: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return a_level(title, rules=list(rules))


def a_challenge(*levels: dict[str, Any], title: str = "Une photo", **fields: Any) -> ChallengePage:
    """A mini-challenge that is live; without levels, one that wants a photo."""
    asked = list(levels) or [level("A photo", PHOTO)]
    return a_mini_challenge(title, levels=asked, hashtags=fields.pop("hashtags", ""), **fields)


def launched(page: ChallengePage, on: Connection, *, at: datetime = NOON) -> Post:
    """The post that launched it there, as the outbox leaves it behind."""
    number = next(ROUND)
    bot = heard_account(on.name + "-bot")
    post = said(f"Défi {number}", on=on, by=bot, via=Sighting.Via.OWN, at=at)
    assert post.author_id == on.account_id
    launch = Launch.objects.create(
        challenge=page,
        challenge_key=page.translation_key,
        round=number,
        due_at=at,
        promised_at=at,
    )
    promise = OutboxPost.objects.create(
        key=f"launch:{launch.pk}:{on.pk}",
        kind=OutboxPost.Kind.LAUNCH,
        connection=on,
        text=post.text,
        post=post,
        said_version=1,
        said_at=at,
    )
    LaunchPost.objects.create(launch=launch, connection=on, promise=promise)
    return post


def reply(to: Post, text: str = "Voilà", *, on: Connection, **fields: Any) -> Post:
    return said(text, on=on, via=Sighting.Via.THREAD, parent_uri=to.uri, **fields)


def run(*steps: str, now: datetime = NOON + timedelta(hours=1)) -> int:
    """Each of these steps until nothing moves; returns how many rows moved."""
    moved = 0
    for name in steps:
        while done := get_step(name).run(now):
            moved += done
    return moved


def person_behind(account: Account):
    return known_participants([account.pk])[account.pk]


def manners(**fields: Any) -> MoocSettings:
    mooc = MoocSettings.for_site(Site.objects.get(is_default_site=True))
    for name, value in fields.items():
        setattr(mooc, name, value)
    mooc.save()
    return mooc
