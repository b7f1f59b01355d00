"""Who answers what: parents and roots, found in whatever order posts arrive."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from microblog.gateways.base import HeardPost
from microblog.models import Connection, Post, Sighting


def find_parents(
    connection: Connection, rows: Iterable[Post], heard: Mapping[str, HeardPost]
) -> None:
    """Hang each post under its parent, and earlier orphans under posts that came now. Constant
    queries.

    A parent is known by its uri, or by the id that this connection's server gave it.
    """
    rows = list(rows)
    orphans = [row for row in rows if row.parent_id is None]
    family = _known_parents(connection, orphans, heard) | _late_parents(connection, rows)
    changed: dict[int, Post] = {}
    for child, parent in family.items():
        if child.pk == parent.pk:
            continue
        child.parent = parent
        child.parent_uri = parent.uri
        changed[child.pk] = child
    if changed:
        _hang(changed)
        Sighting.objects.filter(connection=connection, post__in=changed).exclude(
            parent_remote_id=""
        ).update(parent_remote_id="")


def _known_parents(
    connection: Connection, orphans: list[Post], heard: Mapping[str, HeardPost]
) -> dict[Post, Post]:
    uris = {row.parent_uri for row in orphans if row.parent_uri}
    ids = {heard[row.uri].parent_remote_id for row in orphans if heard[row.uri].parent_remote_id}
    if not uris and not ids:
        return {}
    by_uri = {post.uri: post for post in Post.objects.filter(uri__in=uris)} if uris else {}
    by_id = {
        sighting.remote_id: sighting.post
        for sighting in Sighting.objects.filter(
            connection=connection, remote_id__in=ids
        ).select_related("post")
    }
    pairs = {}
    for row in orphans:
        parent = by_uri.get(row.parent_uri) or by_id.get(heard[row.uri].parent_remote_id)
        if parent:
            pairs[row] = parent
    return pairs


def _late_parents(connection: Connection, rows: list[Post]) -> dict[Post, Post]:
    """Posts heard earlier that have waited for one of these."""
    by_uri = {row.uri: row for row in rows}
    ids = dict(
        Sighting.objects.filter(connection=connection, post__in=rows).values_list(
            "remote_id", "post__uri"
        )
    )
    waiting = (
        Post.objects.filter(parent=None)
        .filter(
            Q(parent_uri__in=by_uri)
            | Q(sightings__connection=connection, sightings__parent_remote_id__in=list(ids))
        )
        .distinct()
    )
    wanted = dict(
        Sighting.objects.filter(connection=connection, parent_remote_id__in=list(ids)).values_list(
            "post_id", "parent_remote_id"
        )
    )
    pairs = {}
    for post in waiting:
        parent = by_uri.get(post.parent_uri) or by_uri.get(ids.get(wanted.get(post.pk, ""), ""))
        if parent:
            pairs[post] = parent
    return pairs


def _hang(changed: dict[int, Post]) -> None:
    """Write parents, then give each fragment under a changed post the root of the whole."""
    roots = {pk: _climb(post, changed) for pk, post in changed.items()}
    for pk, post in changed.items():
        post.root_id = roots[pk]
    fragments = list(Post.objects.filter(root__in=changed).exclude(pk__in=changed))
    for post in fragments:
        post.root_id = roots[post.thread_id]
    moved = [*changed.values(), *fragments]
    for post in moved:
        # Its place in a conversation is part of what a post means: judge and count it again.
        post.answered_fingerprint = post.tallied_fingerprint = ""
    Post.objects.bulk_update(
        moved,
        ["parent", "parent_uri", "root", "answered_fingerprint", "tallied_fingerprint"],
        batch_size=200,
    )


def _climb(post: Post, changed: dict[int, Post]) -> int:
    """The root above a post; a circle, which no honest server sends, ends where it began."""
    seen = {post.pk}
    above = post.parent
    while above is not None and above.pk in changed and above.pk not in seen:
        seen.add(above.pk)
        above = changed[above.pk].parent
    return above.thread_id if above is not None else post.pk
