"""What people say of a challenge that they tried: how hard it was, and whether they liked it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.dispatch import receiver

from challenges.models import ChallengePage, LaunchPost, Rating, Submission
from challenges.reading import Reader
from community.models import Participant
from community.signals import forgotten, merged
from microblog.gateways.base import ReactionKind
from microblog.models import Reaction

FEWEST = 3
"""Below so many, a number would tell who said it."""
Difficulty = Rating.Difficulty


class NotTried(Exception):
    """Opinions are those of people who tried the challenge."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """What everybody thinks: numbers of people, 0 where too few said so to be told. `felt` is the
    difficulty in one word of the author's scale, "" where too few said."""

    voters: int = 0
    felt: str = ""
    likers: int = 0
    favourites: int = 0


def rate(
    page: ChallengePage,
    person: Participant,
    *,
    difficulty: int | None,
    liked: bool,
    now: datetime,
) -> Rating:
    """Their only opinion, which they may change at any time. Raises NotTried."""
    if not has_tried(page, person):
        raise NotTried
    rating, _made = Rating.objects.update_or_create(
        challenge_key=page.translation_key,
        participant=person,
        defaults={"difficulty": difficulty, "liked": liked, "rated_at": now},
    )
    return rating


def has_tried(page: ChallengePage, person: Participant) -> bool:
    tries = Submission.objects.filter(challenge_key=page.translation_key)
    return tries.filter(account__link__participant=person).exists()


def opinion_of(reader: Reader, page: ChallengePage) -> Rating | None:
    if not reader.is_authenticated:
        return None
    mine = Rating.objects.filter(participant__user=reader.pk)
    return mine.filter(challenge_key=page.translation_key).first()


def opinions_about(page: ChallengePage) -> Opinions:
    """In two queries, whatever was said."""
    votes = Rating.objects.filter(challenge_key=page.translation_key).aggregate(
        likers=Count("pk", filter=Q(liked=True)),
        **{f"d{value}": Count("pk", filter=Q(difficulty=value)) for value in Difficulty.values},
    )
    counts = {value: votes[f"d{value}"] for value in Difficulty.values}
    voters = sum(counts.values())
    return Opinions(
        voters=voters if voters >= FEWEST else 0,
        felt=felt(counts) if voters >= FEWEST else "",
        likers=votes["likers"] if votes["likers"] >= FEWEST else 0,
        favourites=favourites_of(page.translation_key),
    )


def felt(counts: dict[int, int]) -> str:
    """The middle of what people said, in words; between two, the harder one."""
    said = [value for value, number in sorted(counts.items()) for _one in range(number)]
    return str(Difficulty(said[len(said) // 2]).label)


def favourites_of(key: UUID) -> int:
    """On the posts that launched it, on every network; each account once a post."""
    posts = LaunchPost.objects.filter(launch__challenge_key=key, promise__post__isnull=False)
    hearts = Reaction.objects.filter(kind=ReactionKind.FAVOURITE.value)
    return hearts.filter(post__in=posts.values("promise__post")).count()


def likers_of(keys: Collection[UUID]) -> dict[UUID, int]:
    """Of those that enough people liked. One query."""
    liked = Rating.objects.filter(challenge_key__in=keys, liked=True).order_by()
    counted = liked.values("challenge_key").annotate(people=Count("pk"))
    return dict(counted.filter(people__gte=FEWEST).values_list("challenge_key", "people"))


@receiver(forgotten)
def forget_opinions(person: Participant, **_kwargs: Any) -> None:
    Rating.objects.filter(participant=person).delete()


@receiver(merged)
def merge_opinions(person: Participant, into: Participant, **_kwargs: Any) -> None:
    """Where both said something, the later word counts."""
    with transaction.atomic():
        theirs = {one.challenge_key: one for one in Rating.objects.filter(participant=into)}
        for one in Rating.objects.filter(participant=person):
            other = theirs.get(one.challenge_key)
            if other and other.rated_at >= one.rated_at:
                one.delete()
                continue
            if other:
                other.delete()
            one.participant = into
            one.save(update_fields=["participant"])
