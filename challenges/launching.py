"""Launching: decided once per round, whoever presses the button how often; said by the outbox."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Min
from django.utils.translation import gettext as _

from challenges.models import BankSlot, ChallengePage, Launch, LaunchPost, PhotoRiddlePage
from challenges.posts import NoPicture, Said, edition_for, editions_by_language, launch_post
from community.models import MoocSettings, User
from community.moocs import Moocs
from community.sites import site_of_page
from microblog.doorbells import ring
from microblog.models import Connection, OutboxPost
from microblog.services import enqueue_post
from microblog.steps import Backlog

BATCH = 20
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=15)


class LaunchRefused(Exception):
    """This challenge can't be launched as asked; the message tells the organiser why."""


def latest_round(page: ChallengePage) -> int:
    """0 where it was never launched."""
    rounds = Launch.objects.filter(challenge_key=page.translation_key).aggregate(
        latest=Max("round")
    )
    return rounds["latest"] or 0


def launch_challenge(
    page: ChallengePage,
    *,
    by: User | None,
    now: datetime,
    connections: Iterable[Connection] | None = None,
    at: datetime | None = None,
    again: bool = False,
    round: int | None = None,
) -> Launch:
    """The launch of that round, made by this call or by an earlier one.

    Without `round`, the first one, or with `again` the next one. No connections means all of
    its MOOC that are in use when it is due. Raises LaunchRefused.
    """
    latest = latest_round(page)
    wanted = round or (latest + 1 if again else 1)
    if wanted > latest + 1:
        raise LaunchRefused(
            _("Round %(round)s can't come before the rounds that precede it.") % {"round": wanted}
        )
    if wanted > latest:
        _must_be_launchable(page, at)
    with transaction.atomic():
        launch, made = Launch.objects.get_or_create(
            challenge_key=page.translation_key,
            round=wanted,
            defaults={"challenge_id": page.pk, "due_at": at or now, "requested_by": by},
        )
        if made and connections is not None:
            launch.connections.set(connections)
    ring("launch")
    return launch


def _must_be_launchable(page: ChallengePage, at: datetime | None) -> None:
    if page.closed_at:
        raise LaunchRefused(_("This challenge is closed: open it again first."))
    goes_live = page.go_live_at if page.approved_schedule else None
    if not page.live and not (at and goes_live and goes_live <= at):
        raise LaunchRefused(
            _("This challenge isn't published yet: publish it, or schedule it before its launch.")
        )


def promise_launches(now: datetime) -> int:
    """Put the posts of due launches in the outbox; returns how many launches moved."""
    due = Launch.objects.due(now).select_related("challenge").prefetch_related("connections")
    batch = list(due.order_by("due_at", "id")[:BATCH])
    if not batch:
        return 0
    in_use = list(Connection.objects.enabled())
    moocs = Moocs.read()
    return sum(_promise(launch, in_use, moocs, now) for launch in batch)


def _promise(launch: Launch, in_use: list[Connection], moocs: Moocs, now: datetime) -> bool:
    """Words and pictures are made first: nothing slow happens inside the transaction."""
    mooc = moocs.of_site(site_of_page(launch.challenge))
    connections = moocs.voices_of(mooc, list(launch.connections.all()) or in_use)
    if not connections:
        _postpone(launch, _("No connection of this MOOC is in use."), now)
        return False
    try:
        said = preview_launch(launch.challenge, connections, round=launch.round, mooc=mooc)
    except NoPicture as error:
        _postpone(launch, _("The photo can't be read: %(error)s") % {"error": error}, now)
        return False
    with transaction.atomic():
        if not _claim(launch, now):
            return False
        for connection, post in said:
            _enqueue(launch, connection, post, now)
        _begin_again(launch)
    return True


def preview_launch(
    page: ChallengePage, connections: Iterable[Connection], *, round: int, mooc: MoocSettings
) -> list[tuple[Connection, Said]]:
    """What a launch says on each connection. Raises NoPicture."""
    editions = editions_by_language(page)
    return [
        (
            connection,
            launch_post(
                edition_for(connection, page, editions), connection, round=round, mooc=mooc
            ),
        )
        for connection in connections
    ]


def _claim(launch: Launch, now: datetime) -> bool:
    claimed = Launch.objects.filter(pk=launch.pk, promised_at=None).update(
        promised_at=now, error=""
    )
    return bool(claimed)


def _enqueue(launch: Launch, connection: Connection, post: Said, now: datetime) -> None:
    promise = enqueue_post(
        connection,
        key=f"launch:{launch.pk}:{connection.pk}",
        kind=OutboxPost.Kind.LAUNCH,
        text=post.text,
        language=post.language,
        attachments=post.attachments,
        lane=lane_of(launch),
        now=now,
    )
    LaunchPost.objects.get_or_create(
        launch=launch, connection=connection, defaults={"promise": promise}
    )


def lane_of(launch: Launch) -> str:
    """Launch, hints and reveal of a challenge are said in this order."""
    return f"challenge:{launch.challenge_key}"


def _begin_again(launch: Launch) -> None:
    """A riddle that its queue brought back is a riddle again: its hints and its answer are to
    come."""
    if BankSlot.objects.filter(launch=launch, is_return=True).exists():
        family = PhotoRiddlePage.objects.filter(translation_key=launch.challenge_key)
        family.update(hints_given=0, hinted_at=None, revealed_at=None)


def _postpone(launch: Launch, error: str, now: datetime) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(launch.attempts, 10), LONGEST_PAUSE)
    Launch.objects.filter(pk=launch.pk, promised_at=None).update(
        attempts=F("attempts") + 1, due_at=now + pause, error=error
    )


def launches_waiting(now: datetime) -> Backlog:
    waiting = Launch.objects.due(now).aggregate(oldest=Min("due_at"))
    return Backlog(Launch.objects.due(now).count(), waiting["oldest"])
