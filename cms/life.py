"""What is happening right now, told on the home page in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Locale, Site

from challenges.models import ChallengePage, PhotoRiddlePage, Screening
from community.models import Consent
from microblog.models import Post, TimelineSettings
from microblog.models.posts import PostQuerySet
from rulebook import Outcome

POSTS = 5
EXCHANGES = 3
CHALLENGES = 6


@dataclass(frozen=True, slots=True)
class Life:
    """`exchange` is the latest said about the featured challenge, oldest first; no answers."""

    featured: ChallengePage | None
    exchange: Sequence[Post]
    challenges: Sequence[ChallengePage]
    posts: Sequence[Post]


def latest_life(*, locale: Locale, site: Site | None, featured: ChallengePage | None) -> Life:
    challenges = list(
        ChallengePage.objects.live()
        .public()
        .filter(locale=locale, closed_at=None)
        .order_by("-first_published_at")
        .specific()
        .prefetch_related("tags")[: CHALLENGES + 1]
    )
    shown = _shown_first(challenges, featured)
    is_open = site is None or TimelineSettings.for_site(site).is_open
    return Life(
        featured=shown,
        exchange=_exchange_about(shown) if shown and is_open else [],
        challenges=[one for one in challenges if one != shown][:CHALLENGES],
        posts=list(_showable_posts()[:POSTS]) if is_open else [],
    )


def _shown_first(
    challenges: Sequence[ChallengePage], featured: ChallengePage | None
) -> ChallengePage | None:
    if featured and featured.live and not featured.closed_at:
        return featured.specific
    riddles = [one for one in challenges if isinstance(one, PhotoRiddlePage)]
    return next(iter(riddles or challenges), None)


def _showable_posts() -> PostQuerySet:
    """Public posts of people who agreed to be shown, and our own."""
    shown = Q(author__link__participant__consent=Consent.SHOW)
    ours = Q(author__connections__isnull=False)
    return Post.objects.practice().public().alive().filter(shown | ours).with_faces().distinct()


def _exchange_about(challenge: ChallengePage) -> Sequence[Post]:
    """Nobody who reads the home page should meet the answer there: accepted posts are left out."""
    posts = (
        _showable_posts()
        .filter(
            screening__challenge_key=challenge.translation_key,
            screening__decision=Screening.Match.MATCHED,
        )
        .exclude(submissions__outcome=Outcome.ACCEPTED.value)
    )
    return list(posts[:EXCHANGES])[::-1]
