"""How the desk names its piles and choices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from curation.models import Axis, Source
from curation.sifting.listing import Wish

PILES = {
    "waiting": _("To review"),
    "proposed": _("Proposed picks"),
    "asleep": _("For later"),
    "dropped": pgettext_lazy("pile", "Set aside"),
}
ORDERS = {
    "newest": _("newest first"),
    "shared": _("most shared first"),
    "oldest": _("oldest first"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    label: str | Promise
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Select:
    """`options`: value, label, whether it is chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str | Promise, bool]]


def pile_tabs(wish: Wish | None, path: str) -> list[Tab]:
    """None: none of them is looked at."""
    return [
        Tab(label, path + Wish(pile=pile).query(), bool(wish and wish.pile == pile))
        for pile, label in PILES.items()
    ]


def selects(wish: Wish, sources: Iterable[Source]) -> list[Select]:
    named = [(str(source.pk), str(source)[:60]) for source in sources]
    asked: dict[str, tuple[str, Sequence[tuple[str, str | Promise]]]] = {
        "order": (gettext("Order"), list(ORDERS.items())),
        "source": (gettext("Source"), [("", pgettext("sources", "all")), *named]),
        "language": (
            gettext("Language"),
            [("", pgettext("languages", "all")), *settings.LANGUAGES],
        ),
        "axis": (gettext("Axis"), [("", pgettext("axes", "all")), *Axis.choices]),
    }
    return [
        Select(name, label, [(key, said, getattr(wish, name) == key) for key, said in options])
        for name, (label, options) in asked.items()
    ]


def told(decision: str, count: int) -> str:
    """What happened to so many items."""
    words = {
        "publish": ngettext("Published.", "%(count)s published.", count),
        "drop": ngettext("Set aside.", "%(count)s set aside.", count),
        "snooze": ngettext("It comes back later.", "%(count)s come back later.", count),
        "back": ngettext("Back on the desk.", "%(count)s back on the desk.", count),
        "sort": ngettext("Sorted.", "%(count)s sorted.", count),
    }
    return words[decision] % {"count": count}
