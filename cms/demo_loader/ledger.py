"""What was loaded already. Each item is written together with what it became, or not at all."""

from collections.abc import Callable
from datetime import datetime
from typing import ParamSpec, TypeVar, cast

from django.db import models, transaction
from wagtail.models import Page

from cms.models import DemoItem

Row = TypeVar("Row", bound=models.Model)
Place = TypeVar("Place", bound=Page)
What = ParamSpec("What")


class Ledger:
    """Read once; asked for every item."""

    def __init__(self) -> None:
        rows = list(DemoItem.objects.values_list("key", "object_pk", "loaded_at"))
        self._rows = {key: object_pk for key, object_pk, _at in rows}
        self._moments = {key: at for key, _object_pk, at in rows}
        self._rooms: dict[str, Page | None] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def load(
        self,
        key: str,
        make: Callable[What, models.Model | None],
        *args: What.args,
        **kwargs: What.kwargs,
    ) -> bool:
        """Make the item of `args` unless it was made before, here or by a load beside this one."""
        if key in self:
            return False
        with transaction.atomic():
            item, first = DemoItem.objects.get_or_create(key=key)
            if first and (made := make(*args, **kwargs)) is not None:
                item.object_pk = str(made.pk)
                item.save(update_fields=["object_pk"])
        self._rows[key] = item.object_pk
        return first

    def find(self, key: str, model: type[Row]) -> Row | None:
        """What the item became; None if it was never loaded, or thrown away since."""
        object_pk = self._rows.get(key)
        return model._default_manager.filter(pk=object_pk).first() if object_pk else None

    def room(self, name: str, language: str, model: type[Place]) -> Place | None:
        """A page that others stand below; looked for once."""
        key = f"page:{name}:{language}"
        found = self._rooms.get(key)
        if found is None:
            found = self._rooms[key] = self.find(key, model)
        return cast(Place | None, found)

    def moment(self, key: str, now: datetime) -> datetime:
        """When something began: `now`, or the moment that an earlier load wrote down."""
        if key not in self._moments:
            item, _made = DemoItem.objects.get_or_create(key=key, defaults={"loaded_at": now})
            self._rows[key], self._moments[key] = item.object_pk, item.loaded_at
        return self._moments[key]
