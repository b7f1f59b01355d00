"""Things to read for the style page, never saved: one that was put forward, one that wasn't."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curation.models import Axis, Depth, Item, Pick, Topic
from curation.reading import Card


def readings() -> Iterator[Card]:
    item = _item(1, _("How birds learn to fly in a flock"), axis=Axis.WITH, depth=Depth.BEGIN)
    sentence = _("Nobody leads, and nobody falls behind. Read it before your first live-tweet.")
    pick = Pick(
        item=item,
        sentence=sentence,
        language=get_language() or "",
        picked_at=timezone.now() - timedelta(hours=5),
    )
    topic = Topic(name=_("together"), slug="together")
    yield Card(item, pick, None, [topic], [])
    yield Card(_item(2, _("A walk along the canal"), axis=Axis.ABOUT), None, None, [], [])


def _item(pk: int, title: str, **fields: str) -> Item:
    now = timezone.now()
    item = Item(
        pk=pk,
        url="https://read.example/birds",
        title=title,
        site_name="read.example",
        first_seen_at=now,
        shown_at=now,
        **fields,
    )
    item._state.fields_cache["picture"] = None  # it has none: nobody needs to ask
    return item
