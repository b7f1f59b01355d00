"""The way from an event's archive to an article, which is a page of a room above."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from community.models import LiveEvent


@dataclass(frozen=True, slots=True)
class Door:
    """`url_name` takes the event's slug and is POSTed to; `may_enter` asks about the visitor."""

    url_name: str
    may_enter: Callable[[HttpRequest, LiveEvent], bool]


_doors: list[Door] = []


def enter_article_door(door: Door) -> None:
    """The room that holds articles says where one is made. Raises ValueError if another did."""
    if _doors:
        raise ValueError("articles are made elsewhere already")
    _doors.append(door)


def article_door(request: HttpRequest, event: LiveEvent) -> str:
    """The url name of where this visitor may make an article; "" for nowhere."""
    return next((one.url_name for one in _doors if one.may_enter(request, event)), "")
