"""What organisers see of every challenge at a glance: its state, its launches, its answers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from challenges.catalogue import KINDS
from challenges.models import ChallengePage, Launch, PhotoRiddlePage, Submission
from community.sites import within
from rulebook import Outcome


@dataclass(slots=True)
class LevelCount:
    """Answers to one level, by what was found."""

    number: int
    accepted: int = 0
    not_yet: int = 0
    with_tutor: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One challenge. `editions` are its pages, the oldest first; `launches` the newest first."""

    page: ChallengePage
    editions: Sequence[ChallengePage]
    launches: Sequence[Launch]
    levels: Sequence[LevelCount]

    @property
    def next_round(self) -> int:
        return self.launches[0].round + 1 if self.launches else 1

    @property
    def next_hint(self) -> int:
        """The number of the hint to give next, 0 where none is left."""
        page = self.page
        if not isinstance(page, PhotoRiddlePage) or page.hints_given >= len(page.hints):
            return 0
        return page.hints_given + 1

    @property
    def may_reveal(self) -> bool:
        return isinstance(self.page, PhotoRiddlePage) and not self.page.is_revealed

    @property
    def may_translate(self) -> bool:
        return len(self.editions) < len(settings.LANGUAGES)


def overview(site_id: int | None = None) -> list[Line]:
    """All challenges of one MOOC (None: of all), in the order of the page tree, in a constant
    number of queries."""
    families: dict[UUID, list[ChallengePage]] = defaultdict(list)
    for kind in KINDS:
        pages = kind.objects.filter(within(site_id))
        for page in pages.select_related("locale").order_by("pk"):
            families[page.translation_key].append(page)
    launches = _launches()
    counts = _counts()
    lines = [
        Line(
            page=_speaking_for(pages),
            editions=pages,
            launches=launches.get(key, []),
            levels=counts.get(key, []),
        )
        for key, pages in families.items()
    ]
    return sorted(lines, key=lambda line: line.page.path)


def _speaking_for(pages: Sequence[ChallengePage]) -> ChallengePage:
    return next((page for page in pages if page.live), pages[0])


def _launches() -> dict[UUID, list[Launch]]:
    grouped: dict[UUID, list[Launch]] = defaultdict(list)
    rows: Iterable[Launch] = Launch.objects.order_by("-round").prefetch_related(
        "posts__connection", "posts__promise__post", "connections"
    )
    for launch in rows:
        grouped[launch.challenge_key].append(launch)
    return grouped


def _counts() -> dict[UUID, list[LevelCount]]:
    rows = (
        Submission.objects.order_by("challenge_key", "level_number")
        .values("challenge_key", "level_number", "outcome")
        .annotate(answers=Count("pk"))
    )
    grouped: dict[UUID, dict[int, LevelCount]] = defaultdict(dict)
    for row in rows:
        number = row["level_number"]
        count = grouped[row["challenge_key"]].setdefault(number, LevelCount(number))
        setattr(count, Outcome(row["outcome"]).value, row["answers"])
    return {key: list(levels.values()) for key, levels in grouped.items()}
