"""What a batch of posts says about people: who talked with whom, who helped, who relayed a live
event.

Called for every batch that is screened, in its transaction; a constant number of queries.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q, prefetch_related_objects

from community.learning import NewEvent, log_learning_events
from community.linking import link_by_posts
from community.models import Consent, Help, LearningEvent, LiveEvent, Participant
from community.newcomers import is_newcomer
from community.people import known_participants
from community.wishes import hear_wishes
from microblog.gateways.base import Visibility
from microblog.hashtags import bare
from microblog.models import Connection, Post

WORD = re.compile(r"(?<!@)\b[^\W\d_]{2,}")
FEWEST_WORDS = 3  # less is a nod, not a help
THANKS = re.compile(r"\b(merci|mercis|thanks|thank you|thx|ty)\b|🙏|❤|🥰", re.IGNORECASE)

OPEN = {Visibility.PUBLIC.value, Visibility.UNLISTED.value}

Kind = LearningEvent.Kind


def notice_posts(posts: Sequence[Post], *, now: datetime) -> None:
    """Hear what people ask of us (in private too); then log conversations and live-tweets, note
    possible helps, and confirm those that a reply confirms."""
    prefetch_related_objects(list(posts), "mentions", "parent__parent")
    ours = set(Connection.objects.values_list("account_id", flat=True))
    posts = [post for post in posts if post.deleted_at is None and post.author_id not in ours]
    link_by_posts([post for post in posts if _is_to_us(post, ours)], now=now)
    people = known_participants(_authors(posts))
    hear_wishes(posts, people, ours=ours, now=now)
    people = {pk: one for pk, one in people.items() if one.consent != Consent.NOTHING}
    posts = [post for post in posts if post.visibility in OPEN]
    replies = [post for post in posts if _answers_somebody(post, ours)]
    answered = [post.parent for post in replies if post.parent]
    live = _live_events([*posts, *answered])
    log_learning_events([*_conversations(replies, people), *_live_tweets(posts, people, live)])
    _note_helps(replies, people, live, now)
    _confirm_by_reply(replies, now)


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
    for event in LiveEvent.objects.filter(Q(starts_at__lte=last, ends_at__gte=first)):
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


def _note_helps(
    replies: Iterable[Post],
    people: Mapping[int, Participant],
    live: Mapping[str, list[LiveEvent]],
    now: datetime,
) -> None:
    """A reply in words to a newcomer's post may have helped; it counts when they say so."""
    helps = []
    for post in replies:
        helper = people.get(post.author_id)
        helped = people.get(post.parent.author_id) if post.parent else None
        if not helper or not helped or helper == helped or not is_newcomer(helped, now=now):
            continue
        if len(WORD.findall(post.text)) < FEWEST_WORDS or THANKS.search(post.text):
            continue
        event = _live_event_of(post, live) or (post.parent and _live_event_of(post.parent, live))
        helps.append(Help(reply=post, helper=helper, helped=helped, live_event=event or None))
    Help.objects.bulk_create(helps, ignore_conflicts=True)


def _confirm_by_reply(replies: Iterable[Post], now: datetime) -> None:
    """An answer to the help by the person who was helped, from whichever of their accounts."""
    answers = {post.parent_id: post for post in replies}
    waiting = Help.objects.filter(reply__in=answers, confirmed_at=None)
    waiting = waiting.prefetch_related("helped__links")
    confirmed = []
    for deed in waiting:
        answer = answers[deed.reply_id]
        theirs = answer.author_id in {link.account_id for link in deed.helped.links.all()}
        if theirs and THANKS.search(answer.text):
            deed.confirmed_by = Help.Confirmation.THANKS
            deed.confirmed_at = now
            confirmed.append(deed)
    Help.objects.bulk_update(confirmed, ["confirmed_by", "confirmed_at"], batch_size=200)
