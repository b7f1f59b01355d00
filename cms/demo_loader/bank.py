"""Queues of challenges for the practice timeline, and what its people say of challenges."""

from datetime import datetime, timedelta

from challenges.bank.opinions import NotTried, rate
from challenges.bank.queueing import add_to_queue
from challenges.bank.steering import reschedule
from challenges.models import BankPause, BankSchedule, ChallengePage, Rating
from cms.demo_loader.ledger import Ledger
from cms.demo_loader.pages import LANGUAGES
from cms.demo_loader.people import person_behind
from cms.demo_loader.reading import Demo, Fields
from microblog.models import Connection
from microblog.networks import Network

REST_BEGINS = timedelta(days=40)
REST_ENDS = timedelta(days=54)


def load_bank(demo: Demo, ledger: Ledger, now: datetime) -> int:
    """Returns how many items are new. After the story: who says something has tried first."""
    made = 0
    for fields in demo.bank["queues"]:
        made += ledger.load(f"queue:{fields['key']}", _queue, ledger, fields, now)
    made += ledger.load("queue:rest", _rest, now)
    for opinion in demo.bank["opinions"]:
        for handle in opinion["people"]:
            key = f"opinion:{opinion['challenge']}:{handle}"
            made += ledger.load(key, _opinion, ledger, opinion, handle, now)
    return made


def _queue(ledger: Ledger, fields: Fields, now: datetime) -> BankSchedule | None:
    """On the practice timeline alone: the demo says nothing on other networks."""
    us = Connection.objects.filter(network=Network.PRACTICE).first()
    if us is None or BankSchedule.objects.filter(name=fields["name"]).exists():
        return None
    queue = BankSchedule.objects.create(
        name=fields["name"],
        every=BankSchedule.Every.WEEKS,
        weekdays=fields["weekdays"],
        hour=fields["hour"],
        starts_on=now.date(),
        takes=fields["takes"],
        recycles=True,
        recycle_after=1,
        recycle_kind=fields["recycle_kind"],
    )
    queue.connections.add(us)
    pages = [_challenge(ledger, slug) for slug in fields["challenges"]]
    add_to_queue(queue, [page for page in pages if page], by=None)
    reschedule([queue], now=now)
    return queue


def _rest(now: datetime) -> BankPause:
    day = now.date()
    pause = BankPause.objects.create(
        name="Vacances", starts_on=day + REST_BEGINS, ends_on=day + REST_ENDS
    )
    reschedule(BankSchedule.objects.all(), now=now)
    return pause


def _opinion(ledger: Ledger, opinion: Fields, handle: str, now: datetime) -> Rating | None:
    """Nothing of whoever didn't try."""
    page, person = _challenge(ledger, opinion["challenge"]), person_behind(ledger, handle)
    if page is None or person is None:
        return None
    try:
        return rate(
            page,
            person,
            difficulty=opinion["people"][handle],
            liked=handle in opinion["liked"],
            now=now,
        )
    except NotTried:
        return None


def _challenge(ledger: Ledger, slug: str) -> ChallengePage | None:
    return ledger.find(f"challenge:{slug}:{LANGUAGES[0]}", ChallengePage)
