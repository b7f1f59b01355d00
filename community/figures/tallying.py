"""The step that counts: posts that are new or changed go into ledgers and tallies.

One worker counts at a time, so that sums are written plainly; what it has not committed is counted
again. A batch takes a constant number of queries, whatever was said before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from community.figures.counting import Said, compare, compare_people, read_post
from community.figures.ledgers import (
    add_attendances,
    add_pairs,
    add_tallies,
    keep_people,
    keep_posts,
    kept_posts,
)
from community.models import AccountLink, Consent, FiguresMark, Help
from microblog.models import Post
from microblog.models.posts import PostQuerySet
from microblog.steps import Backlog

BATCH = 200
ABOVE = ("parent", "parent__parent", "parent__parent__parent")
NEEDED = ("author_id", "visibility", "deleted_at")


def tally(now: datetime, *, batch: int = BATCH) -> int:
    """Count one batch; returns how many posts it held, 0 where somebody else is counting."""
    with transaction.atomic():
        mark = lock_figures()
        if mark is None:
            return 0
        waiting = _with_what_they_answer().order_by("pk").select_for_update(of=("self",))
        posts = list(waiting[:batch])
        if posts and _count(posts):
            FiguresMark.objects.filter(pk=mark.pk).update(moved_at=now)
        return len(posts)


def backlog(now: datetime) -> Backlog:
    waiting = Post.objects.untallied().order_by("pk")
    return Backlog(waiting.count(), waiting.values_list("heard_at", flat=True).first())


def lock_figures(*, wait: bool = False) -> FiguresMark | None:
    """Until the transaction ends nobody else counts. None where somebody does."""
    marks = FiguresMark.objects.select_for_update(skip_locked=not wait).filter(pk=1)
    mark = marks.first()
    if mark is None:
        FiguresMark.objects.bulk_create([FiguresMark(pk=1)], ignore_conflicts=True)
        mark = marks.first()
    return mark


def _with_what_they_answer() -> PostQuerySet:
    above = [f"{way}__{field}" for way in ABOVE for field in NEEDED]
    links = [f"{way}__parent_id" for way in ABOVE[:-1]]
    return (
        Post.objects.untallied()
        .select_related(*ABOVE)
        .only(*NEEDED, "network", "language", "said_at", "parent_id", *above, *links)
    )


def _count(posts: Sequence[Post]) -> bool:
    """Whether any figure moved."""
    before = kept_posts(posts)
    after = _read(posts)
    moved = [pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk)]
    if moved:
        _move({pk: before[pk] for pk in moved if pk in before}, _only(after, moved))
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(
        tallied_fingerprint=F("fingerprint")
    )
    return bool(moved)


def _only(said: Mapping[int, Said], posts: Iterable[int]) -> dict[int, Said]:
    return {pk: said[pk] for pk in posts if pk in said}


def _move(before: Mapping[int, Said], after: Mapping[int, Said]) -> None:
    changes = compare(before.values(), after.values())
    keep_posts(after, gone=before.keys() - after.keys())
    known_before, known_after = keep_people(changes.people)
    tallies = changes.tallies
    tallies.update(compare_people(known_before, known_after))
    add_tallies(tallies)
    add_attendances(changes.attendances)
    add_pairs(changes.pairs)
    speakers = {pk: said.person for pk, said in before.items()}
    _recount_below(pk for pk in before.keys() | after.keys() if _other(pk, speakers, after))


def _other(post: int, before: Mapping[int, int], after: Mapping[int, Said]) -> bool:
    """Whether the post became somebody else's, or nobody's: what hangs on it means another
    thing."""
    said = after.get(post)
    return before.get(post) != (said.person if said else None)


def _recount_below(posts: Iterable[int]) -> None:
    """As far down as a conversation looks up: three posts."""
    above, below = list(posts), set[int]()
    for _generation in ABOVE:
        above = list(Post.objects.filter(parent__in=above).order_by().values_list("pk", flat=True))
        below.update(above)
    Post.objects.filter(pk__in=below).update(tallied_fingerprint="")


def _read(posts: Sequence[Post]) -> dict[int, Said]:
    people = _people_behind(posts)
    confirmed = Help.objects.confirmed().filter(reply__in=posts)
    helps = set(confirmed.values_list("reply_id", flat=True))
    read = {post.pk: read_post(post, people, is_help=post.pk in helps) for post in posts}
    return {pk: said for pk, said in read.items() if said is not None}


def _people_behind(posts: Sequence[Post]) -> dict[int, int]:
    """Account → person, of all who take part and want to be counted; machines don't take part."""
    authors = {author for post in posts for author in _authors_up(post)}
    links = (
        AccountLink.objects.filter(account__in=authors, account__is_bot=False)
        .filter(account__connections=None)
        .exclude(participant__consent=Consent.NOTHING)
    )
    return dict(links.values_list("account_id", "participant_id"))


def _authors_up(post: Post) -> Iterator[int]:
    """Of the post and of the three above it."""
    one: Post | None = post
    for above in range(len(ABOVE) + 1):
        if one is None:
            return
        yield one.author_id
        one = one.parent if above < len(ABOVE) else None
