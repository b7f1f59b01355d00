"""What may be found: asked of the rows at each search, for consent, deletion and publication hold
at once, whatever the index still says."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Page, Site

from challenges.models import ChallengePage, PhotoRiddlePage, Screening, Submission
from cms.models import PageWords, PortraitPage
from cms.searching.facets import Facet
from community.models import Consent, MoocSettings, WallDecision
from community.sites import open_to_all, within
from microblog.models import Post, PostHashtag
from microblog.networks import Network
from rulebook import Outcome

Verdict = WallDecision.Verdict


def shown_pages(site: Site) -> QuerySet[PageWords]:
    """Published, open to everybody, of this MOOC, of nobody who took their consent back."""
    pages = Page.objects.live().filter(open_to_all(), within(site.pk))
    withdrawn = PortraitPage.objects.withdrawn().values("pk")
    return PageWords.objects.filter(page__in=pages.values("pk")).exclude(page__in=withdrawn)


def sort_pages(pks: Sequence[int], *, site: Site, language: str) -> dict[Facet, list[int]]:
    """In the order of `pks`; `language` "" is any."""
    found = shown_pages(site).filter(page__in=pks)
    if language:
        found = found.filter(language=language)
    facets = dict(found.values_list("page_id", "facet"))
    sorted_out: dict[Facet, list[int]] = {}
    for pk in pks:
        if pk in facets:
            sorted_out.setdefault(Facet(facets[pk]), []).append(pk)
    return sorted_out


def keep_posts(
    pks: Sequence[int], *, mooc: MoocSettings, site: Site, language: str, with_practice: bool
) -> list[int]:
    found = shown_posts(mooc, site, with_practice=with_practice)
    found = found.filter(pk__in=pks).filter(_in(language))
    return _kept(pks, set(found.values_list("pk", flat=True)))


def _in(language: str) -> Q:
    """Rows that say no language are in every one."""
    return Q(language="") | Q(language__istartswith=language) if language else Q()


def _kept(pks: Sequence[int], shown: set[int]) -> list[int]:
    return [pk for pk in pks if pk in shown]


def shown_posts(mooc: MoocSettings, site: Site, *, with_practice: bool) -> QuerySet[Post]:
    """Said in public, with a hashtag of this MOOC or for a challenge of it, by people who agree to
    be shown; without what gives a riddle away or was taken off a wall."""
    tagged = PostHashtag.objects.filter(post=OuterRef("pk"), bare_name__in=mooc.bare_hashtags)
    challenges = ChallengePage.objects.live().filter(within(site.pk)).values("translation_key")
    answers = Screening.objects.filter(
        post=OuterRef("pk"),
        decision=Screening.Match.MATCHED,
        challenge_key__in=challenges,
    )
    posts = Post.objects.public().alive().filter(Exists(tagged) | Exists(answers))
    posts = posts.filter(author__link__participant__consent=Consent.SHOW, veil=None)
    if not with_practice:
        posts = posts.exclude(network=Network.PRACTICE)
    posts = posts.exclude(Exists(_solutions())).alias(wall=Subquery(_on_walls()))
    return posts.filter(Q(wall=None) | ~Q(wall=Verdict.HIDE))


def _solutions() -> QuerySet[Submission]:
    """Accepted answers of riddles that others still look for."""
    secret = PhotoRiddlePage.objects.filter(revealed_at=None).values("translation_key")
    return Submission.objects.filter(
        post=OuterRef("pk"), outcome=Outcome.ACCEPTED.value, challenge_key__in=secret
    )


def _on_walls() -> QuerySet[WallDecision, Any]:
    """What was decided last about a post."""
    about = WallDecision.objects.filter(
        post=OuterRef("pk"), verdict__in=[Verdict.HIDE, Verdict.SHOW]
    )
    return about.order_by("-pk").values("verdict")[:1]
