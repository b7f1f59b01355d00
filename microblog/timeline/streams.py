"""Timelines, read from the newest down by key, never by offset: nothing shifts while one reads.

A timeline mixes posts and boosts. Both are ordered by their moment; where two moments are equal a
boost comes first, then the higher id.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import Count, F, Q, QuerySet

from microblog.gateways.base import ReactionKind, Visibility
from microblog.models import Account, Follow, Post, Reaction
from microblog.models.posts import PostQuerySet

PAGE = 20
MOST_NEW = 40
OPEN = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_POST, _BOOST = 0, 1


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A place in a timeline. In addresses: "<microseconds>-<rank>-<id>"."""

    at: datetime
    rank: int
    pk: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for anything that we did not write."""
        parts = text.split("-")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
            return None
        micros, rank, pk = (int(part[:18]) for part in parts)
        try:
            return cls(_EPOCH + micros * _MICROSECOND, rank, pk)
        except OverflowError:
            return None

    @classmethod
    def beginning(cls) -> Self:
        """Before all that was ever written."""
        return cls(_EPOCH, 0, 0)

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.rank}-{self.pk}"


@dataclass(slots=True)
class Entry:
    post: Post
    key: Key
    boosted_by: Account | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Newest first. `older` is where to go on, None at the end; `newest` what is known so far."""

    entries: Sequence[Entry]
    older: Key | None
    newest: Key | None

    @property
    def posts(self) -> list[Post]:
        return [entry.post for entry in self.entries]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Two streams that read as one. `reader` is who looks at it, None a stranger."""

    reader: Account | None
    posts: PostQuerySet
    boosts: QuerySet[Reaction] | None = None

    def page(self, *, before: Key | None = None, size: int = PAGE) -> Page:
        found = self._read(size + 1, before=before)
        shown = self._dress(found[:size])
        older = found[size - 1][0] if len(found) > size else None
        return Page(shown, older, found[0][0] if found else None)

    def newer(self, after: Key | None) -> Page:
        """What came since; at most MOST_NEW, the newest of them."""
        found = self._read(MOST_NEW, after=after)
        return Page(self._dress(found), None, found[0][0] if found else after)

    def count_newer(self, after: Key | None) -> int:
        """Up to MOST_NEW; what one wrote oneself is no news."""
        return len(self._read(MOST_NEW, after=after, own=False))

    def _read(
        self, size: int, *, before: Key | None = None, after: Key | None = None, own: bool = True
    ) -> list[tuple[Key, int, int | None]]:
        """Triples of key, post id and booster's id."""
        posts = self.posts.alive().readable_by(self.reader)
        if not own and self.reader is not None:
            posts = posts.exclude(author=self.reader)
        rows = posts.filter(_between(_POST, "said_at", before, after)).order_by("-said_at", "-pk")
        found: list[tuple[Key, int, int | None]] = [
            (Key(at, _POST, pk), pk, None) for at, pk in rows.values_list("said_at", "pk")[:size]
        ]
        if self.boosts is not None:
            boosts = self.boosts.filter(_between(_BOOST, "created_at", before, after))
            if not own and self.reader is not None:
                boosts = boosts.exclude(account=self.reader)
            found += [
                (Key(at, _BOOST, pk), post, booster)
                for at, pk, post, booster in boosts.order_by("-created_at", "-pk").values_list(
                    "created_at", "pk", "post_id", "account_id"
                )[:size]
            ]
        return sorted(found, reverse=True)[:size]

    def _dress(self, found: Iterable[tuple[Key, int, int | None]]) -> list[Entry]:
        """Rows for the keys; a post that comes twice on one page is shown where it is newest."""
        unique = {post: (key, booster) for key, post, booster in reversed(list(found))}
        posts = fetch_posts(unique, reader=self.reader)
        boosters = Account.objects.in_bulk(
            {booster for _key, booster in unique.values() if booster is not None}
        )
        entries = [
            Entry(posts[pk], key, boosters.get(booster or 0))
            for pk, (key, booster) in unique.items()
            if pk in posts
        ]
        return sorted(entries, key=lambda entry: entry.key, reverse=True)


def _between(rank: int, moment: str, before: Key | None, after: Key | None) -> Q:
    """The part of one stream (all of one rank) that lies between two keys."""
    wanted = Q()
    if before is not None:
        wanted &= Q(**{f"{moment}__lt": before.at}) | _at_the_same_time(
            rank, moment, before, older=True
        )
    if after is not None:
        wanted &= Q(**{f"{moment}__gt": after.at}) | _at_the_same_time(
            rank, moment, after, older=False
        )
    return wanted


def _at_the_same_time(rank: int, moment: str, key: Key, *, older: bool) -> Q:
    same = Q(**{moment: key.at})
    if rank == key.rank:
        return same & (Q(pk__lt=key.pk) if older else Q(pk__gt=key.pk))
    return same if (rank < key.rank) == older else Q(pk__in=[])


def local_timeline(reader: Account | None) -> Timeline:
    """Everybody here. The bot's answers stay in their threads."""
    posts = Post.objects.practice().public()
    return Timeline(reader, posts.exclude(author__is_bot=True, parent__isnull=False))


def home_timeline(reader: Account) -> Timeline:
    """What one writes, and what the people one follows write and pass on.

    Their answers to strangers are left out: half a conversation is no reading.
    """
    followed = Follow.objects.filter(follower=reader).values("followed")
    whole = (
        Q(parent=None)
        | Q(parent__author=reader)
        | Q(parent__author=F("author"))
        | Q(parent__author__in=followed)
    )
    listed = Q(visibility__in=OPEN) & Q(author__in=followed) & whole
    posts = Post.objects.practice().filter(listed | Q(author=reader))
    return Timeline(reader, posts, _boosts().filter(account__in=followed))


def hashtag_timeline(reader: Account | None, name: str) -> Timeline:
    """`name` is normalised."""
    posts = Post.objects.practice().public()
    return Timeline(reader, posts.filter(hashtag_rows__name=name))


def profile_timeline(reader: Account | None, account: Account) -> Timeline:
    posts = Post.objects.practice().filter(author=account)
    return Timeline(reader, posts, _boosts().filter(account=account))


def _boosts() -> QuerySet[Reaction]:
    return Reaction.objects.filter(
        kind=ReactionKind.BOOST.value,
        post__deleted_at=None,
        post__visibility__in=OPEN,
    )


def fetch_posts(ids: Iterable[int], *, reader: Account | None) -> dict[int, Post]:
    """Posts by id with all that a page shows of them, in a constant number of queries."""
    posts = (
        Post.objects.filter(pk__in=list(ids))
        .select_related("author", "parent__author")
        .prefetch_related("media")
        .in_bulk()
    )
    dress_posts(list(posts.values()), reader=reader)
    return posts


def dress_posts(posts: Sequence[Post], *, reader: Account | None) -> None:
    """Write on each post what its row of actions shows: counts, and what the reader did with it."""
    known = {post.pk: post for post in posts}
    for post in posts:
        post.favourites = post.boosts = post.answers = 0
        post.is_favourite = post.is_boosted = False
    for pk, kind, count, mine in _count_reactions(known, reader):
        if kind == ReactionKind.FAVOURITE.value:
            known[pk].favourites, known[pk].is_favourite = count, bool(mine)
        else:
            known[pk].boosts, known[pk].is_boosted = count, bool(mine)
    answers = Post.objects.alive().readable_by(reader).filter(parent__in=list(known))
    for pk, count in answers.values_list("parent").annotate(count=Count("pk")).order_by():
        known[pk].answers = count


def _count_reactions(
    ids: Iterable[int], reader: Account | None
) -> Iterable[tuple[int, str, int, int]]:
    mine = Q(account=reader) if reader is not None else Q(pk__in=[])
    return (
        Reaction.objects.filter(post__in=list(ids))
        .values_list("post", "kind")
        .annotate(count=Count("pk"), mine=Count("pk", filter=mine))
        .order_by()
    )
