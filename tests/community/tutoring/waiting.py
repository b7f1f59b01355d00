"""People who wait at the console, as the pipeline leaves them."""

from datetime import datetime, timedelta

from challenges.screening import screen_posts
from community.models import Need, Participant, User
from community.tutoring.claiming import claim_need
from microblog.models import Account, Post
from microblog.timeline.services import write_post
from tests.builders import NOON


def account_of(user: User) -> Account:
    return Account.objects.get(user=user)


def person_of(user: User) -> Participant:
    return Participant.objects.get(user=user)


def says(
    user: User,
    text: str,
    *,
    at: datetime = NOON,
    to: Post | None = None,
    heard: bool = True,
    **more,
) -> Post:
    """A post on the practice timeline, screened unless told otherwise."""
    post = write_post(account_of(user), text=text, now=at, in_reply_to=to, **more)
    if heard:
        screen_posts(at)
    return Post.objects.get(pk=post.pk)


def aboard(user: User, *, at: datetime = NOON) -> User:
    """Came aboard: a newcomer for sixty days."""
    Participant.objects.filter(user=user).update(embarked_at=at, first_seen_at=at)
    return user


def kinds_of(user: User) -> set[str]:
    """Why this person waits, of all reasons that hold."""
    rows = Need.objects.waiting().filter(person__user=user, reasons__closed_at=None)
    return set(rows.values_list("reasons__kind", flat=True)) - {None}


def need_of(user: User) -> Need:
    return Need.objects.waiting().get(person__user=user)


def taken(user: User, *, by: User, at: datetime = NOON):
    """The tutor's claim on this person's need."""
    return claim_need(need_of(user).pk, person_of(by), now=at)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)
