"""The mouth: says what the outbox promises, once, in order, through faults and deaths."""

import logging
import re
import unicodedata
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from microblog.doorbells import ring
from microblog.faults import note_fault, note_success
from microblog.gateways.base import (
    Attachment,
    Draft,
    Gateway,
    GatewayError,
    Gone,
    HeardPost,
    Never,
    NotBefore,
    Unauthorised,
    Visibility,
)
from microblog.hearing import follow_thread
from microblog.models import OutboxPost, Post, Sighting
from microblog.pauses import TOKEN_PAUSE, after_fault
from microblog.recording import record_posts
from microblog.services import open_gateway
from microblog.steps import Backlog

logger = logging.getLogger(__name__)

BATCH = 20
MOST_ATTEMPTS = 12  # about a day and a half with growing pauses
CLOCK_SLACK = timedelta(minutes=10)  # between our clock and a server's
_HOST_OF_A_HANDLE = re.compile(r"(?<=\w)@[\w.:-]*\w")
FOLLOWED = {
    OutboxPost.Kind.LAUNCH,
    OutboxPost.Kind.HINT,
    OutboxPost.Kind.REVEAL,
    OutboxPost.Kind.CHAT,
}


def deliver_due_posts(now: datetime) -> int:
    """Say what is due; returns how many promises were kept or given up."""
    return sum(_deliver(promise, now) for promise in _claim(now))


def backlog(now: datetime) -> Backlog:
    waiting = OutboxPost.objects.waiting().filter(due_at__lte=now).order_by("due_at")
    return Backlog(waiting.count(), waiting.values_list("due_at", flat=True).first())


def _claim(now: datetime) -> list[OutboxPost]:
    """Take what may be said now; a dead mouth's claim runs out after settings.OUTBOX_LEASE
    seconds."""
    candidates = _deliverable(now).select_related("connection__account", "in_reply_to__author")
    lease = now + timedelta(seconds=settings.OUTBOX_LEASE)
    claimed = []
    for promise in candidates.order_by("due_at", "id")[:BATCH]:
        # Written before the attempt: whoever comes after a death knows that it may have been said.
        taken = (
            OutboxPost.objects.filter(pk=promise.pk, attempts=promise.attempts)
            .filter(Q(claimed_until=None) | Q(claimed_until__lte=now))
            .update(
                claimed_until=lease,
                attempts=F("attempts") + 1,
                first_attempt_at=promise.first_attempt_at or now,
            )
        )
        if taken:
            promise.attempts += 1
            promise.first_attempt_at = promise.first_attempt_at or now
            claimed.append(promise)
    return claimed


def _deliverable(now: datetime) -> QuerySet[OutboxPost]:
    before_it = (
        OutboxPost.objects.waiting()
        .filter(lane=OuterRef("lane"), pk__lt=OuterRef("pk"))
        .exclude(lane="")
    )
    return (
        OutboxPost.objects.waiting()
        .filter(due_at__lte=now, connection__is_enabled=True)
        .filter(Q(claimed_until=None) | Q(claimed_until__lte=now))
        .filter(Q(connection__not_before=None) | Q(connection__not_before__lte=now))
        .filter(~Exists(before_it))
    )


def _deliver(promise: OutboxPost, now: datetime) -> int:
    try:
        said = _say(promise, open_gateway(promise.connection), now)
    except GatewayError as error:
        return _keep_for_later(promise, error, now)
    _keep(promise, said, now)
    return 1


def _say(promise: OutboxPost, gateway: Gateway, now: datetime) -> HeardPost:
    """Raises every GatewayError."""
    if promise.said_version:
        return gateway.edit(_own_id(promise), _draft(promise, reply_to_id=""))
    draft = _draft(promise, reply_to_id=_reply_id(promise, gateway))
    if promise.attempts > 1 and (already := _find_own(promise, draft, gateway)):
        return already
    if promise.useless_from and promise.useless_from <= now:
        raise Gone("its moment has passed")
    return gateway.publish(draft)


def _draft(promise: OutboxPost, *, reply_to_id: str) -> Draft:
    return Draft(
        key=promise.key,
        text=promise.text,
        visibility=Visibility(promise.visibility),
        content_warning=promise.content_warning,
        language=promise.language,
        reply_to_id=reply_to_id,
        reply_to_uri=promise.in_reply_to.uri if promise.in_reply_to else "",
        attachments=tuple(Attachment(**item) for item in promise.attachments),
    )


def _own_id(promise: OutboxPost) -> str:
    """The id under which our post is known where it was said. Raises Gone."""
    sighting = Sighting.objects.filter(connection=promise.connection, post=promise.post_id).first()
    if promise.post_id is None or sighting is None:
        raise Gone("our own post is not known here any more")
    return sighting.remote_id


def _reply_id(promise: OutboxPost, gateway: Gateway) -> str:
    """What this connection's server calls the post that is answered. Raises Gone."""
    post = promise.in_reply_to
    if post is None:
        if promise.is_answer:
            raise Gone("the post that it answers is gone")
        return ""
    if post.deleted_at:
        raise Gone("the post that it answers was taken back")
    sighting = Sighting.objects.filter(connection=promise.connection, post=post).first()
    return sighting.remote_id if sighting else gateway.resolve(post.uri).remote_id


def _find_own(promise: OutboxPost, draft: Draft, gateway: Gateway) -> HeardPost | None:
    """Our own post, if an earlier attempt got through: most servers ignore idempotency keys."""
    since = (promise.first_attempt_at or promise.created_at) - CLOCK_SLACK
    own = [post for post in gateway.fetch_own(since) if _bare(post.text) == _bare(draft.text)]
    if draft.reply_to_id:
        own = [
            post
            for post in own
            if post.parent_remote_id == draft.reply_to_id or post.parent_uri == draft.reply_to_uri
        ]
    taken = set(
        OutboxPost.objects.filter(post__uri__in=[post.uri for post in own]).values_list(
            "post__uri", flat=True
        )
    )
    # Two promises with the same words: each finds its own, oldest first.
    return next((post for post in reversed(own) if post.uri not in taken), None)


def _bare(text: str) -> str:
    """Letters and figures alone, and handles without their host: servers change spaces, links and
    punctuation of what they are told, and show "@nia@example.org" as "@nia"."""
    composed = _HOST_OF_A_HANDLE.sub("", unicodedata.normalize("NFKC", text).casefold())
    return "".join(character for character in composed if character.isalnum())


def _keep(promise: OutboxPost, said: HeardPost, now: datetime) -> None:
    """Write down that it was said, in the words of the version that was."""
    with transaction.atomic():
        record_posts(promise.connection, [said], via=Sighting.Via.OWN, now=now)
        OutboxPost.objects.filter(pk=promise.pk).update(
            said_version=promise.version,
            said_at=promise.said_at or now,
            post=Post.objects.get(uri=said.uri),
            claimed_until=None,
            error="",
        )
        if promise.kind in FOLLOWED:
            follow_thread(promise.connection, said.remote_id, now=now)
            _ask_again_about_answers(said)
    note_success(promise.connection, said_at=now)


def _ask_again_about_answers(said: HeardPost) -> None:
    """Whoever answered before we knew our own words was judged without knowing what they answer."""
    waiting = Post.objects.filter(root__uri=said.uri)
    if waiting.update(answered_fingerprint=""):
        ring("screen")


def _keep_for_later(promise: OutboxPost, error: GatewayError, now: datetime) -> int:
    """Plan the next attempt, or give up where there is no point; 1 if given up."""
    fields: dict[str, object] = {"claimed_until": None, "error": str(error)[:2000]}
    if isinstance(error, NotBefore):
        fields |= {"due_at": max(error.when, now), "attempts": F("attempts") - 1}
    elif isinstance(error, Unauthorised):
        fields |= {"due_at": now + TOKEN_PAUSE, "attempts": F("attempts") - 1}
    elif isinstance(error, Never) or promise.attempts >= MOST_ATTEMPTS:
        fields["given_up_at"] = now
    else:
        fields["due_at"] = now + after_fault(promise.attempts)
    OutboxPost.objects.filter(pk=promise.pk).update(**fields)
    if isinstance(error, Gone):
        logger.info("%s: dropped, %s", promise.key, error)
    else:
        note_fault(promise.connection, error, now=now)
    return int("given_up_at" in fields)
