"""Doors that rooms above open beside an item: they enter them when they are loaded."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from curation.models import Item


@dataclass(frozen=True, slots=True)
class Door:
    """`posts`: a button, since it changes something; else a link. `icon`: one of img/icons.svg."""

    label: str | Promise
    url: str
    icon: str = "arrow"
    posts: bool = False


ItemDoor = Callable[[HttpRequest, Item], Door | None]
_doors: dict[str, ItemDoor] = {}


def enter_item_door(name: str, door: ItemDoor) -> None:
    """`door` says None to whoever may not go there. Raises ValueError for a name that is taken."""
    if name in _doors:
        raise ValueError(f"two doors of an item are called {name!r}")
    _doors[name] = door


def doors_of(request: HttpRequest, item: Item) -> list[Door]:
    """Open to this visitor, in the order of their names."""
    found = [_doors[name](request, item) for name in sorted(_doors)]
    return [door for door in found if door is not None]
