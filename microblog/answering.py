"""Through which of our connections a post is best answered."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from microblog.gateways.base import Visibility
from microblog.models import Connection, OutboxPost, Post, Sighting
from microblog.networks import Network

_NEAREST: list[str] = [Sighting.Via.MENTION, Sighting.Via.THREAD, Sighting.Via.HASHTAG]
_PRIVATE = {Visibility.FOLLOWERS, Visibility.DIRECT}


def _any(post: Post, connection: Connection) -> bool:
    return True


def answering_connections(
    posts: Sequence[Post], *, may: Callable[[Post, Connection], bool] = _any
) -> dict[int, Connection]:
    """By post id, in two queries; posts that no connection in use has heard are left out, as are
    connections that may not answer them.

    First the connection that the post mentions or answers, then the one that heard it first.
    """
    heard: dict[int, list[Sighting]] = defaultdict(list)
    sightings = Sighting.objects.filter(post__in=posts, connection__is_enabled=True)
    for sighting in sightings.select_related("connection").order_by("pk"):
        heard[sighting.post_id].append(sighting)
    here = Connection.objects.enabled().filter(network=Network.PRACTICE).first()
    found = {}
    for post in posts:
        near = [one for one in heard.get(post.pk, ()) if may(post, one.connection)]
        if near:
            found[post.pk] = min(near, key=_distance).connection
        elif post.network == Network.PRACTICE and here and may(post, here):
            found[post.pk] = here
    return found


def _distance(sighting: Sighting) -> int:
    return _NEAREST.index(sighting.via) if sighting.via in _NEAREST else len(_NEAREST)


def answering_visibility(post: Post, *, quiet: bool) -> Visibility:
    """Never more public than what is answered. `quiet`: readable, but in no timeline."""
    asked = Visibility(post.visibility)
    if asked in _PRIVATE:
        return Visibility.DIRECT  # "followers" would mean ours, not theirs
    return Visibility.UNLISTED if quiet else asked


def answer_to(
    post: Post,
    connection: Connection,
    *,
    key: str,
    kind: OutboxPost.Kind,
    text: str,
    language: str,
    quiet: bool,
    now: datetime,
    due_at: datetime,
) -> OutboxPost:
    """To promise: an answer to its author, in the lane in which they hear one thing at a time."""
    return OutboxPost(
        key=key,
        kind=kind,
        connection=connection,
        lane=f"account:{post.author_id}",
        recipient=post.author,
        in_reply_to=post,
        is_answer=True,
        text=text,
        language=language,
        visibility=answering_visibility(post, quiet=quiet).value,
        created_at=now,
        due_at=due_at,
    )
