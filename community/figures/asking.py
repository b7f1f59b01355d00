"""What a reader asks for, from an address; and the figures, remembered for a few minutes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.cache import cache
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from community.figures.periods import CUTS, PERIODS, USUAL
from community.figures.reading import Figures, Places, Slice, read_figures, read_places
from community.models import Presence
from community.models.figures import ALL
from microblog.networks import Network

Remembered = TypeVar("Remembered")
SECONDS = 300
"""How long figures are remembered; what was taken back meanwhile is in sums alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Only what there is: a stranger's made-up network is every network."""

    wanted: Slice
    places: Places
    figures: Figures

    @property
    def query(self) -> str:
        return query_of(self.wanted)


def ask(parameters: Mapping[str, str], *, now: datetime, site: int = ALL) -> Asked:
    places = _remembered(f"figures:{site}:places", lambda: read_places(site))
    wanted = replace(_wanted(parameters, places), site=site)
    figures = _remembered(
        f"figures:{site}:{query_of(wanted)}",
        lambda: read_figures(wanted, first=places.first, now=now),
    )
    return Asked(wanted, places, figures)


def _remembered(key: str, read: Callable[[], Remembered]) -> Remembered:
    found: Remembered | None = cache.get(key)
    if found is None:
        found = read()
        cache.set(key, found, SECONDS)
    return found


def _wanted(parameters: Mapping[str, str], places: Places) -> Slice:
    period = PERIODS.get(parameters.get("period", ""), PERIODS[USUAL])
    cut = parameters.get("by", "")
    network, language = parameters.get("network", ""), parameters.get("language", "")
    return Slice(
        period=period,
        cut=Presence.Span(cut) if cut in CUTS else period.cut,
        network=network if network in places.networks else "",
        language=language if language in places.languages else "",
    )


def query_of(wanted: Slice) -> str:
    chosen = {
        "period": wanted.period.key,
        "by": wanted.cut.value,
        "network": wanted.network,
        "language": wanted.language,
    }
    return urlencode({name: value for name, value in chosen.items() if value})


def choices(asked: Asked) -> list[dict[str, Any]]:
    """For the bar of filters: each choice as a link; only where there is one."""
    wanted, places = asked.wanted, asked.places
    names = dict(Network.choices)
    networks = [(names.get(one, one), one) for one in places.networks]
    languages = [(_language(one), one) for one in places.languages]
    groups: dict[str, list[tuple[Any, Slice]]] = {
        _("Period"): [
            (period.label, replace(wanted, period=period, cut=period.cut))
            for period in PERIODS.values()
        ],
        _("Cut"): [(label, replace(wanted, cut=cut)) for cut, label in CUTS.items()],
        _("Network"): [
            (name, replace(wanted, network=one)) for name, one in [(_("all"), ""), *networks]
        ],
        _("Language"): [
            (name, replace(wanted, language=one)) for name, one in [(_("all"), ""), *languages]
        ],
    }
    return [
        {"name": name, "options": list(_options(options, wanted))}
        for name, options in groups.items()
        if len(options) > 2 or name == _("Cut")
    ]


def _options(options: list[tuple[Any, Slice]], wanted: Slice) -> Iterator[dict[str, Any]]:
    for label, other in options:
        yield {"label": label, "url": f"?{query_of(other)}", "current": other == wanted}


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
