"""While a challenge runs: give a hint, reveal the answer, close it, open it again."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from challenges.launching import lane_of
from challenges.models import ChallengePage, LaunchPost, PhotoRiddlePage
from challenges.posts import Said, edition_for, editions_by_language, hint_post, reveal_post
from challenges.riddles.finding import lift_veils
from community.moocs import mooc_of
from community.sites import site_of_page
from microblog.models import Connection, OutboxPost
from microblog.services import enqueue_post


class NotNow(Exception):
    """This can't be done with the challenge as it stands; the message tells the organiser why."""


Composer = Callable[[PhotoRiddlePage, Connection], Said]


def close_challenge(page: ChallengePage, *, now: datetime) -> bool:
    """In all its languages; what was answered stays. False where it was closed already."""
    return bool(_family(page).filter(closed_at=None).update(closed_at=now))


def reopen_challenge(page: ChallengePage) -> bool:
    return bool(_family(page).exclude(closed_at=None).update(closed_at=None))


def send_hint(page: PhotoRiddlePage, *, number: int, now: datetime) -> bool:
    """Give hint `number` (from 1) under the latest launch; once, however often it is asked. Raises
    NotNow, and NoPicture where a wider photo can't be read."""
    if not 1 <= number <= len(page.hints):
        raise NotNow(_("There is no hint %(number)s.") % {"number": number})
    given = PhotoRiddlePage.objects.filter(translation_key=page.translation_key)
    mooc = mooc_of(site_of_page(page))
    posts = _launch_posts(page)

    def compose(edition: PhotoRiddlePage, connection: Connection) -> Said:
        told = edition if len(edition.hints) >= number else page
        return hint_post(told, connection, number=number, mooc=mooc)

    said = _compose_all(page, posts, compose)
    with transaction.atomic():
        moved = given.filter(hints_given=number - 1).update(hints_given=number, hinted_at=now)
        if moved:
            _enqueue(posts, said, prefix="hint", suffix=f":{number}", now=now)
    if not moved:
        _must_be_given_already(page, number)
    return bool(moved)


def _must_be_given_already(page: PhotoRiddlePage, number: int) -> None:
    page.refresh_from_db(fields=["hints_given"])
    if page.hints_given < number:
        raise NotNow(_("Give the hints in their order."))


def reveal_riddle(page: PhotoRiddlePage, *, now: datetime) -> bool:
    """Tell the answer on the page and under the latest launch; once. Answers still count
    afterwards.

    Raises NotNow where there is nothing to reveal, NoPicture where its photo can't be read.
    """
    if not page.reveal_text and not page.secrets[0]:
        raise NotNow(_("There is nothing to reveal yet: write the answer first."))
    family = PhotoRiddlePage.objects.filter(translation_key=page.translation_key)
    mooc = mooc_of(site_of_page(page))
    posts = _launch_posts(page)

    def compose(edition: PhotoRiddlePage, connection: Connection) -> Said:
        return reveal_post(edition, connection, mooc=mooc)

    said = _compose_all(page, posts, compose)
    with transaction.atomic():
        moved = family.filter(revealed_at=None).update(revealed_at=now)
        if moved:
            lift_veils(page.translation_key)
            _enqueue(posts, said, prefix="reveal", suffix="", now=now)
    return bool(moved)


def _family(page: ChallengePage) -> QuerySet[ChallengePage]:
    return ChallengePage.objects.filter(translation_key=page.translation_key)


def _launch_posts(page: ChallengePage) -> list[LaunchPost]:
    """Those of the latest round; of them, what the network has."""
    posts = list(
        LaunchPost.objects.filter(
            launch__challenge_key=page.translation_key, promise__post__isnull=False
        )
        .select_related("launch", "connection", "promise__post")
        .order_by("-launch__round")
    )
    return [post for post in posts if post.launch.round == posts[0].launch.round]


def _compose_all(page: PhotoRiddlePage, posts: list[LaunchPost], compose: Composer) -> list[Said]:
    """Outside of any transaction: pictures take their time."""
    editions = editions_by_language(page)
    return [
        compose(edition_for(post.connection, page, editions), post.connection) for post in posts
    ]


def _enqueue(
    posts: list[LaunchPost], said: list[Said], *, prefix: str, suffix: str, now: datetime
) -> None:
    for post, words in zip(posts, said, strict=True):
        launch = post.launch
        enqueue_post(
            post.connection,
            key=f"{prefix}:{launch.challenge_key}:{launch.round}{suffix}:{post.connection_id}",
            kind=OutboxPost.Kind(prefix),
            text=words.text,
            language=words.language,
            attachments=words.attachments,
            in_reply_to=post.post,
            lane=lane_of(launch),
            now=now,
        )
