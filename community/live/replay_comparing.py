"""What others said at the time, for somebody who replays an event and has spoken themself."""

from community.models import Consent, LiveEvent, Participant
from microblog.models import Post
from microblog.models.posts import PostQuerySet
from microblog.networks import Network

SHOWN = 20


def others_then(event: LiveEvent, *, besides: Participant, with_practice: bool) -> list[Post]:
    """During the event, in the order in which they spoke; of people who agreed to be shown."""
    posts: PostQuerySet = (
        Post.objects.alive()
        .readable_by(None)
        .filter(
            hashtag_rows__bare_name=event.bare_hashtag,
            hashtag_rows__said_at__gte=event.starts_at,
            hashtag_rows__said_at__lte=event.ends_at,
            author__link__participant__consent=Consent.SHOW,
        )
        .exclude(author__link__participant=besides)
    )
    if not with_practice:
        posts = posts.exclude(network=Network.PRACTICE)
    return list(posts.with_faces().distinct().order_by("said_at", "pk")[:SHOWN])
