"""The admin's main menu: what belongs together stands under one roof. Rooms enter where they like;
here they are moved."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from curation.access import may_review

AFTER_ALL = 1000
"""Once every room has entered."""


@dataclass(frozen=True, slots=True)
class Roof:
    """`rooms`: the names of their addresses, in the menu's order."""

    name: str
    label: str | Promise
    icon: str
    order: int
    rooms: Sequence[str]


DESK = "curation:review"
ROOFS = (
    Roof(
        "curation",
        _("Curation"),
        "glasses",
        155,
        (DESK, "sources:index", "sift_rules:index", "trusted_members:index"),
    ),
    Roof(
        "members-words",
        _("Members' words"),
        "comment",
        157,
        ("member_texts:index", "ideas:index", "page_replies", "reports:index"),
    ),
    Roof("crew", _("People"), "group", 235, ("people:index", "tutors:index", "helps:index")),
)


@hooks.register("construct_main_menu", order=AFTER_ALL)
def under_roofs(request: HttpRequest, items: list[MenuItem]) -> None:
    """A roof over one room is none: that room stays where it is."""
    items.extend(_desks(request))
    for roof in ROOFS:
        places = {reverse(name): place for place, name in enumerate(roof.rooms)}
        below = [item for item in items if item.url in places]
        if len(below) > 1:
            items[:] = [item for item in items if item.url not in places]
            items.append(_built(roof, below, places))


def _desks(request: HttpRequest) -> Iterator[MenuItem]:
    """The review desk stands on the site itself, and has a door here."""
    if may_review(request.user):
        yield MenuItem(
            _("Review desk"), reverse(DESK), name="review-desk", icon_name="check", order=155
        )


def _built(roof: Roof, below: Sequence[MenuItem], places: dict[str, int]) -> MenuItem:
    rooms = [copy(item) for item in below]  # Wagtail's own are shared by all requests
    for room in rooms:
        room.order = places[room.url]
    return SubmenuMenuItem(
        roof.label, Menu(items=rooms), name=roof.name, icon_name=roof.icon, order=roof.order
    )
