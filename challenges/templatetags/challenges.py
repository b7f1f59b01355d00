"""What the pages of challenges show beside their own words."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from challenges.bank.forms import RatingForm
from challenges.bank.rounds import round_read, rounds_of
from challenges.glance import glance_at
from challenges.listing import Choice, Listing, list_challenges
from challenges.models import ChallengeIndexPage, ChallengePage
from challenges.reading import helpful_pages, progress_of, shown_levels
from challenges.riddles.photos import photo_of
from challenges.riddles.reading import known_so_far
from challenges.taking_part import COOKIE, take_part
from challenges.wall import wall_of
from community.pictures import Picture
from community.sites import site_of_page

register = template.Library()


@register.simple_tag(takes_context=True)
def read_challenge(context: Context, page: ChallengePage) -> dict[str, Any]:
    """levels, progress, passed, take_part, wall, known, rounds, opinions, people, helpful_pages:
    see challenges.reading and its neighbours."""
    request: HttpRequest = context["request"]
    progress, glance = progress_of(request.user, page), glance_at(page, request.user)
    may_read = request.user.is_authenticated or glance.is_open
    rounds = rounds_of(page, asked=request.GET.get("round", "")) if glance.rounds > 1 else []
    within = round_read(rounds)
    is_found = any(one.level.asks_riddle and one.passed for one in shown_levels(page, progress))
    return {
        "levels": shown_levels(page, progress),
        "progress": progress,
        "passed": len(progress.passed),
        "take_part": take_part(
            page,
            hashtag=glance.hashtag,
            launch=glance.launch,
            server=request.COOKIES.get(COOKIE, ""),
        ),
        "wall": wall_of(
            page,
            number=_number(request),
            with_practice=may_read,
            within=within,
            is_found=is_found,
        ),
        "known": known_so_far(page, with_practice=may_read) if glance.is_asked_about else [],
        "rounds": rounds,
        "round": within,
        "opinions": glance.opinions,
        "opinion_form": RatingForm(instance=glance.opinions.mine),
        "people": glance.people,
        "helpful_pages": helpful_pages(page),
    }


@register.simple_tag(takes_context=True)
def read_list(context: Context, page: ChallengeIndexPage) -> Listing:
    request: HttpRequest = context["request"]
    return list_challenges(
        home=page.locale.language_code,
        choice=Choice.of(request.GET),
        number=request.GET.get("page", "1"),
        reader=request.user,
        site_id=site_of_page(page),
    )


@register.filter
def rich(html: str) -> SafeString:
    """Rich text that an editor wrote, with its links resolved."""
    return mark_safe(expand_db_html(html))  # noqa: S308 - cleaned when the editor saved it


def _number(request: HttpRequest) -> int:
    """The page of the wall; whatever makes no sense is the first."""
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


@register.simple_tag
def challenge_photo(page: ChallengePage, spec: str) -> Picture | None:
    """Its photo as anybody may see it now, or None; `spec` is a filter such as "fill-640x400"."""
    return photo_of(page, spec)
