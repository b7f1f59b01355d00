"""Signing up by a post: "I'll live-tweet" or "I'll help", with the hashtag of an event to come."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from community.live.signing_up import Role
from community.models import LiveEvent, Participant, SignUp
from community.moocs import bare_words
from microblog.hashtags import bare
from microblog.models import Post

PHRASES = {
    Role.LIVE_TWEET: (
        "je live tweete",
        "je livetweete",
        "je live tweeterai",
        "je livetweeterai",
        "j y serai",
        "i ll live tweet",
        "i will live tweet",
        "i ll be there",
    ),
    Role.HELP: ("j aide", "j aiderai", "je peux aider", "i ll help", "i will help", "i can help"),
}
"""As bare_words leaves them, in every language that the site speaks."""


def roles_in(text: str) -> set[Role]:
    said = f" {bare_words(text)} "
    return {
        role
        for role, phrases in PHRASES.items()
        if any(f" {phrase} " in said for phrase in phrases)
    }


def hear_sign_ups(
    posts: Iterable[Post], people: Mapping[int, Participant], *, now: datetime
) -> None:
    """Of public posts by known people who let us keep something: two queries, for all of them."""
    offers = [
        (post, roles)
        for post in posts
        if post.author_id in people and post.hashtags and (roles := roles_in(post.text))
    ]
    if not offers:
        return
    events: dict[str, list[LiveEvent]] = {}
    for event in LiveEvent.objects.accepted().coming(now):
        events.setdefault(event.bare_hashtag, []).append(event)
    SignUp.objects.bulk_create(
        [
            SignUp(event=event, participant=people[post.author_id], role=role)
            for post, roles in offers
            for event in _next_on(post, events)
            for role in roles
        ],
        ignore_conflicts=True,
    )


def _next_on(post: Post, events: Mapping[str, list[LiveEvent]]) -> Iterable[LiveEvent]:
    """Of several to come on one hashtag, the first."""
    for hashtag in bare(post.hashtags):
        if hashtag in events:
            yield min(events[hashtag], key=lambda event: event.starts_at)
