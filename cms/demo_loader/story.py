"""The practice community's story: who came, what was launched, said, boosted and liked, oldest
first, with the engine's own answers in between."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import models

from challenges.launching import LaunchRefused, launch_challenge
from challenges.models import ChallengePage, Launch, LaunchPost
from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES
from cms.demo_loader.past import answer
from cms.demo_loader.people import account_of, come_aboard, follow_all, join
from cms.demo_loader.reading import Demo, Fields
from community.models import LiveEvent
from microblog.doorbells import silence
from microblog.models import Account, Connection, Post
from microblog.networks import Network
from microblog.timeline.photos import Photo, keep_photo
from microblog.timeline.services import toggle_boost, toggle_favourite, write_post

REPLY_TIME = timedelta(seconds=20)
"""After which the site answers."""
BETWEEN_REACTIONS = timedelta(seconds=50)
LAUNCHED = "launch:"


@dataclass(frozen=True, slots=True)
class Scene:
    """One item of the story, and when it happens."""

    key: str
    at: datetime
    play: Callable[[], models.Model | None]
    is_answered: bool = False
    """Whether the pipeline has something to say to it."""


def tell_story(demo: Demo, ledger: Ledger, now: datetime) -> Iterator[tuple[int, int]]:
    """After each scene: how many were new so far, of how many. Told again, it goes on where it
    stopped."""
    teller = Teller(demo, ledger, ledger.moment("story", now))
    scenes = sorted(teller.scenes(), key=lambda scene: scene.at)
    made = 0
    for scene in scenes:
        with silence():
            if ledger.load(scene.key, scene.play):
                made += 1
                if scene.is_answered:
                    answer(scene.at + REPLY_TIME)
        yield made, len(scenes)
    if made:
        with silence():
            answer(now)


class Teller:
    """Knows who is who; each play returns the row that it leaves behind."""

    def __init__(self, demo: Demo, ledger: Ledger, began: datetime) -> None:
        self._demo, self._ledger, self._began = demo, ledger, began
        self._us = Connection.objects.filter(network=Network.PRACTICE).first()

    def scenes(self) -> Iterator[Scene]:
        story = self._demo.community
        yield from self._arrivals(story["people"])
        for event in story["live_events"]:
            at = self._ago(event["starts_minutes_ago"])
            yield Scene(f"live:{event['hashtag']}", at, partial(self._live, event))
        for launch in story["launches"]:
            at = self._ago(launch["minutes_ago"])
            slug = launch["challenge"]
            yield Scene(f"launch:{slug}", at, partial(self._launch, slug, at), True)
        for post in story["posts"]:
            at = self._ago(post["minutes_ago"])
            yield Scene(f"post:{post['key']}", at, partial(self._post, post, at), True)
            later = at + REPLY_TIME * 2
            yield Scene(f"reactions:{post['key']}", later, partial(self._react, post, later))

    def _arrivals(self, people: Sequence[Fields]) -> Iterator[Scene]:
        """Whoever says in a post that they want to come aboard, comes aboard by that post."""
        by_post = {p["author"] for p in self._demo.community["posts"] if _embarks(p)}
        since = {person["handle"]: person["embarked_minutes_ago"] for person in people}
        for person in people:
            handle, at = person["handle"], self._ago(person["embarked_minutes_ago"])
            joined = at - timedelta(minutes=1)
            yield Scene(f"person:{handle}", joined, partial(join, person, now=joined))
            if handle not in by_post:
                yield Scene(
                    f"aboard:{handle}",
                    at,
                    partial(come_aboard, self._ledger, person, now=at),
                    True,
                )
            everybody = self._ago(min(since[one] for one in [handle, *person["follows"]]))
            yield Scene(
                f"follows:{handle}",
                everybody,
                partial(follow_all, self._ledger, person, now=everybody),
            )

    def _ago(self, minutes: float) -> datetime:
        return self._began - timedelta(minutes=minutes)

    def _live(self, event: Fields) -> LiveEvent:
        return LiveEvent.objects.create(
            title=event["title"],
            hashtag=event["hashtag"],
            source_kind=event["source_kind"],
            recording_url=event["recording_url"],
            description=event["description"],
            tips_after=event["tips_after"],
            starts_at=self._ago(event["starts_minutes_ago"]),
            ends_at=self._ago(event["ends_minutes_ago"]),
        )

    def _launch(self, slug: str, at: datetime) -> Launch | None:
        """Here only: the demo says nothing on other networks. Nothing where it was withdrawn."""
        page = self._ledger.find(f"challenge:{slug}:{LANGUAGES[0]}", ChallengePage)
        if page is None or self._us is None:
            return None
        try:
            return launch_challenge(page.specific, by=None, now=at, connections=[self._us])
        except LaunchRefused:
            return None

    def _post(self, fields: Fields, at: datetime) -> Post | None:
        """None where its author, or the post that it answers, isn't there any more."""
        author = account_of(self._ledger, fields["author"])
        answered = fields.get("in_reply_to", "")
        parent = self._answered(answered) if answered else None
        if author is None or (answered and parent is None):
            return None
        return write_post(
            author,
            text=fields["text"],
            now=at,
            in_reply_to=parent,
            content_warning=fields.get("content_warning", ""),
            language=fields["language"],
            photos=self._photos(fields, author),
        )

    def _answered(self, key: str) -> Post | None:
        if not key.startswith(LAUNCHED):
            post = self._ledger.find(f"post:{key}", Post)
        else:
            launch = self._ledger.find(key, Launch)
            said = LaunchPost.objects.filter(launch=launch, connection=self._us)
            first = said.select_related("promise__post").first() if launch else None
            post = first.post if first else None
        return post if post and post.deleted_at is None else None

    def _photos(self, fields: Fields, author: Account) -> list[Photo]:
        if "photo" not in fields:
            return []
        file = self._demo.photo_file(fields["photo"])
        media = keep_photo(author, ContentFile(file.read_bytes(), name=file.name))
        return [Photo(media, fields.get("alt", ""))]

    def _react(self, fields: Fields, at: datetime) -> None:
        """Once the site has read the post; nobody reacts later than the load itself."""
        post = self._ledger.find(f"post:{fields['key']}", Post)
        deeds = [(toggle_favourite, handle) for handle in fields.get("favourited_by", ())]
        deeds += [(toggle_boost, handle) for handle in fields.get("boosted_by", ())]
        for number, (deed, handle) in enumerate(deeds):
            account = account_of(self._ledger, handle)
            if post and account:
                deed(account, post, now=min(at + number * BETWEEN_REACTIONS, self._began))


def _embarks(post: Fields) -> bool:
    return post.get("expect") == "embarked"
