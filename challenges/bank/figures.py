"""A challenge's figures as organisers read them: with the words of its levels and of its rules."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from challenges.bank.opinions import Opinions, opinions_about
from challenges.blocks import RULE_BLOCKS
from challenges.catalogue import KINDS
from challenges.levels import Level
from challenges.models import ChallengePage, Figures
from challenges.rules import RULES
from community.sites import within
from microblog.networks import Network
from rulebook import UnknownRule


@dataclass(frozen=True, slots=True)
class Missed:
    """A rule that posts didn't keep, in the sentence that learners read. `share`: of a hundred who
    tried the level, how many missed it at least once."""

    sentence: str
    people: int
    times: int
    share: int


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """`told`: as challenges.bank.tallying gives it; `url`: the level in the editor."""

    number: int
    title: str
    url: str
    told: Mapping[str, Any]
    missed: Sequence[Missed]


@dataclass(frozen=True, slots=True)
class RoundFigures:
    number: int
    at: datetime | None
    first: timedelta | None
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    page: ChallengePage
    counted_at: datetime | None
    whole: Mapping[str, Any]
    first: timedelta | None
    levels: Sequence[LevelFigures]
    languages: Sequence[tuple[str, Mapping[str, Any]]]
    networks: Sequence[tuple[str, Mapping[str, Any]]]
    rounds: Sequence[RoundFigures]
    opinions: Opinions


def all_figures(site_id: int | None = None) -> list[tuple[ChallengePage, Figures | None]]:
    """Every challenge of one MOOC (None: of all) by its oldest page, in the order of the
    page tree; constant queries."""
    counted = {row.challenge_key: row for row in Figures.objects.all()}
    families: dict[UUID, list[ChallengePage]] = defaultdict(list)
    for kind in KINDS:
        here = kind.objects.filter(within(site_id))
        for page in here.select_related("locale").order_by("pk"):
            families[page.translation_key].append(page)
    pages = [next((one for one in family if one.live), family[0]) for family in families.values()]
    pages.sort(key=lambda page: page.path)
    return [(page, counted.get(page.translation_key)) for page in pages]


def figures_of(page: ChallengePage) -> Shown:
    """`page` is specific. Not counted yet: everything is empty."""
    row = Figures.objects.filter(challenge_key=page.translation_key).first()
    data = row.data if row else {}
    whole = data.get("whole", {})
    return Shown(
        page=page,
        counted_at=row.counted_at if row else None,
        whole=whole,
        first=_seconds(whole.get("first")),
        levels=list(_levels(page, data.get("levels", {}))),
        languages=list(data.get("languages", {}).items()),
        networks=[
            (str(dict(Network.choices).get(name, name)), told)
            for name, told in data.get("networks", {}).items()
        ],
        rounds=[_round(told) for told in data.get("rounds", ())],
        opinions=opinions_about(page),
    )


def _levels(page: ChallengePage, told: Mapping[str, Any]) -> Iterator[LevelFigures]:
    """Those of the page in their order, then those that are there no longer."""
    rest = dict(told)
    for level in page.level_specs():
        counted = rest.pop(str(level.id), {})
        url = reverse("wagtailadmin_pages:edit", args=[page.pk]) + f"#block-{level.id}-section"
        missed = _missed(counted, level)
        yield LevelFigures(level.number, level.title, url, counted, missed)
    for counted in sorted(rest.values(), key=lambda one: one["number"]):
        yield LevelFigures(counted["number"], "", "", counted, _missed(counted, None))


def _missed(counted: Mapping[str, Any], level: Level | None) -> list[Missed]:
    return [
        Missed(
            sentence=rule_in_words(one["rule"], level),
            people=one["people"],
            times=one["times"],
            share=round(100 * one["people"] / counted["people"]),
        )
        for one in counted.get("missed", ())
    ]


def rule_in_words(key: str, level: Level | None) -> str:
    """What the level asks for by this rule; the rule's name where it does so no longer."""
    specs = [spec for spec in level.specs if spec.key == key] if level else []
    try:
        sentences = [str(one) for one in RULES.summaries(specs)]
    except UnknownRule:
        sentences = []
    if sentences:
        return " ".join(sentences)
    block = RULE_BLOCKS.get(key)
    return str(block().label) if block else key


def _round(told: Mapping[str, Any]) -> RoundFigures:
    at = datetime.fromisoformat(told["at"]) if told["at"] else None
    return RoundFigures(told["round"], at, _seconds(told["first"]), told)


def _seconds(number: float | None) -> timedelta | None:
    return None if number is None else timedelta(seconds=number)
