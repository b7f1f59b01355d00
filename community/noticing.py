"""What a batch of posts says about people: who talked with whom, who helped, who relayed a live
event.

Called for every batch that is screened, in its transaction; a constant number of queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import prefetch_related_objects

from community.learning import NewEvent, log_learning_events
from community.linking import link_by_posts
from community.live.chat.answering import notice_answers
from community.live.hearing import hear_sign_ups
from community.live.replaying import finish_replays
from community.models import Consent, LearningEvent, LiveEvent, Participant
from community.people import known_participants
from community.tutoring.finding import note_needs
from community.tutoring.spotting import confirm_by_applying, confirm_by_thanks, note_helps
from community.wishes import hear_wishes
from microblog.gateways.base import Visibility
from microblog.hashtags import bare
from microblog.models import Connection, Post

OPEN = {Visibility.PUBLIC.value, Visibility.UNLISTED.value}

Kind = LearningEvent.Kind


def notice_posts(posts: Sequence[Post], *, now: datetime) -> None:
    """Hear what people ask of us (in private too); then log conversations and live-tweets, note
    who needs somebody and possible helps, and confirm those that thanks or deeds confirm."""
    prefetch_related_objects(list(posts), "mentions", "parent__parent")
    ours = set(Connection.objects.values_list("account_id", flat=True))
    posts = [post for post in posts if post.deleted_at is None and post.author_id not in ours]
    link_by_posts([post for post in posts if _is_to_us(post, ours)], now=now)
    people = known_participants(_authors(posts))
    hear_wishes(posts, people, ours=ours, now=now)
    people = {pk: one for pk, one in people.items() if one.consent != Consent.NOTHING}
    alive, posts = posts, [post for post in posts if post.visibility in OPEN]
    hear_sign_ups(posts, people, now=now)
    replies = [post for post in posts if _answers_somebody(post, ours)]
    answered = [post.parent for post in replies if post.parent]
    live = _live_events([*posts, *answered])
    log_learning_events([*_conversations(replies, people), *_live_tweets(posts, people, live)])
    relayed = {
        post.pk: event for post in [*posts, *answered] if (event := _live_event_of(post, live))
    }
    note_needs(alive, ours=ours, events=relayed, now=now)
    note_helps(replies, people, relayed, now=now)
    confirm_by_thanks(replies, now=now)
    confirm_by_applying(posts, people, now=now)
    notice_answers(posts, ours=ours, now=now)
    finish_replays(posts, people, ours=ours, now=now)


def _is_to_us(post: Post, ours: set[int]) -> bool:
    return any(mention.account_id in ours for mention in post.mentions.all())


def _authors(posts: Iterable[Post]) -> set[int]:
    return {post.author_id for post in posts} | {
        post.parent.author_id for post in posts if post.parent is not None
    }


def _answers_somebody(post: Post, ours: set[int]) -> bool:
    parent = post.parent
    return (
        parent is not None and parent.author_id != post.author_id and parent.author_id not in ours
    )


def _conversations(replies: Iterable[Post], people: Mapping[int, Participant]) -> list[NewEvent]:
    """A said, B answered, A answered back: both have exchanged with somebody."""
    events = []
    for post in replies:
        before = post.parent.parent if post.parent else None
        one = people.get(post.author_id)
        two = people.get(post.parent.author_id) if post.parent else None
        if before is None or before.author_id != post.author_id or not one or not two or one == two:
            continue
        for person, other in ((one, two), (two, one)):
            events.append(
                NewEvent(
                    kind=Kind.CONVERSED,
                    source_key=f"{person.pk}:{other.pk}",
                    participant_id=person.pk,
                    other_id=other.pk,
                    occurred_at=post.said_at,
                    post_id=post.pk,
                    evidence_url=post.url,
                )
            )
    return events


def _live_events(posts: Sequence[Post]) -> dict[str, list[LiveEvent]]:
    """The live events of the hashtags that these posts bear, by bare hashtag."""
    wanted = bare(hashtag for post in posts for hashtag in post.hashtags)
    if not wanted:
        return {}
    first, last = min(post.said_at for post in posts), max(post.said_at for post in posts)
    found: dict[str, list[LiveEvent]] = {}
    meanwhile = LiveEvent.objects.accepted().filter(starts_at__lte=last, ends_at__gte=first)
    for event in meanwhile:
        if event.bare_hashtag in wanted:
            found.setdefault(event.bare_hashtag, []).append(event)
    return found


def _live_event_of(post: Post, live: Mapping[str, list[LiveEvent]]) -> LiveEvent | None:
    for hashtag in bare(post.hashtags):
        for event in live.get(hashtag, ()):
            if event.starts_at <= post.said_at <= event.ends_at:
                return event
    return None


def _live_tweets(
    posts: Iterable[Post], people: Mapping[int, Participant], live: Mapping[str, list[LiveEvent]]
) -> list[NewEvent]:
    events = []
    for post in posts:
        event, person = _live_event_of(post, live), people.get(post.author_id)
        if event and person:
            events.append(
                NewEvent(
                    kind=Kind.LIVE_TWEETED,
                    source_key=f"{event.pk}:{person.pk}",
                    participant_id=person.pk,
                    subject=f"live:{event.pk}",
                    occurred_at=post.said_at,
                    post_id=post.pk,
                    evidence_url=post.url,
                )
            )
    return events
