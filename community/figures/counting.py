"""What a post counts for, what a person counts for, and how that adds up. Pure.

A post counts if somebody who takes part said it where anybody may read it. People are numbers here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from community.figures.waits import bucket_of
from community.models import Presence
from community.models.figures import ALL
from microblog.gateways.base import Visibility
from microblog.models import Post

OPEN = {Visibility.PUBLIC.value, Visibility.UNLISTED.value}
BACK = {"back_7": timedelta(days=7), "back_30": timedelta(days=30)}
WAIT = "wait:"

Tally = tuple[int, date, str, str, str]
"""Site, day, kind, network, language."""
Attendance = tuple[int, int, str, date, str, str, str]
"""Site, person, span, start, part, network, language."""
Pair = tuple[int, int, int]
"""Site, who answered whom."""
Member = tuple[int, int]
"""Site, person."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one post counts for, in one MOOC or in all. `answers`: another person, whose post it
    answers."""

    person: int
    said_at: datetime
    network: str
    language: str
    answers: int | None = None
    converses: bool = False
    helps: bool = False
    site: int = ALL


@dataclass(frozen=True, slots=True)
class Known:
    """A person's first and latest post, and the first answer by another person."""

    first_at: datetime
    last_at: datetime
    network: str
    language: str
    answered_at: datetime | None = None
    site: int = ALL

    @property
    def wait(self) -> timedelta | None:
        if self.answered_at is None:
            return None
        return max(timedelta(0), self.answered_at - self.first_at)


def read_post(post: Post, people: Mapping[int, int], *, is_help: bool) -> Said | None:
    """`post` comes with the three posts above it; `people`: account → whoever takes part."""
    person = _speaker(post, people)
    if person is None:
        return None
    other = _speaker(post.parent, people)
    answers = other if other != person else None
    return Said(
        person=person,
        said_at=post.said_at,
        network=post.network,
        language=post.language.partition("-")[0].casefold(),
        answers=answers,
        converses=answers is not None and _closes_the_circle(post, person, answers, people),
        helps=is_help and answers is not None,
    )


def _speaker(post: Post | None, people: Mapping[int, int]) -> int | None:
    """Whose post it is; nobody's, where it doesn't count."""
    if post is None or post.deleted_at is not None or post.visibility not in OPEN:
        return None
    return people.get(post.author_id)


def _closes_the_circle(post: Post, person: int, other: int, people: Mapping[int, int]) -> bool:
    """Said, answered, answered back. What two people go on saying is the same conversation."""
    said = post.parent.parent if post.parent else None
    if said is None or _speaker(said, people) != person:
        return False
    return _speaker(said.parent, people) != other


def day_of(moment: datetime) -> date:
    """Here, in the site's own time zone."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> date:
    return day.replace(day=1)


def tallies_of(said: Said) -> Iterator[Tally]:
    day = day_of(said.said_at)
    kinds = {
        "posts": True,
        "answers": said.answers is not None,
        "conversations": said.converses,
        "helps": said.helps,
    }
    for kind, counts in kinds.items():
        if counts:
            yield said.site, day, kind, said.network, said.language


def tallies_of_person(known: Known) -> Iterator[Tally]:
    """On the day of their first post, whenever the rest came."""
    day, wait = day_of(known.first_at), known.wait
    kinds = ["newcomers"]
    kinds += [kind for kind, after in BACK.items() if known.last_at - known.first_at >= after]
    if wait is not None:
        kinds += ["answered", f"{WAIT}{bucket_of(wait)}"]
    for kind in kinds:
        yield known.site, day, kind, known.network, known.language


def attendances_of(said: Said) -> Iterator[Attendance]:
    day = day_of(said.said_at)
    parts = [(said.person, Presence.Part.SPOKE.value)]
    if said.helps and said.answers is not None:
        parts.append((said.person, Presence.Part.HELPED.value))
        parts.append((said.answers, Presence.Part.WAS_HELPED.value))
    place = said.network, said.language
    for person, part in parts:
        yield said.site, person, Presence.Span.WEEK.value, week_of(day), part, *place
        yield said.site, person, Presence.Span.MONTH.value, month_of(day), part, *place


def pairs_of(said: Said) -> Iterator[Pair]:
    if said.answers is not None:
        yield said.site, said.person, said.answers


@dataclass(frozen=True, slots=True)
class Changes:
    """By how much each count moves."""

    tallies: Counter[Tally]
    attendances: Counter[Attendance]
    pairs: Counter[Pair]
    people: frozenset[Member]
    """Who said something, or was answered, before or now."""


def compare(before: Iterable[Said], after: Iterable[Said]) -> Changes:
    tallies: Counter[Tally] = Counter()
    attendances: Counter[Attendance] = Counter()
    pairs: Counter[Pair] = Counter()
    people: set[Member] = set()
    for sign, posts in ((-1, before), (1, after)):
        for said in posts:
            both = [said.person, *([said.answers] if said.answers is not None else [])]
            people |= {(said.site, person) for person in both}
            _add(tallies, tallies_of(said), sign)
            _add(attendances, attendances_of(said), sign)
            _add(pairs, pairs_of(said), sign)
    return Changes(tallies, attendances, pairs, frozenset(people))


def compare_people(before: Iterable[Known], after: Iterable[Known]) -> Counter[Tally]:
    tallies: Counter[Tally] = Counter()
    for sign, people in ((-1, before), (1, after)):
        for known in people:
            _add(tallies, tallies_of_person(known), sign)
    return tallies


def _add(counts: Counter, keys: Iterable, sign: int) -> None:  # type: ignore[type-arg]
    for key in keys:
        counts[key] += sign
