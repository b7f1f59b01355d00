"""The MOOCs of this installation, one per Wagtail site."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Self

from django.db.models.functions import Now
from wagtail.models import Site

from community.models import LiveEvent, MoocSettings
from microblog.answering import answering_connections
from microblog.hashtags import bare, normalised
from microblog.models import Connection, Post
from microblog.models.connections import ConnectionQuerySet

FOLDING = 2
"""How `bare_words` bares; to be raised whenever it does otherwise: searches are kept anew."""
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
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_RARER = re.compile(r"[\u0483-\u1fff\u2070-\U0010ffff]")
"""Where other signs that combine are: those are looked at one by one, which is slow."""


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


@dataclass(frozen=True, slots=True)
class Moocs:
    """All of them, read at once in two queries however many they are; the default site's first.

    networks: by site id, the ids of the connections that were chosen for it, if any were.
    """

    all: Sequence[MoocSettings]
    networks: Mapping[int | None, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Self:
        first = ("-site__is_default_site", "site_id")
        found = list(MoocSettings.objects.select_related("site").order_by(*first))
        if not any(mooc.site.is_default_site for mooc in found):
            default = Site.objects.filter(is_default_site=True).first()
            found.insert(0, MoocSettings(site=default) if default else MoocSettings())
        chosen = defaultdict(set)
        through = MoocSettings.networks.through.objects.values_list(
            "moocsettings__site", "connection"
        )
        for site, connection in through:
            chosen[site].add(connection)
        return cls(found, {site: frozenset(ids) for site, ids in chosen.items()})

    @property
    def default(self) -> MoocSettings:
        return self.all[0]

    @property
    def is_one(self) -> bool:
        return len(self.all) == 1

    @property
    def fingerprint(self) -> str:
        """Another one where posts may belong to other MOOCs than before; "" where there is one."""
        if self.is_one:
            return ""
        told = [
            (one.site_id, sorted(one.bare_hashtags), sorted(self.networks.get(one.site_id, ())))
            for one in self.all
        ]
        return sha256(repr(told).encode()).hexdigest()

    @property
    def bare_hashtags(self) -> frozenset[str]:
        """Of them all."""
        return frozenset().union(*(mooc.bare_hashtags for mooc in self.all))

    def of_site(self, site_id: int | None) -> MoocSettings:
        """The default one's for what belongs to no site, or to one that was never set up."""
        return next((mooc for mooc in self.all if mooc.site_id == site_id), self.default)

    def of_hashtags(self, hashtags: Iterable[str]) -> list[MoocSettings]:
        """Those that a post with these hashtags bears the sign of."""
        said = bare(hashtags)
        return [mooc for mooc in self.all if said & mooc.bare_hashtags]

    def of_connection(self, connection_id: int | None) -> MoocSettings:
        """Whose bot speaks there: a MOOC that chose this connection comes before those that take
        all."""
        chosen = (mooc for mooc in self.all if connection_id in self.networks.get(mooc.site_id, ()))
        takes_all = (mooc for mooc in self.all if not self.networks.get(mooc.site_id))
        return next(chosen, None) or next(takes_all, self.default)

    def may_speak(self, mooc: MoocSettings, connection: Connection) -> bool:
        chosen = self.networks.get(mooc.site_id)
        return not chosen or connection.pk in chosen

    def voices_of(self, mooc: MoocSettings, connections: Iterable[Connection]) -> list[Connection]:
        """Those of the connections through which this MOOC speaks."""
        return [one for one in connections if self.may_speak(mooc, one)]

    def of_posts(self, posts: Sequence[Post]) -> dict[int, list[MoocSettings]]:
        """By post id: those whose hashtags it bears, else the one that it was said to. Two queries
        where there are several."""
        if self.is_one:
            return {post.pk: [self.default] for post in posts}
        found = {post.pk: self.of_hashtags(post.hashtags) for post in posts}
        quiet = [post for post in posts if not found[post.pk]]
        heard = answering_connections(quiet) if quiet else {}
        for post in quiet:
            connection = heard.get(post.pk)
            found[post.pk] = [self.of_connection(connection.pk if connection else None)]
        return found


def voices_in_use(site_id: int | None) -> ConnectionQuerySet:
    """The connections through which a MOOC speaks."""
    in_use = Connection.objects.enabled()
    moocs = Moocs.read()
    chosen = moocs.networks.get(moocs.of_site(site_id).site_id)
    return in_use.filter(pk__in=chosen) if chosen else in_use


def mooc_of(site_id: int | None) -> MoocSettings:
    """The settings of one site, the default one's for None. A query, two for a new site."""
    return Moocs.read().of_site(site_id)


def says_embark(text: str, mooc: MoocSettings) -> bool:
    """Whether a post says one of the MOOC's words for coming aboard, whatever its accents and
    apostrophes."""
    said = f" {bare_words(text)} "
    wanted = (bare_words(line) for line in mooc.embark_phrases.splitlines())
    return any(f" {phrase} " in said for phrase in wanted if phrase)


def bare_words(text: str) -> str:
    """Words alone, without accents or case, a space between any two; œ is oe."""
    folded = text.casefold().replace("œ", "oe").replace("æ", "ae")
    letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
    if _RARER.search(letters):
        letters = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", letters))
