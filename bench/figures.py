"""How many posts a second are counted, whatever the history; how long the page of figures takes
once a million posts are; how long five hundred people take to be drawn."""

import statistics
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from random import Random

from django.core.cache import cache
from django.test import Client

from bench.crowd import HOST, NOON
from bench.load import WrongAnswer
from bench.measuring import Effort, Row, seconds
from community.figures.layout import place
from community.figures.periods import PERIODS
from community.figures.reading import Slice, read_figures, read_places
from community.figures.rebuilding import forget_figures
from community.figures.tallying import tally
from community.models import AccountLink, DailyTally, Participant, Presence
from microblog.models import Account, Post
from microblog.networks import Network

BATCH = 200
MILLION = 1_000_000
PEOPLE = 500
YEARS = 3
LONGEST_PAGE = 2.0  # seconds, cold
LONGEST_DRAWING = 30.0  # seconds, in the background
KINDS = ("posts", "answers", "conversations", "helps", "newcomers", "answered", "back_7")
WAITS = 8  # buckets that fill on one day


def measure(effort: Effort) -> list[Row]:
    return [*_counting(effort), *_reading(effort), _drawing()]


class Talkers:
    """People who answer each other in turn, as rows."""

    def __init__(self, people: int) -> None:
        self._chance, self._numbers = Random(1), count(1)  # noqa: S311 - always alike
        made = Participant.objects.bulk_create(Participant(name=f"{n}") for n in range(people))
        self._accounts = Account.objects.bulk_create(
            Account(network=Network.MASTODON, uri=f"{HOST}/talkers/{n}", handle=f"talker{n}")
            for n in range(people)
        )
        AccountLink.objects.bulk_create(
            AccountLink(account=account, participant=person, proof="heard")
            for account, person in zip(self._accounts, made, strict=True)
        )
        self._last: list[Post] = []

    def say(self, posts: int) -> None:
        """Two of three answer something that was said just before."""
        rows = [self._row() for _number in range(posts)]
        self._last = Post.objects.bulk_create(rows)[-50:]

    def _row(self) -> Post:
        number = next(self._numbers)
        parent = self._chance.choice(self._last) if self._last and number % 3 else None
        return Post(
            network=Network.MASTODON,
            uri=f"{HOST}/said/{number}",
            author=self._chance.choice(self._accounts),
            parent=parent,
            said_at=NOON + timedelta(minutes=number),
            language="fr",
            fingerprint="said",
            answered_fingerprint="said",
        )


def _counting(effort: Effort) -> Iterator[Row]:
    short, long = effort.choose(2_000, 400), effort.choose(20_000, 4_000)
    forget_figures()
    talkers = Talkers(effort.choose(2_000, 300))
    before = _speed(talkers, short, effort)
    after = _speed(talkers, long - short, effort)
    plain = f"history of {short:,}"
    yield Row(f"count: history of {long:,}", after, "posts/s", plain, before)


def _speed(talkers: Talkers, history: int, effort: Effort) -> float:
    """Posts a second, once so many more are counted."""
    for _batch in range(history // BATCH):
        talkers.say(BATCH)
        tally(NOON)
    spent = []
    for _round in range(effort.choose(9, 5)):
        talkers.say(BATCH)
        spent.append(seconds(partial(tally, NOON)))
    return BATCH / statistics.median(spent)


def _reading(effort: Effort) -> Iterator[Row]:
    posts = effort.choose(MILLION, MILLION // 5)
    _count_without_saying(posts)
    wanted = Slice(PERIODS["all"], PERIODS["all"].cut)
    first = read_places().first
    read = [seconds(lambda: read_figures(wanted, first=first, now=NOON)) for _round in range(4)]
    name = f"figures of {posts:,} posts"
    yield Row(f"{name}: read", statistics.median(read[1:]), "s", "limit", LONGEST_PAGE, True)
    page = [seconds(_cold_page) for _round in range(4)]
    yield Row(f"{name}: page, cold", statistics.median(page[1:]), "s", "limit", LONGEST_PAGE, True)


def _count_without_saying(posts: int) -> None:
    """What a history of so many posts, by one person for every two hundred, leaves to be read."""
    days = [(NOON - timedelta(days=n)).date() for n in range(YEARS * 365)]
    kinds = [*KINDS, *(f"wait:{20 + n}" for n in range(WAITS))]
    DailyTally.objects.all().delete()
    DailyTally.objects.bulk_create(
        (
            DailyTally(
                day=day, kind=kind, network=network, language="fr", value=posts // len(days) // 2
            )
            for day in days
            for kind in kinds
            for network in (Network.MASTODON, Network.PRACTICE)
        ),
        batch_size=5_000,
    )
    Presence.objects.all().delete()
    people = Participant.objects.bulk_create(Participant(name=f"{n}") for n in range(posts // 200))
    Presence.objects.bulk_create(_attendances(people, days), batch_size=5_000)


def _attendances(people: list[Participant], days: list[date]) -> Iterator[Presence]:
    """Each is there for a year, with pauses."""
    weeks = sorted({day - timedelta(days=day.weekday()) for day in days})
    for number, person in enumerate(people):
        begin = number * 7 % (len(weeks) - 52)
        mine = weeks[begin : begin + 52 : 2]
        starts = {("month", week.replace(day=1)) for week in mine} | {("week", w) for w in mine}
        for span, start in starts:
            yield Presence(
                span=span,
                start=start,
                part="spoke",
                person=person,
                network=Network.MASTODON,
                language="fr",
                posts=4,
            )


def _cold_page() -> None:
    cache.clear()
    answer = Client(SERVER_NAME="127.0.0.1").get("/fr/figures/?period=all")
    if answer.status_code != 200:
        raise WrongAnswer(f"figures: {answer.status_code}")


def _drawing() -> Row:
    """Of a village: each talks with a few neighbours, and with a few helpers."""
    chance = Random(2)  # noqa: S311 - always alike
    ties = {
        (min(one, other), max(one, other)): 1 + chance.randrange(9)
        for one in range(PEOPLE)
        for other in (chance.randrange(12), (one + chance.randrange(1, 9)) % PEOPLE)
        if one != other
    }
    spent = seconds(lambda: place(range(PEOPLE), ties))
    return Row(f"draw {PEOPLE} people", spent, "s", "limit", LONGEST_DRAWING, True)
