"""What was heard becomes rows: posts, accounts, threads. Set-based: a batch costs a constant number
of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from microblog.accounts import record_accounts
from microblog.doorbells import ring
from microblog.fingerprints import fingerprint_post
from microblog.gateways.base import HeardAccount, HeardPost, HeardReaction, ReactionKind
from microblog.models import (
    Account,
    Connection,
    Follow,
    Media,
    Mention,
    Post,
    PostHashtag,
    Reaction,
    Sighting,
)
from microblog.threads import find_parents

CHANGING = (
    "url",
    "text",
    "html",
    "language",
    "visibility",
    "content_warning",
    "is_sensitive",
    "hashtags",
    "links",
    "quote_uri",
    "edited_at",
    "fingerprint",
)
"""The columns of a post that an edit may change."""
FAST_CLOCKS = timedelta(minutes=2)
"""How far a server's clock may be ahead of ours and still be believed."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a batch changed here."""

    new: int = 0
    changed: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


def record_posts(
    connection: Connection, heard: Iterable[HeardPost], *, via: Sighting.Via, now: datetime
) -> Recorded:
    """Write what a server told; boosts are nobody's words and left out. Repeating it changes
    nothing."""
    unique = {post.uri: post for post in heard if post.uri and not post.boost_of_uri}
    if not unique:
        return Recorded()
    with transaction.atomic():
        accounts = record_accounts(connection, _people(unique.values()), now=now)
        recorded = _write_posts(connection, unique, accounts, now)
        rows = Post.objects.in_bulk(unique, field_name="uri")
        _write_sightings(connection, unique, rows, via)
        find_parents(connection, rows.values(), unique)
    if recorded:
        ring("screen")
    return recorded


def _people(posts: Iterable[HeardPost]) -> list[HeardAccount]:
    """Authors last: they are described best by their own posts."""
    posts = list(posts)
    mentioned = [mention for post in posts for mention in post.mentions if mention.uri]
    return mentioned + [post.author for post in posts]


def _write_posts(
    connection: Connection, heard: dict[str, HeardPost], accounts: dict[str, Account], now: datetime
) -> Recorded:
    known = {post.uri: post for post in Post.objects.filter(uri__in=heard).select_for_update()}
    new, changed = [], []
    for uri, post in heard.items():
        author = accounts[post.author.uri]
        row = known.get(uri)
        if row is None:
            new.append(
                _fill(
                    Post(
                        network=connection.network,
                        uri=uri,
                        author=author,
                        said_at=_said_at(post, now),
                    ),
                    post,
                )
            )
        elif (
            row.author_id == author.pk
            and row.deleted_at is None
            and row.fingerprint != fingerprint_post(post)
        ):
            # Only its author edits a post: a server that lets a neighbour do so is not believed.
            changed.append(_fill(row, post))
    Post.objects.bulk_create(new, ignore_conflicts=True)
    Post.objects.bulk_update(changed, CHANGING, batch_size=200)
    touched = {post.uri for post in (*new, *changed)}
    if touched:
        _write_parts({uri: heard[uri] for uri in touched}, accounts, {post.pk for post in changed})
    return Recorded(len(new), len(changed))


def _said_at(heard: HeardPost, now: datetime) -> datetime:
    """As its server says, unless that is still to come: nobody stays on top by a wrong date."""
    return heard.created_at if heard.created_at <= now + FAST_CLOCKS else now


def _fill(row: Post, heard: HeardPost) -> Post:
    row.url = heard.url[:500]
    row.text = heard.text
    row.html = heard.html
    row.language = heard.language[:20]
    row.visibility = heard.visibility.value
    row.content_warning = heard.content_warning[:500]
    row.is_sensitive = heard.is_sensitive
    row.hashtags = list(heard.hashtags)
    row.links = list(heard.links)
    row.quote_uri = heard.quote_uri[:500]
    row.parent_uri = row.parent_uri or heard.parent_uri[:500]
    row.edited_at = heard.edited_at
    row.fingerprint = fingerprint_post(heard)
    return row


def _write_parts(
    heard: dict[str, HeardPost], accounts: dict[str, Account], edited: set[int]
) -> None:
    """Hashtags, mentions and media of posts that are new or changed; an edit writes them anew."""
    if edited:
        for model in (PostHashtag, Mention, Media):
            model._default_manager.filter(post__in=edited).delete()
    rows = Post.objects.in_bulk(heard, field_name="uri")
    pairs = [(rows[uri], post) for uri, post in heard.items() if uri in rows]
    PostHashtag.objects.bulk_create(
        [PostHashtag.of(row, name) for row, post in pairs for name in dict.fromkeys(post.hashtags)],
        ignore_conflicts=True,
    )
    Mention.objects.bulk_create(
        [
            Mention(post=row, account=accounts[mention.uri], position=position)
            for row, post in pairs
            for position, mention in enumerate(post.mentions)
            if mention.uri in accounts
        ],
        ignore_conflicts=True,
    )
    have_media = set(
        Media.objects.filter(post__in=[row for row, _ in pairs]).values_list("post_id", flat=True)
    )
    Media.objects.bulk_create(
        Media(
            post=row,
            kind=media.kind.value,
            remote_url=media.url[:1000],
            preview_url=media.preview_url[:1000],
            alt_text=media.alt_text,
            width=media.width or None,
            height=media.height or None,
            position=position,
        )
        for row, post in pairs
        if row.pk not in have_media
        for position, media in enumerate(post.media)
    )


def _write_sightings(
    connection: Connection, heard: dict[str, HeardPost], rows: dict[str, Post], via: Sighting.Via
) -> None:
    """A known post that returns under another id (one server renames after an edit) is followed
    there."""
    seen = {
        sighting.post_id: sighting
        for sighting in Sighting.objects.filter(connection=connection, post__in=rows.values())
    }
    new, renamed = [], []
    for uri, row in rows.items():
        post = heard[uri]
        sighting = seen.get(row.pk)
        if sighting is None:
            parent = "" if row.parent_id or post.parent_uri else post.parent_remote_id
            new.append(
                Sighting(
                    post=row,
                    connection=connection,
                    remote_id=post.remote_id,
                    parent_remote_id=parent,
                    via=via,
                )
            )
        elif sighting.remote_id != post.remote_id:
            sighting.remote_id = post.remote_id
            renamed.append(sighting)
    Sighting.objects.bulk_create(new, ignore_conflicts=True)
    Sighting.objects.bulk_update(renamed, ["remote_id"], batch_size=200)


def record_reactions(
    connection: Connection, heard: Iterable[HeardReaction], *, now: datetime
) -> int:
    """Write favourites, boosts and follows heard from a server; returns how many were new."""
    heard = [item for item in heard if item.account.uri]
    if not heard:
        return 0
    with transaction.atomic():
        people = record_accounts(connection, [item.account for item in heard], now=now)
        uris = [item.post.uri for item in heard if item.post]
        posts = Post.objects.in_bulk(uris, field_name="uri") if uris else {}
        before = Reaction.objects.filter(post__in=posts.values()).count()
        Reaction.objects.bulk_create(
            [
                Reaction(
                    kind=item.kind.value,
                    account=people[item.account.uri],
                    post=posts[item.post.uri],
                    created_at=item.created_at,
                )
                for item in heard
                if item.post and item.post.uri in posts and item.kind is not ReactionKind.FOLLOW
            ],
            ignore_conflicts=True,
        )
        Follow.objects.bulk_create(
            [
                Follow(follower=people[item.account.uri], followed_id=connection.account_id)
                for item in heard
                if item.kind is ReactionKind.FOLLOW
                and people[item.account.uri].pk != connection.account_id
            ],
            ignore_conflicts=True,
        )
        new = Reaction.objects.filter(post__in=posts.values()).count() - before
    if new:
        ring("mentor")
    return new
