"""What a reader's page needs to know about a challenge besides its words, asked in one question."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery

from challenges.bank.opinions import Opinions, opinion_columns, opinions_in
from challenges.models import ChallengePage, Launch, LaunchPost, Question, Submission
from challenges.reading import Reader
from community.models import MoocSettings
from community.sites import site_of_page
from microblog.models import TimelineSettings
from microblog.networks import Network


@dataclass(frozen=True, slots=True)
class Glance:
    """people: how many passed a level; launch: the id of the post that an answer on the practice
    timeline replies to, 0 for none; hashtag: the MOOC's; is_open: whether strangers may read that
    timeline; is_asked_about: whether a question about it was answered; rounds: how often it was
    launched."""

    people: int
    launch: int
    hashtag: str
    is_open: bool
    is_asked_about: bool
    rounds: int
    opinions: Opinions


def glance_at(page: ChallengePage, reader: Reader) -> Glance:
    key = OuterRef("translation_key")
    passed = Submission.objects.accepted().filter(challenge_key=key).order_by()
    said = LaunchPost.objects.filter(
        launch__challenge_key=key,
        connection__network=Network.PRACTICE,
        promise__post__isnull=False,
        promise__post__deleted_at=None,
    ).order_by("-launch__round")
    rounds = Launch.objects.filter(challenge_key=key).exclude(promised_at=None).order_by()
    site_id = site_of_page(page)
    its = {"site": site_id} if site_id else {"site__is_default_site": True}
    mooc, timeline = MoocSettings.objects.filter(**its), TimelineSettings.objects.filter(**its)
    found: Mapping[str, Any] = (
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
            is_asked_about=Exists(Question.objects.answered().filter(challenge_key=key)),
            rounds=Subquery(
                rounds.values("challenge_key").annotate(rounds=Count("pk")).values("rounds")
            ),
        )
        .values(
            "people",
            "launch",
            "mooc",
            "is_open",
            "is_asked_about",
            "rounds",
            **opinion_columns(reader),
        )
        .first()
    ) or defaultdict(lambda: None)  # the preview of a page that was never saved
    words = {} if found["mooc"] is None else {"hashtags": found["mooc"]}
    return Glance(
        people=found["people"] or 0,
        launch=found["launch"] or 0,
        hashtag=MoocSettings(**words).first_hashtag,
        is_open=found["is_open"] is not False,
        is_asked_about=bool(found["is_asked_about"]),
        rounds=found["rounds"] or 0,
        opinions=opinions_in(found),
    )
