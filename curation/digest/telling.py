"""What this room and the rooms below have to tell in the letter: picks, live events, figures."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from community.figures.periods import PERIODS, WEEK
from community.figures.reading import Slice, counted_under, read_figures
from community.figures.sentences import of_people, of_posts
from community.live.places import address_of
from community.models import LiveEvent
from curation.digest.sections import Told, Week, enter_writer
from curation.models import DigestEntry, Item, Pick
from curation.reading import shown_finds, shown_items
from microblog.dates import date_format

Section = DigestEntry.Section
MOST_PICKS = 10
MOST_SHARED = 3
MOST_NAMED = 3
AHEAD = timedelta(days=10)


def picks_of(week: Week) -> Iterator[Told]:
    """The week's picks, those that most people shared first, then what several people shared though
    nobody picked it. A pick is of the week in which everybody could read it first: a proposal may
    wait long for its approval."""
    shown = shown_finds().select_related("finder")
    items = shown_items(week.site.pk)
    picked = (
        Pick.objects.annotate(appeared=Greatest("picked_at", "item__shown_at"))
        .filter(
            item__in=items,
            language=week.language,
            appeared__gt=week.since,
            appeared__lte=week.until,
        )
        .select_related("item", "curator")
        .prefetch_related(Prefetch("item__finds", shown, to_attr="shown_finds"))
        .order_by("-item__finders", "picked_at")
    )
    for pick in picked[:MOST_PICKS]:
        yield Told(
            Section.PICKS,
            str(pick.item),
            pick.sentence,
            pick.item.url,
            **_thanks(pick.item),
            **_signed(pick),
            origin=f"pick:{pick.pk}",
        )
    shared = (
        items.filter(
            pick=None,
            finders__gte=2,
            language__startswith=week.language,
            shown_at__gt=week.since,
            shown_at__lte=week.until,
        )
        .prefetch_related(Prefetch("finds", shown, to_attr="shown_finds"))
        .order_by("-finders", "-shown_at")
    )
    for item in shared[:MOST_SHARED]:
        yield Told(
            Section.PICKS,
            str(item),
            item.summary[:300],
            item.url,
            **_thanks(item),
            origin=f"item:{item.pk}",
        )


def _signed(pick: Pick) -> dict[str, Any]:
    """Whose sentence it is, if they agree to be named."""
    curator = pick.curator
    named = curator is not None and curator.shows
    return {"signature": curator.name, "signer": curator.pk} if curator and named else {}


def _thanks(item: Item) -> dict[str, Any]:
    """Those who found it and agree to be named."""
    finders = {find.finder_id: find.finder.name for find in item.shown_finds}  # type: ignore[attr-defined]
    named = list(finders)[:MOST_NAMED]
    return {"credit": ", ".join(finders[one] for one in named), "named": named}


def live_events_of(week: Week) -> Iterator[Told]:
    """What comes in the days after the letter."""
    coming = LiveEvent.objects.accepted().filter(
        site=week.site, starts_at__gt=week.until, starts_at__lte=week.until + AHEAD
    )
    for event in coming.order_by("starts_at")[:5]:
        start = event.starts_at.astimezone(event.zone)
        moment = _("%(day)s at %(time)s") % {
            "day": date_format(start, "l j F"),
            "time": time_format(start, "TIME_FORMAT"),
        }
        yield Told(
            Section.LIVE,
            event.title,
            f"{moment} · #{event.said_hashtag}",
            address_of(event, week.language),
            origin=f"live:{event.pk}",
        )


def figures_of(week: Week) -> Iterator[Told]:
    """What was said in the week, where enough people spoke to say it."""
    wanted = Slice(PERIODS["4w"], WEEK, site=counted_under(week.site.pk))
    found = read_figures(wanted, first=week.since.date(), now=week.until)
    span = next((one for one in reversed(found.spans) if one.posts), None)
    if span is None or span.people is None:
        return
    yield Told(
        Section.FIGURES,
        "",
        f"{of_people(span)} {of_posts(span)}",
        week.root_url + reverse("figures:figures"),
        origin="figures",
    )


enter_writer("picks", picks_of)
enter_writer("live", live_events_of)
enter_writer("figures", figures_of)
