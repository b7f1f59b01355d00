"""What the figures of a period say, in plain sentences."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from community.figures.periods import MONTH, WEEK
from community.figures.reading import Figures, Span
from community.models import Presence
from microblog.dates import date_format

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def say_wait(wait: timedelta | None) -> str:
    """To the minute below two hours, to the hour below two days; "" where nothing is known."""
    if wait is None:
        return ""
    if wait < MINUTE:
        return _("less than a minute")
    if wait < 2 * HOUR - MINUTE / 2:
        count = round(wait / MINUTE)
        return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
    if wait < 2 * DAY - HOUR / 2:
        count = round(wait / HOUR)
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    count = round(wait / DAY)
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def say_share(part: int | None, whole: int | None) -> str:
    """ "25%"; "" where it isn't known."""
    if part is None or not whole:
        return ""
    percent = round(100 * part / whole)
    return pgettext("a share", "%(percent)d%%") % {"percent": percent}


def say_number(value: int | None) -> str:
    """Too few people are not told apart."""
    return _("fewer than 5") if value is None else formats.number_format(value, use_l10n=True)


def say_step(start: date, cut: Presence.Span) -> str:
    """The Monday of a week, or a month with its year."""
    if cut == WEEK:
        return date_format(start, "j M Y")
    return date_format(start, "YEAR_MONTH_FORMAT")


def of_posts(whole: Span) -> str:
    if whole.posts is None:
        return _("So few people spoke that we say no more.")
    return _(
        "%(posts)s posts, of which %(answers)s answer somebody; %(conversations)s conversations. "
        "A conversation is: somebody says something, somebody answers, they answer back."
    ) % {
        "posts": say_number(whole.posts),
        "answers": say_number(whole.answers),
        "conversations": say_number(whole.conversations),
    }


def of_people(whole: Span) -> str:
    return _(
        "%(people)s people said something, %(newcomers)s of them for the first time. %(joined)s "
        "have come aboard; nobody needs to, to take part."
    ) % {
        "people": say_number(whole.people),
        "newcomers": say_number(whole.newcomers),
        "joined": say_number(whole.joined),
    }


def of_waits(whole: Span) -> str:
    if whole.half_within is None or whole.answered is None:
        return _("Too few newcomers were answered in this time to say how long they waited.")
    return _(
        "Of %(newcomers)s newcomers, %(answered)s were answered by somebody. Half of them waited "
        "%(half)s or less for their first answer, nine in ten %(most)s or less."
    ) % {
        "newcomers": say_number(whole.newcomers),
        "answered": say_number(whole.answered),
        "half": say_wait(whole.half_within),
        "most": say_wait(whole.most_within),
    }


def of_latest_wait(figures: Figures) -> Iterator[str]:
    """Of the latest month of which it is known; nothing where weeks are told."""
    months = figures.spans if figures.cut == MONTH else ()
    for span in reversed(months):
        if span.half_within is not None:
            yield _(
                "In %(month)s a newcomer waited %(half)s for a first answer, half the time."
            ) % {"month": say_step(span.start, MONTH), "half": say_wait(span.half_within)}
            return


def of_help(whole: Span) -> str:
    if not whole.helps:
        return _("No help was confirmed in this time, or too few people spoke to say.")
    return _(
        "%(helps)s times somebody said that an answer had helped. People who helped: %(helpers)s. "
        "People who were helped: %(helped)s."
    ) % {
        "helps": say_number(whole.helps),
        "helpers": say_number(whole.helpers),
        "helped": say_number(whole.helped),
    }


def of_returns(whole: Span) -> str:
    if not whole.newcomers or whole.back_7 is None:
        return _("Too few newcomers in this time to say how many came back.")
    return _(
        "Of %(newcomers)s newcomers, %(week)s said something again a week or more after their "
        "first post, %(month)s a month or more after it. Whoever came lately may still do so; "
        "nothing expires."
    ) % {
        "newcomers": say_number(whole.newcomers),
        "week": say_number(whole.back_7),
        "month": say_number(whole.back_30),
    }
