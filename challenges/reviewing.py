"""What people decide about answers: accept, ask for more, attach, detach. All of it is kept."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from challenges.belonging import of_mooc
from challenges.catalogue import Challenge
from challenges.deeds import READABLE
from challenges.feedback import tell_decision
from challenges.models import Decision, Screening, Submission
from challenges.repair.snapshots import Snapshot, take_snapshots
from challenges.screening import screen_batch
from community.models import User
from community.people import lock_people, participants_of
from microblog.doorbells import ring
from microblog.gateways.base import GatewayError, Gone
from microblog.models import Connection, Post, Sighting
from microblog.networks import Network
from microblog.recording import record_posts
from microblog.services import open_gateway
from rulebook import Outcome

Action, Match = Decision.Action, Screening.Match


class PostNotFound(LookupError):
    """No public post is there as far as our connections see; the message says what to try."""


def may_review(user: User | AnonymousUser) -> bool:
    """Tutors, and organisers who may change answers."""
    is_organiser = user.is_staff and user.has_perm("challenges.change_submission")
    return is_organiser or user.has_perm("challenges.review_submission")


def answers_to_review(site_id: int | None = None) -> QuerySet[Submission]:
    """What waits for a person in one MOOC (None: in all), the oldest first."""
    waiting = Submission.objects.with_tutor().filter(of_mooc(site_id), post__deleted_at=None)
    return waiting.order_by("pk")


@transaction.atomic
def accept_answer(submission: Submission, *, by: User, note: str = "", now: datetime) -> bool:
    """False where it was accepted already, by whoever was first, or taken back by its author."""
    lock_people(participants_of([submission.account]).values())
    before = take_snapshots([submission.post_id])[submission.post_id]
    waiting = Submission.objects.filter(pk=submission.pk, post__deleted_at=None)
    waiting = waiting.exclude(outcome=Outcome.ACCEPTED.value)
    changed = waiting.update(
        outcome=Outcome.ACCEPTED.value, accepted_at=now, judged_at=now, decided_by=by, note=note
    )
    if changed:
        _decide_answer(submission, Action.ACCEPT, by=by, note=note, before=before, now=now)
        ring("credit")
    return bool(changed)


@transaction.atomic
def ask_for_more(submission: Submission, *, by: User, note: str, now: datetime) -> bool:
    """Say kindly what is missing. False where somebody decided first, or it was taken back."""
    before = take_snapshots([submission.post_id])[submission.post_id]
    waiting = Submission.objects.with_tutor().filter(pk=submission.pk, post__deleted_at=None)
    changed = waiting.update(outcome=Outcome.NOT_YET.value, judged_at=now, decided_by=by, note=note)
    if changed:
        _decide_answer(submission, Action.ASK, by=by, note=note, before=before, now=now)
    return bool(changed)


def _decide_answer(
    submission: Submission,
    action: Decision.Action,
    *,
    by: User,
    note: str,
    before: Snapshot,
    now: datetime,
) -> None:
    submission.refresh_from_db()
    decision = Decision.objects.create(
        post=submission.post,
        submission=submission,
        challenge_key=submission.challenge_key,
        action=action,
        note=note,
        decided_by=by,
        before=before,
    )
    rows = Screening.objects.select_related("post__author", "post__parent")
    tell_decision(rows.get(post=submission.post), submission, decision, now=now)


@transaction.atomic
def attach_post(
    post: Post, challenge: Challenge, *, by: User, note: str = "", now: datetime
) -> Screening:
    """Judge it as an answer to this challenge, whatever the detection thought; returns what came
    of it (a person who wants nothing kept is still left alone)."""
    before = take_snapshots([post.pk])[post.pk]
    Screening.objects.update_or_create(
        post=post,
        defaults={
            "fingerprint": "",
            "decision": Match.MATCHED,
            "challenge_id": challenge.edition(post.language).page_id,
            "challenge_key": challenge.key,
            "detector": Screening.Detector.BY_HAND,
            "screened_at": now,
        },
    )
    screen_batch([post], now=now)
    _log(post, Action.ATTACH, challenge.key, by=by, note=note, before=before)
    return Screening.objects.get(post=post)


@transaction.atomic
def detach_post(post: Post, *, by: User, note: str = "", now: datetime) -> bool:
    """It is no answer, and stays none. What was credited stays in the log of deeds. False where it
    was detached already."""
    found = Screening.objects.filter(post=post).exclude(decision=Match.DETACHED)
    screening = found.select_for_update().first()
    if screening is None:
        return False
    key = screening.challenge_key
    before = take_snapshots([post.pk])[post.pk]
    found.update(decision=Match.DETACHED, screened_at=now)
    Submission.objects.filter(post=post).delete()
    _log(post, Action.DETACH, key, by=by, note=note, before=before)
    return True


def _log(
    post: Post,
    action: Decision.Action,
    key: UUID | None,
    *,
    by: User,
    note: str,
    before: Snapshot,
) -> None:
    Decision.objects.create(
        post=post, challenge_key=key, action=action, note=note, decided_by=by, before=before
    )


def find_post(address: str, *, now: datetime) -> Post:
    """The post at an address that a person copied, asking our connections if it isn't known here.

    Calls servers: not inside a transaction. Raises PostNotFound.
    """
    if known := _readable().filter(Q(url=address) | Q(uri=address)).first():
        return known
    faults = []
    for connection in _nearest_first(address):
        try:
            heard = open_gateway(connection).resolve(address)
        except Gone:
            continue
        except GatewayError as error:
            faults.append(f"{connection.name}: {error}")
            continue
        if connection.network != Network.PRACTICE:
            record_posts(connection, [heard], via=Sighting.Via.BY_HAND, now=now)
        if post := _readable().filter(uri=heard.uri).first():
            return post
    if faults:
        told = "; ".join(faults)
        raise PostNotFound(_("Not every server answered (%s). Try again later.") % told)
    raise PostNotFound(_("No post was found there. Copy the address of the post itself."))


def _readable() -> QuerySet[Post]:
    """What was said to everybody: tutors have no business with the rest."""
    return Post.objects.alive().filter(visibility__in=READABLE)


def _nearest_first(address: str) -> list[Connection]:
    """The connection to the very server of the address knows best; our own posts only we know."""
    near: list[Connection] = []
    far: list[Connection] = []
    for connection in Connection.objects.enabled():
        (near if address.startswith(f"{connection.server_url}/") else far).append(connection)
    return near + [one for one in far if one.network != Network.PRACTICE]
