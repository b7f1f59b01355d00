"""Answering from the tutor's own account: here, or on the server where the tutor is at home."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction

from community.models import Claim, Need, Participant, Tip
from community.tutoring.claiming import hold
from community.tutoring.closing import close_by_answers, end_reasons
from community.tutoring.using import remember_uses
from microblog.models import Account, Post
from microblog.networks import Network

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Way:
    """A server of the tutor's: `url` opens there the post that is to be answered."""

    account: Account
    server: str
    url: str


def ways_to_answer(post: Post, tutor: Participant) -> list[Way]:
    """Through each of the tutor's accounts on the post's network. One query."""
    accounts = Account.objects.filter(link__participant=tutor, network=post.network)
    ways = []
    for account in accounts.order_by("pk"):
        server = account.handle.rpartition("@")[2].lower()
        if post.network == Network.MASTODON and "@" in account.handle and _HOST.fullmatch(server):
            address = f"https://{server}/authorize_interaction?{urlencode({'uri': post.uri})}"
            ways.append(Way(account, server, address))
    return ways


def answer_here(
    pk: int, tutor: Participant, *, write: Callable[[], Post], tip: Tip | None, now: datetime
) -> Post:
    """Say it on the practice timeline, and let the claim end with it: both or neither.

    `write` writes the answer and returns it. Raises Taken, NobodyWaits.
    """
    with transaction.atomic():
        claim = hold(pk, tutor, now=now)
        _keep_tip(claim, tip)
        post = write()
        close_by_answers([post], now=now)
        _end(claim, now=now, answer=post)
    return post


def answered_elsewhere(pk: int, tutor: Participant, *, tip: Tip | None, now: datetime) -> None:
    """The tutor says that they answered; what they said may be heard later, or never. Raises
    Taken, NobodyWaits."""
    with transaction.atomic():
        claim = hold(pk, tutor, now=now)
        _keep_tip(claim, tip)
        _close(claim.need, Need.Ending.ANSWERED, now)
        _end(claim, now=now, answer=None)


def _close(need: Need, ending: Need.Ending, now: datetime) -> None:
    """What shows by now; a reason that gives the others time to answer stays."""
    end_reasons(need.reasons.filter(shows_at__lte=now), now=now, ending=ending)


def _keep_tip(claim: Claim, tip: Tip | None) -> None:
    claim.tip = tip
    claim.save(update_fields=["tip"])


def _end(claim: Claim, *, now: datetime, answer: Post | None) -> None:
    """An answer ends the claim also where it left some other question open."""
    ended = Claim.objects.filter(pk=claim.pk).exclude(ending=Claim.Ending.ANSWERED)
    if not ended.update(ended_at=now, ending=Claim.Ending.ANSWERED, answer=answer):
        return
    claim.answer = answer
    claim.need = Need.objects.select_related("post").get(pk=claim.need_id)
    remember_uses([claim], now=now)


def take_up(pk: int, tutor: Participant, tip: Tip, *, now: datetime) -> bool:
    """This tip goes into the answer, wherever it is said. False where the claim isn't theirs."""
    mine = Claim.objects.held(now=now).filter(need=pk, tutor=tutor)
    return bool(mine.update(tip=tip))
