"""The step that counts: posts that are new or changed go into ledgers and tallies.

One worker counts at a time, so that sums are written plainly; what it has not committed is counted
again. A batch takes a constant number of queries, whatever was said before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F

from community.figures.counting import Said, compare, compare_people, read_post
from community.figures.ledgers import (
    Counted,
    add_attendances,
    add_pairs,
    add_tallies,
    keep_people,
    keep_posts,
    kept_posts,
)
from community.models import AccountLink, Consent, FiguresMark, Help
from community.models.figures import ALL
from community.moocs import Moocs
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
        moocs = Moocs.read()
        _tell_moocs_apart(mark, moocs)
        waiting = _with_what_they_answer().order_by("pk").select_for_update(of=("self",))
        posts = list(waiting[:batch])
        if posts and _count(posts, moocs):
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


def _tell_moocs_apart(mark: FiguresMark, moocs: Moocs) -> None:
    """Where MOOCs are told apart differently than before, all is counted again, post by post;
    meanwhile, and in the sums of the installation for ever, every post counts as it did."""
    if mark.moocs != moocs.fingerprint:
        FiguresMark.objects.filter(pk=mark.pk).update(moocs=moocs.fingerprint)
        Post.objects.exclude(tallied_fingerprint="").update(tallied_fingerprint="")


def _with_what_they_answer() -> PostQuerySet:
    above = [f"{way}__{field}" for way in ABOVE for field in NEEDED]
    links = [f"{way}__parent_id" for way in ABOVE[:-1]]
    return (
        Post.objects.untallied()
        .select_related(*ABOVE)
        .only(*NEEDED, "hashtags", "network", "language", "said_at", "parent_id", *above, *links)
    )


def _count(posts: Sequence[Post], moocs: Moocs) -> bool:
    """Whether any figure moved."""
    before = kept_posts(posts)
    after = _read(posts, moocs)
    moved = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    if moved:
        _move({key: before[key] for key in moved if key in before}, _only(after, moved))
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(
        tallied_fingerprint=F("fingerprint")
    )
    return bool(moved)


def _only(said: Mapping[Counted, Said], keys: Iterable[Counted]) -> dict[Counted, Said]:
    return {key: said[key] for key in keys if key in said}


def _move(before: Mapping[Counted, Said], after: Mapping[Counted, Said]) -> None:
    changes = compare(before.values(), after.values())
    keep_posts(after, gone=before.keys() - after.keys())
    known_before, known_after = keep_people(changes.people)
    tallies = changes.tallies
    tallies.update(compare_people(known_before, known_after))
    add_tallies(tallies)
    add_attendances(changes.attendances)
    add_pairs(changes.pairs)
    whole = {key for key in before.keys() | after.keys() if key[1] == ALL}
    _recount_below(key[0] for key in whole if _other(before.get(key), after.get(key)))


def _other(before: Said | None, after: Said | None) -> bool:
    """Whether a post became somebody else's, or nobody's: what hangs on it means another thing."""
    return (before.person if before else None) != (after.person if after else None)


def _recount_below(posts: Iterable[int]) -> None:
    """As far down as a conversation looks up: three posts."""
    above, below = list(posts), set[int]()
    for _generation in ABOVE:
        above = list(Post.objects.filter(parent__in=above).order_by().values_list("pk", flat=True))
        below.update(above)
    Post.objects.filter(pk__in=below).update(tallied_fingerprint="")


def _read(posts: Sequence[Post], moocs: Moocs) -> dict[Counted, Said]:
    people = _people_behind(posts)
    confirmed = Help.objects.confirmed().filter(reply__in=posts)
    helps = set(confirmed.values_list("reply_id", flat=True))
    read = {post.pk: read_post(post, people, is_help=post.pk in helps) for post in posts}
    homes = {} if moocs.is_one else moocs.of_posts(posts)
    return {
        (pk, site): replace(said, site=site)
        for pk, said in read.items()
        if said is not None
        for site in (ALL, *(mooc.site_id for mooc in homes.get(pk, ()) if mooc.site_id))
    }


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
