"""What a post may be the first of for its author: first hashtag, first described photo..."""

from collections.abc import Iterator

from challenges.facts import Reading
from challenges.rules import RULES, PostFacts
from community.learning import NewEvent
from community.models import LearningEvent, Participant
from microblog.gateways.base import Visibility
from microblog.models import Post
from rulebook import Outcome

Kind = LearningEvent.Kind
READABLE = {Visibility.PUBLIC.value, Visibility.UNLISTED.value}


def first_deeds(post: Post, reading: Reading, participant: Participant) -> Iterator[NewEvent]:
    """All deeds that this post shows; the log keeps the first of each kind for every person."""
    for kind in _shown(reading.facts):
        yield NewEvent(
            kind=kind,
            source_key=str(participant.pk),
            participant_id=participant.pk,
            occurred_at=post.said_at,
            post_id=post.pk,
            evidence_url=evidence_url(post),
        )


def evidence_url(post: Post) -> str:
    """Where everybody can read it; nowhere, if it was said in private."""
    return post.url if post.visibility in READABLE else ""


def _shown(facts: PostFacts) -> Iterator[LearningEvent.Kind]:
    deeds = {
        Kind.FIRST_POST: True,
        Kind.FIRST_HASHTAG: bool(facts.hashtags),
        Kind.FIRST_MENTION: any(not mention.is_ours for mention in facts.mentions),
        Kind.FIRST_REPLY: facts.is_reply,
        Kind.FIRST_PHOTO: any(item.kind == "image" for item in facts.media),
        Kind.FIRST_DESCRIBED_PHOTO: _holds("photos_described", facts),
        Kind.FIRST_LINK: bool(facts.links),
        Kind.FIRST_THREAD: len(facts.thread) > 1,
        Kind.FIRST_CONTENT_WARNING: bool(facts.content_warning.strip()),
    }
    return (kind for kind, is_shown in deeds.items() if is_shown)


def _holds(rule: str, facts: PostFacts) -> bool:
    return RULES[rule].judge(facts, {}).outcome is Outcome.ACCEPTED
