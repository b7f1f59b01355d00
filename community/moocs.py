"""The MOOCs of this installation, one per Wagtail site."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta

from django.db.models.functions import Now

from community.models import LiveEvent, MoocSettings
from microblog.hashtags import normalised, written

AHEAD = timedelta(days=1)
"""How long before an event people sign up on its hashtag: listened to now and then."""
EARLY = timedelta(hours=1)
"""How long before it they greet each other: listened to from moment to moment."""
LATECOMERS = timedelta(hours=1)
"""How long after an event its posts are still waited for from moment to moment."""
STRAGGLERS = timedelta(days=90)
"""And how long now and then, for the archive."""
MOST_LATE = 40
"""Every hashtag is a request to every server, again and again."""


def mooc_hashtags() -> Iterable[str]:
    """The hashtags of every MOOC here, normalised."""
    fields = list(MoocSettings.objects.values_list("hashtags", flat=True))
    return normalised(fields or [MoocSettings().hashtags])


def live_hashtags() -> Iterable[str]:
    """The hashtags of the events that are told live now, come soon, or were a moment ago,
    normalised."""
    begun = LiveEvent.objects.accepted().filter(starts_at__lte=Now() + EARLY)
    told = begun.filter(ends_at__gte=Now() - LATECOMERS)
    return normalised(told.values_list("hashtag", flat=True))


def coming_hashtags() -> Iterable[str]:
    """The hashtags of the events that begin within a day, normalised."""
    coming = LiveEvent.objects.accepted().filter(
        starts_at__gt=Now() + EARLY, starts_at__lte=Now() + AHEAD
    )
    return normalised(coming.values_list("hashtag", flat=True))


def late_hashtags() -> Iterable[str]:
    """The hashtags of the events that were told in the last months, normalised."""
    told = LiveEvent.objects.accepted().filter(
        ends_at__lt=Now() - LATECOMERS, ends_at__gte=Now() - STRAGGLERS
    )
    return normalised(told.order_by("-ends_at").values_list("hashtag", flat=True)[:MOST_LATE])


def first_hashtag(mooc: MoocSettings) -> str:
    """The hashtag that the bot says, in its own spelling; "" if there is none."""
    return next(iter(written(mooc.hashtags)), "")


def site_hashtag() -> str:
    """The hashtag of the default site's MOOC, which its posts bear; "" where it has none."""
    mooc = MoocSettings.objects.filter(site__is_default_site=True).first()
    return first_hashtag(mooc or MoocSettings())


def says_embark(text: str, mooc: MoocSettings) -> bool:
    """Whether a post says one of the MOOC's words for coming aboard, whatever its accents and
    apostrophes."""
    said = f" {bare_words(text)} "
    wanted = (bare_words(line) for line in mooc.embark_phrases.splitlines())
    return any(f" {phrase} " in said for phrase in wanted if phrase)


def bare_words(text: str) -> str:
    """Words alone, without accents or case, a space between any two."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", letters))
