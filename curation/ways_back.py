"""The way back from a decision: what an item was before it, kept with who decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from community.models import User
from curation.models import Item, Sifting, SiftRule

RESTORED = ("state", "snoozed_until", "decided_at", "shown_at", "decided_in")
"""What a decision about an item's place changes, and undoing it gives back."""

TOPICS, PICTURE = "topics", "image_url"


class AlreadyDecided(Exception):
    """Somebody was quicker, or it is gone; the item's latest Sifting says who and what."""


@dataclass(frozen=True, slots=True)
class By:
    """Who decides: a person, a rule, or a fact in words."""

    user: User | None = None
    rule: SiftRule | None = None
    because: str = ""


def waits(now: datetime) -> Q:
    """As Item.objects.waiting says."""
    woken = Q(state=Item.State.SNOOZED, snoozed_until__lte=now)
    return Q(state=Item.State.WAITING) | woken


def show(item: Item, now: datetime) -> None:
    """In memory alone. It keeps the moment at which it first appeared."""
    item.state = Item.State.PUBLISHED
    item.shown_at = item.shown_at or now
    item.snoozed_until = None


def snapshot_of(item: Item, names: Iterable[str] = RESTORED) -> dict[str, Any]:
    """Values that JSON can hold, for `before`."""
    return {name: plain_value(getattr(item, name)) for name in names}


def plain_value(value: Any) -> Any:
    """As JSON can hold it, and the field it came from can read it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def put_back(item: Item, before: Mapping[str, Any]) -> list[str]:
    """In memory alone; returns the names of the fields that it wrote."""
    fields = {field.name: field for field in Item._meta.concrete_fields}
    names = [name for name in before if name in fields]
    for name in names:
        setattr(item, name, fields[name].to_python(before[name]))
    return names


def a_sifting(
    item: Item, decision: str, *, by: By, batch: UUID, before: Mapping[str, Any], now: datetime
) -> Sifting:
    return Sifting(
        item=item,
        batch=batch,
        decision=decision,
        user=by.user,
        rule=by.rule,
        because=(by.because or (by.rule.name if by.rule else ""))[:300],
        at=now,
        before=dict(before),
    )


def write_edited(item: Item, new: Mapping[str, Any]) -> None:
    """In memory alone: from now on, no feed and no page writes these fields."""
    for name, value in new.items():
        setattr(item, name, value)
    mark_edited(item, *new)


def mark_edited(item: Item, *names: str) -> None:
    """In memory alone. TOPICS are no field of the item, and a person's all the same."""
    item.edited_fields = sorted({*item.edited_fields, *names})
