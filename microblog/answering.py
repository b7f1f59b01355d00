"""Through which of our connections a post is best answered."""

from collections import defaultdict
from collections.abc import Sequence

from microblog.gateways.base import Visibility
from microblog.models import Connection, Post, Sighting
from microblog.networks import Network

_NEAREST: list[str] = [Sighting.Via.MENTION, Sighting.Via.THREAD, Sighting.Via.HASHTAG]
_PRIVATE = {Visibility.FOLLOWERS, Visibility.DIRECT}


def answering_connections(posts: Sequence[Post]) -> dict[int, Connection]:
    """By post id, in two queries; posts that no connection in use has heard are left out.

    First the connection that the post mentions or answers, then the one that heard it first.
    """
    heard: dict[int, list[Sighting]] = defaultdict(list)
    sightings = Sighting.objects.filter(post__in=posts, connection__is_enabled=True)
    for sighting in sightings.select_related("connection").order_by("pk"):
        heard[sighting.post_id].append(sighting)
    here = Connection.objects.enabled().filter(network=Network.PRACTICE).first()
    found = {}
    for post in posts:
        if sightings_of := heard.get(post.pk):
            found[post.pk] = min(sightings_of, key=_distance).connection
        elif post.network == Network.PRACTICE and here:
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
