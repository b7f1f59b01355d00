"""Writes what was counted. Only for whoever holds the lock of the figures (see tallying)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from community.figures.counting import Attendance, Known, Pair, Said, Tally
from community.models import CountedPerson, CountedPost, DailyTally, Exchange, Presence
from microblog.models import Post

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Until the ledger of posts is asked, in the same transaction."""


def kept_posts(posts: Sequence[Post]) -> dict[int, Said]:
    return {
        row.post_id: Said(
            person=row.person_id,
            said_at=row.said_at,
            network=row.network,
            language=row.language,
            answers=row.answers_id,
            converses=row.converses,
            helps=row.helps,
        )
        for row in CountedPost.objects.filter(post__in=[post.pk for post in posts])
    }


def keep_posts(said: Mapping[int, Said], *, gone: Iterable[int]) -> None:
    CountedPost.objects.filter(post__in=list(gone)).delete()
    rows = [
        CountedPost(
            post_id=post,
            person_id=one.person,
            said_at=one.said_at,
            network=one.network,
            language=one.language,
            answers_id=one.answers,
            converses=one.converses,
            helps=one.helps,
        )
        for post, one in said.items()
    ]
    written = ["person", "said_at", "network", "language", "answers", "converses", "helps"]
    CountedPost.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["post"], update_fields=written
    )


def keep_people(people: Collection[int]) -> tuple[list[Known], list[Known]]:
    """What is known of these people, read anew from the ledger of posts; before, and now."""
    before = CountedPerson.objects.in_bulk(people)
    CountedPerson.objects.bulk_create(
        CountedPerson(person_id=pk, first_at=NEVER, last_at=NEVER)
        for pk in people
        if pk not in before
    )
    now = {row.pk: row for row in _read_again(people)}
    CountedPerson.objects.filter(pk__in=[pk for pk in people if pk not in now]).delete()
    CountedPerson.objects.bulk_create(
        now.values(),
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["first_at", "last_at", "network", "language", "answered_at"],
    )
    return [_known(row) for row in before.values()], [_known(row) for row in now.values()]


def _read_again(people: Collection[int]) -> list[CountedPerson]:
    """By the ledger's indexes: its first row, its last one, and the first that answers."""
    posts = CountedPost.objects.filter(person=OuterRef("pk")).order_by("said_at", "post_id")
    answers = CountedPost.objects.filter(answers=OuterRef("pk")).order_by("said_at")
    rows = CountedPerson.objects.filter(pk__in=people).values_list(
        "pk",
        Subquery(posts.values("said_at")[:1]),
        Subquery(posts.reverse().values("said_at")[:1]),
        Subquery(posts.values("network")[:1]),
        Subquery(posts.values("language")[:1]),
        Subquery(answers.values("said_at")[:1]),
    )
    return [
        CountedPerson(
            person_id=pk,
            first_at=first,
            last_at=last,
            network=network,
            language=language,
            answered_at=answered,
        )
        for pk, first, last, network, language, answered in rows
        if first is not None
    ]


def _known(row: CountedPerson) -> Known:
    return Known(row.first_at, row.last_at, row.network, row.language, row.answered_at)


def add_tallies(changes: Mapping[Tally, int]) -> None:
    moved = {key: by for key, by in changes.items() if by}
    days, kinds = {key[0] for key in moved}, {key[1] for key in moved}
    rows = DailyTally.objects.filter(day__in=days, kind__in=kinds)
    there = {(row.day, row.kind, row.network, row.language): row.value for row in rows}
    sums = {key: there.get(key, 0) + by for key, by in moved.items()}
    DailyTally.objects.bulk_create(
        (
            DailyTally(day=day, kind=kind, network=network, language=language, value=value)
            for (day, kind, network, language), value in sums.items()
        ),
        update_conflicts=True,
        unique_fields=["day", "kind", "network", "language"],
        update_fields=["value"],
    )
    _sweep(DailyTally.objects.filter(day__in=days, value=0), sums)


def add_attendances(changes: Mapping[Attendance, int]) -> None:
    moved = {key: by for key, by in changes.items() if by}
    people, starts = {key[0] for key in moved}, {key[2] for key in moved}
    rows = Presence.objects.filter(person__in=people, start__in=starts)
    there = {_attendance(row): row.posts for row in rows}
    sums = {key: there.get(key, 0) + by for key, by in moved.items()}
    Presence.objects.bulk_create(
        (
            Presence(
                person_id=person,
                span=span,
                start=start,
                part=part,
                network=network,
                language=language,
                posts=posts,
            )
            for (person, span, start, part, network, language), posts in sums.items()
        ),
        update_conflicts=True,
        unique_fields=["person", "span", "start", "part", "network", "language"],
        update_fields=["posts"],
    )
    _sweep(Presence.objects.filter(person__in=people, posts=0), sums)


def _attendance(row: Presence) -> Attendance:
    return row.person_id, row.span, row.start, row.part, row.network, row.language


def add_pairs(changes: Mapping[Pair, int]) -> None:
    """When two people answered each other first and last is read from the ledger of posts."""
    pairs = list(changes)
    there = {(row.answerer_id, row.answered_id): row.posts for row in _of(pairs)}
    sums = {pair: there.get(pair, 0) + by for pair, by in changes.items()}
    Exchange.objects.bulk_create(
        (
            Exchange(answerer_id=one, answered_id=other, posts=posts, first_at=NEVER, last_at=NEVER)
            for (one, other), posts in sums.items()
        ),
        update_conflicts=True,
        unique_fields=["answerer", "answered"],
        update_fields=["posts"],
    )
    _sweep(_of(pairs).filter(posts=0), sums)
    posts = CountedPost.objects.filter(
        person=OuterRef("answerer"), answers=OuterRef("answered")
    ).order_by("said_at")
    _of(pairs).update(
        first_at=Subquery(posts.values("said_at")[:1]),
        last_at=Subquery(posts.reverse().values("said_at")[:1]),
    )


def _of(pairs: Iterable[Pair]) -> QuerySet[Exchange]:
    either = (Q(answerer=one, answered=other) for one, other in pairs)
    return Exchange.objects.filter(reduce(or_, either, Q(pk__in=[])))


def _sweep(rows: QuerySet[Any], sums: Mapping[Any, int]) -> None:
    """No row where nothing is left."""
    if 0 in sums.values():
        rows.delete()
