"""Writes what was counted. Only for whoever holds the lock of the figures (see tallying)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from community.figures.counting import Attendance, Known, Member, Pair, Said, Tally
from community.models import CountedPerson, CountedPost, DailyTally, Exchange, Presence
from microblog.models import Post

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Until the ledger of posts is asked, in the same transaction."""
NOBODY = Q(pk__in=[])


Counted = tuple[int, int]
"""Post, site."""


def kept_posts(posts: Sequence[Post]) -> dict[Counted, Said]:
    return {
        (row.post_id, row.site): Said(
            site=row.site,
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


def keep_posts(said: Mapping[Counted, Said], *, gone: Iterable[Counted]) -> None:
    by_site: dict[int, list[int]] = defaultdict(list)
    for post, site in gone:
        by_site[site].append(post)
    either = (Q(site=site, post__in=posts) for site, posts in by_site.items())
    CountedPost.objects.filter(reduce(or_, either, NOBODY)).delete()
    rows = [
        CountedPost(
            post_id=post,
            site=site,
            person_id=one.person,
            said_at=one.said_at,
            network=one.network,
            language=one.language,
            answers_id=one.answers,
            converses=one.converses,
            helps=one.helps,
        )
        for (post, site), one in said.items()
    ]
    written = ["person", "said_at", "network", "language", "answers", "converses", "helps"]
    CountedPost.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["post", "site"], update_fields=written
    )


def keep_people(people: Collection[Member]) -> tuple[list[Known], list[Known]]:
    """What is known of these people, read anew from the ledger of posts; before, and now."""
    before = {(row.site, row.person_id): row for row in _members(people)}
    CountedPerson.objects.bulk_create(
        CountedPerson(site=site, person_id=person, first_at=NEVER, last_at=NEVER)
        for site, person in people
        if (site, person) not in before
    )
    now = _read_again(people)
    silent = [member for member in people if member not in now]
    _members(silent).delete()
    CountedPerson.objects.bulk_create(
        now.values(),
        update_conflicts=True,
        unique_fields=["person", "site"],
        update_fields=["first_at", "last_at", "network", "language", "answered_at"],
    )
    return [_known(row) for row in before.values()], [_known(row) for row in now.values()]


def _members(people: Iterable[Member]) -> QuerySet[CountedPerson]:
    by_site: dict[int, list[int]] = defaultdict(list)
    for site, person in people:
        by_site[site].append(person)
    either = (Q(site=site, person__in=them) for site, them in by_site.items())
    return CountedPerson.objects.filter(reduce(or_, either, NOBODY))


def _read_again(people: Collection[Member]) -> dict[Member, CountedPerson]:
    """By the ledger's indexes: its first row, its last one, and the first that answers."""
    here = CountedPost.objects.filter(site=OuterRef("site"))
    posts = here.filter(person=OuterRef("person")).order_by("said_at", "post_id")
    answers = here.filter(answers=OuterRef("person")).order_by("said_at")
    rows = _members(people).values_list(
        "site",
        "person_id",
        Subquery(posts.values("said_at")[:1]),
        Subquery(posts.reverse().values("said_at")[:1]),
        Subquery(posts.values("network")[:1]),
        Subquery(posts.values("language")[:1]),
        Subquery(answers.values("said_at")[:1]),
    )
    return {
        (site, person): CountedPerson(
            site=site,
            person_id=person,
            first_at=first,
            last_at=last,
            network=network,
            language=language,
            answered_at=answered,
        )
        for site, person, first, last, network, language, answered in rows
        if first is not None
    }


def _known(row: CountedPerson) -> Known:
    return Known(
        row.first_at, row.last_at, row.network, row.language, row.answered_at, site=row.site
    )


def add_tallies(changes: Mapping[Tally, int]) -> None:
    moved = {key: by for key, by in changes.items() if by}
    days, kinds = {key[1] for key in moved}, {key[2] for key in moved}
    rows = DailyTally.objects.filter(day__in=days, kind__in=kinds)
    there = {(row.site, row.day, row.kind, row.network, row.language): row.value for row in rows}
    sums = {key: there.get(key, 0) + by for key, by in moved.items()}
    DailyTally.objects.bulk_create(
        (
            DailyTally(
                site=site, day=day, kind=kind, network=network, language=language, value=value
            )
            for (site, day, kind, network, language), value in sums.items()
        ),
        update_conflicts=True,
        unique_fields=["site", "day", "kind", "network", "language"],
        update_fields=["value"],
    )
    _sweep(DailyTally.objects.filter(day__in=days, value=0), sums)


def add_attendances(changes: Mapping[Attendance, int]) -> None:
    moved = {key: by for key, by in changes.items() if by}
    people, starts = {key[1] for key in moved}, {key[3] for key in moved}
    rows = Presence.objects.filter(person__in=people, start__in=starts)
    there = {_attendance(row): row.posts for row in rows}
    sums = {key: there.get(key, 0) + by for key, by in moved.items()}
    Presence.objects.bulk_create(
        (
            Presence(
                site=site,
                person_id=person,
                span=span,
                start=start,
                part=part,
                network=network,
                language=language,
                posts=posts,
            )
            for (site, person, span, start, part, network, language), posts in sums.items()
        ),
        update_conflicts=True,
        unique_fields=["person", "site", "span", "start", "part", "network", "language"],
        update_fields=["posts"],
    )
    _sweep(Presence.objects.filter(person__in=people, posts=0), sums)


def _attendance(row: Presence) -> Attendance:
    place = row.network, row.language
    return row.site, row.person_id, row.span, row.start, row.part, *place


def add_pairs(changes: Mapping[Pair, int]) -> None:
    """When two people answered each other first and last is read from the ledger of posts."""
    pairs = list(changes)
    there = {(row.site, row.answerer_id, row.answered_id): row.posts for row in _of(pairs)}
    sums = {pair: there.get(pair, 0) + by for pair, by in changes.items()}
    Exchange.objects.bulk_create(
        (
            Exchange(
                site=site,
                answerer_id=one,
                answered_id=other,
                posts=posts,
                first_at=NEVER,
                last_at=NEVER,
            )
            for (site, one, other), posts in sums.items()
        ),
        update_conflicts=True,
        unique_fields=["answerer", "answered", "site"],
        update_fields=["posts"],
    )
    _sweep(_of(pairs).filter(posts=0), sums)
    posts = CountedPost.objects.filter(
        site=OuterRef("site"), person=OuterRef("answerer"), answers=OuterRef("answered")
    ).order_by("said_at")
    _of(pairs).update(
        first_at=Subquery(posts.values("said_at")[:1]),
        last_at=Subquery(posts.reverse().values("said_at")[:1]),
    )


def _of(pairs: Iterable[Pair]) -> QuerySet[Exchange]:
    either = (Q(site=site, answerer=one, answered=other) for site, one, other in pairs)
    return Exchange.objects.filter(reduce(or_, either, NOBODY))


def _sweep(rows: QuerySet[Any], sums: Mapping[Any, int]) -> None:
    """No row where nothing is left."""
    if 0 in sums.values():
        rows.delete()
