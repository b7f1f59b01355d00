"""What is happening right now, told on the home page in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, When, prefetch_related_objects
from wagtail.models import Site

from challenges.models import ChallengePage, PhotoRiddlePage, Screening, Submission
from challenges.models.pages import KINDS
from challenges.riddles.photos import prefetch_photos
from community.models import Boarding, Consent
from community.moocs import Moocs
from community.sites import open_to_all, several_sites, within
from curation.models import Pick
from curation.reading import shown_items
from microblog.models import Account, Post, PostHashtag, TimelineSettings
from microblog.models.posts import PostQuerySet
from rulebook import Outcome

POSTS = 5
PICKS = 2
EXCHANGES = 2
CHALLENGES = 6
PHOTOS = ("fill-960x720", "fill-640x400")
"""As the first screen and the cards ask for them."""


@dataclass(frozen=True, slots=True)
class Life:
    """`exchange` is the latest said about the featured challenge, oldest first; no answers."""

    featured: ChallengePage | None
    exchange: Sequence[Post]
    challenges: Sequence[ChallengePage]
    posts: Sequence[Post]
    picks: Sequence[Pick] = ()


def latest_life(*, locale_id: int, site: Site | None, featured_id: int | None) -> Life:
    site_id = site.pk if site and several_sites() else None
    challenges = _open_challenges(locale_id, featured_id, site_id)
    shown = _shown_first(challenges, featured_id)
    is_open = site is None or TimelineSettings.for_site(site).is_open
    exchange = _exchange_about(shown) if shown and is_open else []
    posts = _latest_posts(besides=exchange, site_id=site_id) if is_open else []
    prefetch_related_objects([*exchange, *posts], "media")
    return Life(
        featured=shown,
        exchange=exchange,
        challenges=[one for one in challenges if one != shown][:CHALLENGES],
        posts=posts,
        picks=_latest_picks(site),
    )


def _latest_picks(site: Site | None) -> Sequence[Pick]:
    """What was put forward last; its curator is named by whoever shows it, where they agree."""
    if site is None:
        return []
    shown = Pick.objects.filter(item__in=shown_items(site.pk)).select_related("item", "curator")
    return list(shown.order_by("-picked_at", "-item_id")[:PICKS])


def _open_challenges(
    locale_id: int, featured_id: int | None, site_id: int | None
) -> list[ChallengePage]:
    """The one that editors put first, then the newest; each with its photo."""
    first = Case(When(pk=featured_id, then=0), default=1)
    found = (
        ChallengePage.objects.live()
        .filter(open_to_all(), within(site_id), locale_id=locale_id, closed_at=None)
        .select_related(*(f"{kind}__photo" for kind in KINDS))
        .order_by(first, "-first_published_at", "-pk")
    )
    shown = [page.in_particular for page in found[: CHALLENGES + 1]]
    prefetch_photos(shown, *PHOTOS)
    return shown


def _shown_first(
    challenges: Sequence[ChallengePage], featured_id: int | None
) -> ChallengePage | None:
    chosen = [one for one in challenges if one.pk == featured_id]
    riddles = [one for one in challenges if isinstance(one, PhotoRiddlePage)]
    return next(iter(chosen or riddles or challenges), None)


def _showable_posts() -> PostQuerySet:
    """Public posts of people who agreed to be shown, and our own."""
    shown = Q(author__link__participant__consent=Consent.SHOW)
    ours = Q(author__in=Account.objects.speaking())
    posts = Post.objects.practice().public().alive().filter(shown | ours)
    return posts.select_related("author", "parent__author")


def _latest_posts(*, besides: Sequence[Post], site_id: int | None) -> Sequence[Post]:
    shown = _showable_posts().filter(_said_in(site_id)).exclude(pk__in=_answers_of_riddles())
    found = shown[: POSTS + len(besides)]
    return [post for post in found if post not in besides][:POSTS]


def _said_in(site_id: int | None) -> Q:
    """Posts with a hashtag of this MOOC, and those with none of another one's by people who are
    aboard it: the practice timeline itself is shared by all."""
    if site_id is None:
        return Q()
    moocs = Moocs.read()
    own = PostHashtag.objects.filter(bare_name__in=moocs.of_site(site_id).bare_hashtags)
    signs = PostHashtag.objects.filter(bare_name__in=moocs.bare_hashtags)
    aboard = Boarding.objects.filter(site=site_id).values("participant")
    people = Q(author__link__participant__in=aboard)
    return Q(pk__in=own.values("post")) | (people & ~Q(pk__in=signs.values("post")))


def _answers_of_riddles() -> QuerySet[Submission, Any]:
    """Posts that would tell what somebody is still looking for."""
    riddles = PhotoRiddlePage.objects.filter(revealed_at=None).values("translation_key")
    return Submission.objects.accepted().filter(challenge_key__in=riddles).values("post")


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
