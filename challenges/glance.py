"""What a reader's page needs to know about a challenge besides its words, asked in one question."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery

from challenges.models import ChallengePage, LaunchPost, Submission
from community.models import MoocSettings
from community.moocs import first_hashtag
from microblog.models import TimelineSettings
from microblog.networks import Network


@dataclass(frozen=True, slots=True)
class Glance:
    """people: how many passed a level; launch: the id of the post that an answer on the practice
    timeline replies to, 0 for none; hashtag: the MOOC's; is_open: whether strangers may read that
    timeline."""

    people: int
    launch: int
    hashtag: str
    is_open: bool


def glance_at(page: ChallengePage) -> Glance:
    key = OuterRef("translation_key")
    passed = Submission.objects.accepted().filter(challenge_key=key).order_by()
    said = LaunchPost.objects.filter(
        launch__challenge_key=key,
        connection__network=Network.PRACTICE,
        promise__post__isnull=False,
        promise__post__deleted_at=None,
    ).order_by("-launch__round")
    mooc = MoocSettings.objects.filter(site__is_default_site=True)
    timeline = TimelineSettings.objects.filter(site__is_default_site=True)
    found = (
        ChallengePage.objects.filter(pk=page.pk)
        .annotate(
            people=Subquery(
                passed.values("challenge_key")
                .annotate(people=Count("account", distinct=True))
                .values("people")
            ),
            launch=Subquery(said.values("promise__post")[:1]),
            mooc=Subquery(mooc.values("hashtags")[:1]),
            is_open=Subquery(timeline.values("is_open")[:1]),
        )
        .values("people", "launch", "mooc", "is_open")
        .first()
    ) or {"people": 0, "launch": 0, "mooc": None, "is_open": None}
    words = {} if found["mooc"] is None else {"hashtags": found["mooc"]}
    return Glance(
        people=found["people"] or 0,
        launch=found["launch"] or 0,
        hashtag=first_hashtag(MoocSettings(**words)),
        is_open=found["is_open"] is not False,
    )
