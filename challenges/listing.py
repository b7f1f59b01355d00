"""The list of challenges: all that are public in one language, by family and difficulty."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from challenges.bank.opinions import likers_of
from challenges.models import ChallengePage
from challenges.models.pages import KINDS
from challenges.reading import Reader, levels_passed
from challenges.riddles.photos import prefetch_photos
from community.sites import open_to_all, within

CARD_PICTURE = "fill-640x400"
"""As _partials/challenge_card.html asks for it."""
A_PAGE = 24
LIKED = "liked"


@dataclass(frozen=True, slots=True)
class Card:
    challenge: ChallengePage
    passed: int


@dataclass(frozen=True, slots=True)
class Listing:
    cards: Sequence[Card]
    filters: Sequence[dict[str, Any]]
    page: PageOfResults[ChallengePage]
    query: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asks for; "" is everything (of `language`: the list's own), as organisers put
    it; `sort` may be "liked"."""

    family: str = ""
    difficulty: str = ""
    language: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Choice":
        return cls(**{one.name: query.get(one.name, "")[:100] for one in fields(cls)})

    def query(self, **changes: str) -> str:
        wanted = {**asdict(self), **changes}
        return urlencode({name: value for name, value in wanted.items() if value})


@dataclass(frozen=True, slots=True)
class _Entry:
    page: ChallengePage
    language: str
    families: dict[str, str]

    def fits(self, choice: Choice) -> bool:
        return (not choice.family or choice.family in self.families) and (
            not choice.difficulty or choice.difficulty == self.page.difficulty
        )


def list_challenges(
    *, home: str, choice: Choice, number: str, reader: Reader, site_id: int | None = None
) -> Listing:
    """`home`: the language of the list; `site_id`: of its MOOC; `number`: the page asked for, as
    it was written."""
    everything = _read(site_id)
    language = choice.language or home
    spoken = [one for one in everything if one.language == language]
    wanted = [one.page for one in spoken if one.fits(choice)]
    likers = likers_of([one.page.translation_key for one in spoken])
    if choice.sort == LIKED:
        wanted.sort(key=lambda one: -likers.get(one.translation_key, 0))
    page = Paginator(wanted, A_PAGE).get_page(number)
    shown = list(page.object_list)
    passed = levels_passed(reader, shown)
    prefetch_photos(shown, CARD_PICTURE)
    return Listing(
        cards=[Card(one, passed.get(one.translation_key, 0)) for one in shown],
        filters=[*_filters(everything, spoken, choice, home), *_orders(choice, bool(likers))],
        page=page,
        query=choice.query(),
    )


def _read(site_id: int | None) -> list[_Entry]:
    """In the order that organisers gave them in the page tree, open ones first."""
    kinds = [f"{kind}__{name}" for kind in KINDS for name in ("locale", "photo")]
    pages = ChallengePage.objects.live().filter(open_to_all(), within(site_id))
    pages = pages.select_related("locale", *kinds)
    entries = [
        _Entry(page.in_particular, page.locale.language_code, _families(page))
        for page in pages.prefetch_related("tagged_items__tag")
    ]
    return sorted(entries, key=lambda one: (one.page.closed_at is not None, one.page.path))


def _families(page: ChallengePage) -> dict[str, str]:
    names = (item.tag.name for item in page.tagged_items.all())
    return {slugify(name): name for name in names}


def _filters(
    everything: list[_Entry], spoken: list[_Entry], choice: Choice, home: str
) -> list[dict[str, Any]]:
    families = {slug: name for one in spoken for slug, name in one.families.items()}
    levels = {one.page.difficulty for one in spoken}
    codes = {one.language for one in everything}
    groups = [
        _group(_("Family"), "family", sorted(families.items(), key=lambda pair: pair[1]), choice),
        _group(
            _("Difficulty"),
            "difficulty",
            [
                (value, label)
                for value, label in ChallengePage.Difficulty.choices
                if value in levels
            ],
            choice,
        ),
    ]
    languages = [(code, name) for code, name in settings.LANGUAGES if code in codes | {home}]
    if len(languages) > 1:
        groups.append(_languages(languages, choice, home))
    return [group for group in groups if len(group["options"]) > 2 or group["always"]]


def _orders(choice: Choice, is_liked: bool) -> list[dict[str, Any]]:
    """Only where enough people liked something."""
    if not is_liked:
        return []
    options = [("", _("As they come")), (LIKED, _("Liked most"))]
    return [
        {
            "name": _("Order"),
            "always": True,
            "options": [
                {
                    "label": label,
                    "url": f"?{choice.query(sort=value)}",
                    "current": (choice.sort == LIKED) == (value == LIKED),
                }
                for value, label in options
            ],
        }
    ]


def _group(
    name: str, field: str, options: Sequence[tuple[str, Any]], choice: Choice
) -> dict[str, Any]:
    current = getattr(choice, field)
    return {
        "name": name,
        "always": bool(current),
        "options": [
            {
                "label": label,
                "url": f"?{choice.query(**{field: value})}",
                "current": current == value,
            }
            for value, label in [("", _("All")), *options]
        ],
    }


def _languages(options: Sequence[tuple[str, Any]], choice: Choice, home: str) -> dict[str, Any]:
    current = choice.language or home
    return {
        "name": _("Language"),
        "always": True,
        "options": [
            {
                "label": str(name),
                "url": f"?{choice.query(language='' if code == home else code, family='')}",
                "current": code == current,
            }
            for code, name in options
        ],
    }
