"""What people say of a challenge that they tried: how hard it was, and whether they liked it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.dispatch import receiver

from challenges.models import ChallengePage, Rating, Submission
from challenges.reading import Reader
from community.models import Participant
from community.signals import forgotten, kept, merged
from microblog.gateways.base import ReactionKind
from microblog.models import Reaction

FEWEST = 3
"""Below so many, a number would tell who said it."""
NOBODY = 0
Difficulty = Rating.Difficulty


class NotTried(Exception):
    """Opinions are those of people who tried the challenge."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """What everybody thinks: numbers of people, 0 where too few said so to be told. `felt` is the
    difficulty in one word of the author's scale, "" where too few said; `mine`: the reader's own
    word, never saved from here."""

    voters: int = 0
    felt: str = ""
    likers: int = 0
    favourites: int = 0
    mine: Rating | None = None


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


def opinion_columns(reader: Reader | None = None) -> dict[str, Subquery]:
    """For a query over pages: everybody's opinions, and the reader's own."""
    said = Rating.objects.filter(challenge_key=OuterRef("translation_key")).order_by()
    mine = said.filter(participant__user=(reader and reader.pk) or NOBODY)
    hearts = Reaction.objects.filter(
        kind=ReactionKind.FAVOURITE.value,
        post__promise__launch_post__launch__challenge_key=OuterRef("translation_key"),
    ).order_by()
    return {
        "likers": _number(said.filter(liked=True), "challenge_key"),
        "favourites": _number(hearts, "kind"),
        "my_difficulty": Subquery(mine.values("difficulty")[:1]),
        "my_liking": Subquery(mine.values("liked")[:1]),
        **{
            f"votes_{value}": _number(said.filter(difficulty=value), "challenge_key")
            for value in Difficulty.values
        },
    }


def _number(rows: QuerySet[Any], group: str) -> Subquery:
    return Subquery(rows.values(group).annotate(number=Count("pk")).values("number"))


def opinions_in(row: Mapping[str, Any]) -> Opinions:
    """What `opinion_columns` found."""
    counts = {value: row[f"votes_{value}"] or 0 for value in Difficulty.values}
    voters, likers = sum(counts.values()), row["likers"] or 0
    return Opinions(
        voters=voters if voters >= FEWEST else 0,
        felt=felt(counts) if voters >= FEWEST else "",
        likers=likers if likers >= FEWEST else 0,
        favourites=row["favourites"] or 0,
        mine=_mine(row),
    )


def _mine(row: Mapping[str, Any]) -> Rating | None:
    if row["my_liking"] is None:
        return None
    return Rating(difficulty=row["my_difficulty"], liked=row["my_liking"])


def opinions_about(page: ChallengePage, reader: Reader | None = None) -> Opinions:
    """In one query, whatever was said."""
    columns = opinion_columns(reader)
    return opinions_in(ChallengePage.objects.filter(pk=page.pk).values(**columns).get())


def felt(counts: dict[int, int]) -> str:
    """The middle of what people said, in words; between two, the harder one."""
    said = [value for value, number in sorted(counts.items()) for _one in range(number)]
    return str(Difficulty(said[len(said) // 2]).label)


def likers_of(keys: Collection[UUID]) -> dict[UUID, int]:
    """Of those that enough people liked. One query."""
    liked = Rating.objects.filter(challenge_key__in=keys, liked=True).order_by()
    counted = liked.values("challenge_key").annotate(people=Count("pk"))
    return dict(counted.filter(people__gte=FEWEST).values_list("challenge_key", "people"))


@receiver(forgotten)
def forget_opinions(person: Participant, **_kwargs: Any) -> None:
    Rating.objects.filter(participant=person).delete()


@receiver(kept)
def export_opinions(person: Participant, **_kwargs: Any) -> dict[str, Any]:
    ratings = Rating.objects.filter(participant=person).order_by("rated_at")
    named = ratings.values("challenge_key", "difficulty", "liked", "rated_at")
    return {"opinions_about_challenges": list(named)}


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
