"""How alive the challenges are, for the figures of the community."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Exists, OuterRef

from challenges.models import ChallengePage, Screening
from community.figures.lives import LATELY, ChallengeLife, enter_lives
from community.sites import within


def read_lives(language: str, now: datetime, site_id: int | None = None) -> Sequence[ChallengeLife]:
    """The open challenges of a MOOC that anybody may see, in this language. Two queries."""
    since = now - LATELY
    ever = Screening.objects.filter(
        challenge_key=OuterRef("translation_key"), decision=Screening.Match.MATCHED
    )
    pages = (
        ChallengePage.objects.live()
        .public()
        .filter(within(site_id), locale__language_code=language, closed_at=None)
        .annotate(was_answered=Exists(ever))
    )
    found = list(pages)
    lately = (
        Screening.objects.filter(
            challenge_key__in={page.translation_key for page in found},
            decision=Screening.Match.MATCHED,
            screened_at__gte=since,
            post__said_at__gte=since,
            post__deleted_at=None,
        )
        .order_by()
        .values_list("challenge_key")
        .annotate(posts=Count("post"))
    )
    answers = dict(lately)
    return [
        ChallengeLife(
            title=page.title,
            url=page.url or "",
            answers=answers.get(page.translation_key, 0),
            was_answered=page.was_answered,
        )
        for page in found
    ]


enter_lives(read_lives)
