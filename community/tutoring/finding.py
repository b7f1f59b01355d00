"""Opens a need for everybody in a batch who waits for a person; closes those that are met.

Called for every batch that is screened, in its transaction; a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q, prefetch_related_objects

from community.models import Consent, LiveEvent, Need, NeedReason, Participant
from community.moocs import mooc_hashtags
from community.people import known_participants, participants_of
from community.tutoring.access import TUTORS
from community.tutoring.closing import close_by_answers, refresh_needs
from community.tutoring.kinds import QUESTION, speaks_to_us
from community.tutoring.needs import Batch, FoundNeed, find_needs, kind_of
from microblog.gateways.base import Visibility
from microblog.hashtags import bare
from microblog.models import Post

OPEN = {Visibility.PUBLIC.value, Visibility.UNLISTED.value}
Key = tuple[int, str]
"""A post and a kind of reason."""


def note_needs(
    posts: Sequence[Post],
    *,
    ours: Iterable[int],
    events: Mapping[int, LiveEvent],
    now: datetime,
) -> None:
    """`posts` are alive and not ours, with `mentions` and `parent` at hand; `events`: the live
    event that each was said in, by post id."""
    prefetch_related_objects(list(posts), "author", "parent")
    people_only = [post for post in posts if not post.author.is_bot]
    batch = _batch_of(people_only, frozenset(ours), events, now)
    found = _unanswered(find_needs(batch), batch)
    written = list(NeedReason.objects.filter(post__in=[post.pk for post in batch.posts]))
    touched = _drop_stale(written, found, now) | _open(_not_written(found, written), batch)
    refresh_needs(touched, now=now)
    close_by_answers([post for post in people_only if _answers_somebody(post)], now=now)


def _answers_somebody(post: Post) -> bool:
    return post.parent is not None and post.parent.author_id != post.author_id


def _batch_of(
    posts: Sequence[Post], ours: frozenset[int], events: Mapping[int, LiveEvent], now: datetime
) -> Batch:
    """What is public, by people who may be helped. Strangers who speak to us become known."""
    readable = [post for post in posts if post.visibility in OPEN and not post.author.refuses_bots]
    people = known_participants({post.author_id for post in readable})
    hashtags = bare(mooc_hashtags()) if len(people) < len(readable) else set()
    strangers = {
        post.author_id: post.author
        for post in readable
        if post.author_id not in people and speaks_to_us(post, ours, hashtags)
    }
    if strangers:
        people = people | participants_of(strangers.values())
    helpers = _helpers_among(people.values())
    people = {
        pk: one
        for pk, one in people.items()
        if one.consent != Consent.NOTHING and one.pk not in helpers
    }
    known = [post for post in readable if post.author_id in people]
    return Batch(known, people, ours, events, now)


def _helpers_among(people: Iterable[Participant]) -> set[int]:
    """Tutors and organisers wait for nobody, however new they are."""
    with_login = {one.pk for one in people if one.user_id}
    if not with_login:
        return set()
    tutors = Q(user__groups__name=TUTORS) | Q(
        tutoring__isnull=False, tutoring__stopped_at=None, tutoring__paused_at=None
    )
    found = Participant.objects.filter(tutors | Q(user__is_staff=True), pk__in=with_login)
    return set(found.values_list("pk", flat=True))


def _unanswered(found: Sequence[FoundNeed], batch: Batch) -> list[FoundNeed]:
    """Without those to which some person has replied already."""
    if not found:
        return []
    replies = (
        Post.objects.alive()
        .filter(parent__in={need.post.pk for need in found}, author__is_bot=False)
        .exclude(author__in=batch.ours)
        .values_list("parent", "author")
        .distinct()
    )
    authors = {need.post.pk: need.post.author_id for need in found}
    answered = {parent for parent, author in replies if author != authors.get(parent or 0)}
    return [need for need in found if need.post.pk not in answered]


def _drop_stale(
    written: Iterable[NeedReason], found: Iterable[FoundNeed], now: datetime
) -> set[int]:
    """A question that an edit took out is none any more. Returns the needs that this touches."""
    asking = {need.post.pk for need in found if need.kind == QUESTION}
    stale = [
        row
        for row in written
        if row.kind == QUESTION and row.closed_at is None and row.post_id not in asking
    ]
    if stale:
        NeedReason.objects.filter(pk__in=[row.pk for row in stale]).update(closed_at=now)
    return {row.need_id for row in stale}


def _open(new: Sequence[FoundNeed], batch: Batch) -> set[int]:
    """Write these; returns the needs that got a reason."""
    if not new:
        return set()
    people: dict[int, FoundNeed] = {}
    for one in new:
        people.setdefault(batch.people[one.post.author_id].pk, one)
    Need.objects.bulk_create(
        [_row(person, one) for person, one in people.items()], ignore_conflicts=True
    )
    needs = {need.person_id: need for need in Need.objects.waiting().filter(person__in=people)}
    held = _kinds_held(needs.values())
    rows = []
    for one in new:
        need = needs[batch.people[one.post.author_id].pk]
        if one.kind in held[need.pk] and kind_of(one.kind).of_person:
            continue
        held[need.pk].add(one.kind)
        rows.append(_reason(need, one))
    NeedReason.objects.bulk_create(rows, ignore_conflicts=True)
    return {need.pk for need in needs.values()}


def _not_written(found: Sequence[FoundNeed], written: Iterable[NeedReason]) -> list[FoundNeed]:
    """What was met or set aside once stays so, whatever a later edit does."""
    known: set[Key] = {(row.post_id, row.kind) for row in written}
    new: dict[Key, FoundNeed] = {}
    for need in sorted(found, key=lambda one: (one.post.said_at, one.post.pk)):
        if (need.post.pk, need.kind) not in known:
            new.setdefault((need.post.pk, need.kind), need)
    return list(new.values())


def _kinds_held(needs: Iterable[Need]) -> dict[int, set[str]]:
    held: dict[int, set[str]] = defaultdict(set)
    rows = NeedReason.objects.filter(need__in=[need.pk for need in needs], closed_at=None)
    for need, kind in rows.values_list("need", "kind"):
        held[need].add(kind)
    return held


def _row(person: int, found: FoundNeed) -> Need:
    """A beginning: refresh_needs says which of its posts stands for it."""
    post = found.post
    return Need(
        person_id=person,
        post=post,
        network=post.network,
        since=post.said_at,
        shows_at=found.shows_at or post.said_at,
    )


def _reason(need: Need, found: FoundNeed) -> NeedReason:
    return NeedReason(
        need=need,
        kind=found.kind,
        post=found.post,
        params=dict(found.params),
        since=found.post.said_at,
        shows_at=found.shows_at or found.post.said_at,
        until=found.until,
    )
