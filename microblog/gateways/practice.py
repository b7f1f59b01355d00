"""The gateway to the practice timeline: the same promises as any network's, kept over our own rows.

A post's remote id is its uri; cursors are ids of rows.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from microblog.gateways.base import (
    Attachment,
    Draft,
    Gone,
    Heard,
    HeardAccount,
    HeardPost,
    HeardReaction,
    Limits,
    Never,
    ReactionKind,
)
from microblog.gateways.practice_values import heard_account, heard_post
from microblog.hashtags import normalise
from microblog.models import Account, Follow, Post, Reaction, TimelineSettings
from microblog.timeline.photos import MOST_PHOTOS, Photo, keep_photo
from microblog.timeline.writing import delete_post, edit_post, write_post

PAGE = 100
_OVERLAP = 20
"""Rows read again each time: one with a lower id may have been committed after a higher one."""


@dataclass(frozen=True, slots=True)
class Position:
    """The highest ids known, of posts, reactions and follows. As a cursor: "12.3.4"."""

    post: int = 0
    reaction: int = 0
    follow: int = 0

    @classmethod
    def parse(cls, cursor: str) -> Self:
        """The very start for anything that we did not give out."""
        parts = cursor.split(".")
        if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            return cls()
        return cls(*(int(part) for part in parts[:3]))

    def __str__(self) -> str:
        return f"{self.post}.{self.reaction}.{self.follow}"


class PracticeGateway:
    """See base.Gateway for what each method promises. Nothing here waits on a network."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def __repr__(self) -> str:
        return f"<{type(self).__name__} @{self._account.handle}>"

    def verify(self) -> HeardAccount:
        return heard_account(self._account)

    def limits(self) -> Limits:
        """The site's own; links count short, as elsewhere, so that the bot's words always fit."""
        settings = TimelineSettings.objects.order_by("-site__is_default_site").first()
        characters = settings.character_limit if settings else Limits().characters
        return Limits(characters=characters, attachments=MOST_PHOTOS)

    def cursor_at(self, moment: datetime) -> str:
        highest = Post.objects.practice().filter(said_at__lte=moment).aggregate(Max("pk"))
        return str(Position(post=highest["pk__max"] or 0))

    def fetch_mentions(self, cursor: str) -> Heard:
        position = Position.parse(cursor)
        to_us = Q(mentions__account=self._account) | Q(parent__author=self._account)
        posts, post = self._read_posts(
            Post.objects.filter(to_us).exclude(author=self._account).distinct(), position.post
        )
        reactions, reaction = self._read_reactions(position.reaction)
        follows, followed = self._read_follows(position.follow)
        new = len(posts) >= PAGE or len(reactions) >= PAGE or len(follows) >= PAGE
        cursor = str(Position(post, reaction, followed))
        return Heard(posts, (*reactions, *follows), cursor=cursor, complete=not new)

    def fetch_hashtag(self, hashtag: str, cursor: str) -> Heard:
        name = normalise(hashtag)
        posts, last = self._read_posts(
            Post.objects.filter(hashtag_rows__name=name).public(), Position.parse(cursor).post
        )
        return Heard(posts, cursor=str(Position(post=last)), complete=len(posts) < PAGE)

    def fetch_thread(self, remote_id: str) -> Heard:
        """All below the post; the tree is climbed down level by level."""
        level = [self._find(remote_id).pk]
        found: list[Post] = []
        while level:
            answers = self._readable().filter(parent__in=level)
            found += answers
            level = [post.pk for post in answers]
        return Heard(tuple(heard_post(post) for post in found))

    def fetch_post(self, remote_id: str) -> HeardPost:
        return heard_post(self._find(remote_id))

    def resolve(self, url: str) -> HeardPost:
        """By uri, by address, or by the address of its page in any language."""
        wanted = url.partition("?")[0].partition("#")[0].rstrip("/")
        found = self._readable().filter(Q(uri=wanted) | Q(url=wanted)).first()
        if found is None:
            handle, _, number = wanted.rpartition("/@")[2].partition("/")
            found = (
                self._readable()
                .filter(author__handle__iexact=handle, uri__endswith=f"/{number}")
                .first()
                if number.isdigit()
                else None
            )
        if found is None:
            raise Gone(f"There is no post at {url[:200]!r}")
        return heard_post(found)

    def fetch_own(self, since: datetime) -> Sequence[HeardPost]:
        own = self._readable().filter(author=self._account, said_at__gte=since)
        return [heard_post(post) for post in own.order_by("-said_at", "-pk")]

    def publish(self, draft: Draft) -> HeardPost:
        """The key becomes the post's number, so the same promise is never written twice."""
        self._check(draft)
        number = str(int.from_bytes(hashlib.blake2b(draft.key.encode(), digest_size=7).digest()))
        said = Post.objects.filter(uri=f"{self._account.uri}/{number}").first()
        if said is not None:
            return heard_post(self._find(said.uri))
        post = write_post(
            self._account,
            text=draft.text,
            now=timezone.now(),
            number=number,
            in_reply_to=self._find(draft.reply_to_id) if draft.reply_to_id else None,
            content_warning=draft.content_warning,
            language=draft.language,
            visibility=draft.visibility,
            photos=[self._copy(attachment) for attachment in draft.attachments],
        )
        return self.fetch_post(post.uri)

    def edit(self, remote_id: str, draft: Draft) -> HeardPost:
        self._check(draft)
        post = self._find_own(remote_id)
        edit_post(
            post,
            text=draft.text,
            now=timezone.now(),
            content_warning=draft.content_warning,
            language=draft.language or post.language,
            photos=[Photo(media, media.alt_text) for media in post.media.all()],
        )
        return self.fetch_post(remote_id)

    def delete(self, remote_id: str) -> None:
        own = Post.objects.practice().alive().filter(uri=remote_id, author=self._account)
        for post in own:
            delete_post(post, now=timezone.now())

    def _check(self, draft: Draft) -> None:
        """Raises Never for what this timeline doesn't take."""
        if not draft.text.strip() and not draft.attachments:
            raise Never("A post needs words or a photo")
        if len(draft.attachments) > MOST_PHOTOS:
            raise Never(f"A post has {MOST_PHOTOS} photos at most")

    def _copy(self, attachment: Attachment) -> Photo:
        """A copy: when the post is taken back its file goes, and the original stays."""
        try:
            with default_storage.open(attachment.path) as file:
                content = ContentFile(file.read(), name=attachment.path.rpartition("/")[2])
        except OSError as error:
            raise Never(f"The picture {attachment.path!r} can't be read") from error
        return Photo(keep_photo(self._account, content), attachment.alt_text)

    def _readable(self) -> QuerySet[Post]:
        return (
            Post.objects.practice()
            .alive()
            .readable_by(self._account)
            .select_related("author", "parent")
            .prefetch_related("media", "mentions__account")
        )

    def _find(self, remote_id: str) -> Post:
        """Raises Gone."""
        post = self._readable().filter(uri=remote_id).first()
        if post is None:
            raise Gone(f"The post {remote_id[:200]!r} is gone")
        return post

    def _find_own(self, remote_id: str) -> Post:
        post = self._find(remote_id)
        if post.author_id != self._account.pk:
            raise Never("Only its author changes a post")
        return post

    def _read_posts(self, wanted: QuerySet[Post], after: int) -> tuple[tuple[HeardPost, ...], int]:
        rows = self._readable().filter(pk__in=wanted.values("pk"), pk__gt=after - _OVERLAP)
        page = list(rows.order_by("pk")[: PAGE + _OVERLAP])
        return tuple(heard_post(post) for post in page), _highest(page, after)

    def _read_reactions(self, after: int) -> tuple[tuple[HeardReaction, ...], int]:
        rows = Reaction.objects.filter(post__author=self._account, pk__gt=after - _OVERLAP)
        page = list(
            rows.exclude(account=self._account)
            .filter(post__deleted_at=None)
            .select_related("account", "post__author", "post__parent")
            .prefetch_related("post__media", "post__mentions__account")
            .order_by("pk")[: PAGE + _OVERLAP]
        )
        heard = tuple(
            HeardReaction(
                kind=ReactionKind(row.kind),
                account=heard_account(row.account),
                created_at=row.created_at,
                post=heard_post(row.post),
            )
            for row in page
        )
        return heard, _highest(page, after)

    def _read_follows(self, after: int) -> tuple[tuple[HeardReaction, ...], int]:
        rows = Follow.objects.filter(followed=self._account, pk__gt=after - _OVERLAP)
        page = list(rows.select_related("follower").order_by("pk")[: PAGE + _OVERLAP])
        heard = tuple(
            HeardReaction(ReactionKind.FOLLOW, heard_account(row.follower), row.created_at)
            for row in page
        )
        return heard, _highest(page, after)


def _highest(rows: Iterable[Post | Reaction | Follow], known: int) -> int:
    return max([known, *(row.pk for row in rows)])
