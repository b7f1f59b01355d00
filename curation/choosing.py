"""Which part of the veille a reader wants, as the address of the page says it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from curation.models import Axis

WEEK = timedelta(days=7)
PERIODS = {"week": WEEK, "month": timedelta(days=30), "ever": None}
"""Of what is shared most."""
KINDS = ("picks", "all")
"""Only what somebody put forward, or everything that is shown."""
ANY = "all"
"""Every language, where a page would show the reader's own."""
LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Each "" or None doesn't choose. `topic`: a slug; `week`: its Monday; `person`: a participant;
    `shared`: what is shared most in one of PERIODS; `only`: one of KINDS; `language` may be ANY."""

    axis: str = ""
    topic: str = ""
    week: date | None = None
    person: int | None = None
    language: str = ""
    shared: str = ""
    only: str = ""
    query: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """What makes no sense chooses nothing."""
        asked = {name: str(value).replace("\0", "") for name, value in asked.items()}
        person = asked.get("person", "")
        return cls(
            axis=_one_of(asked.get("axis", ""), Axis.values),
            topic=asked.get("topic", "")[:100],
            week=_monday(asked.get("week", "")),
            person=int(person) if person.isdecimal() and len(person) < 19 else None,
            language=_one_of(asked.get("language", ""), {ANY, *dict(settings.LANGUAGES)}),
            shared=_one_of(asked.get("shared", ""), PERIODS),
            only=_one_of(asked.get("only", ""), KINDS),
            query=asked.get("q", "").strip()[:LONGEST_QUERY],
        )

    def but(self, **changes: object) -> Self:
        return replace(self, **changes)  # type: ignore[arg-type]

    def to_somebody(self, language: str) -> Self:
        """Without a wish for a language, a list is in the reader's own; words they look for and
        people they follow may speak any."""
        if self.language or self.query or self.person:
            return self
        return self.but(language=language)

    @property
    def said_language(self) -> str:
        """ "" for any."""
        return "" if self.language == ANY else self.language

    @property
    def is_everything(self) -> bool:
        return self == type(self)()

    def as_feed(self) -> Self:
        """Said in one way only, and without what passes: a week, a period."""
        only = self.only if self.only == "picks" else ""
        return self.but(week=None, shared="", language=self.said_language, only=only)

    @property
    def is_advertised(self) -> bool:
        """Whether this feed names the hub, which is told of it (curation.websub.noting):
        everything, or one part of it, in all languages or in one. Parts of parts are too many to
        tell, and which searches would find something new, nobody knows without searching."""
        narrowed = (self.axis, self.topic, self.person, self.only)
        return self == self.as_feed() and not self.query and sum(map(bool, narrowed)) <= 1

    @property
    def address(self) -> str:
        """What stands behind the page's own address: "" or "?…"."""
        said = {
            "axis": self.axis,
            "topic": self.topic,
            "week": self.week.isoformat() if self.week else "",
            "person": self.person or "",
            "language": self.language,
            "shared": self.shared,
            "only": self.only,
            "q": self.query,
        }
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def span(self) -> tuple[datetime, datetime] | None:
        """From the Monday of the wanted week until the next."""
        return week_span(self.week) if self.week else None


def _one_of(value: str, known: object) -> str:
    return value if value in known else ""  # type: ignore[operator]


def _monday(value: str) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return monday_of(day) if date(1990, 1, 1) < day < date(2200, 1, 1) else None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(moment: datetime) -> date:
    """The Monday of the week in which the installation's own clock shows this moment."""
    return monday_of(timezone.localtime(moment, timezone.get_default_timezone()).date())


def week_span(monday: date) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    start, end = (datetime.combine(day, time(), zone) for day in (monday, monday + WEEK))
    return start, end
