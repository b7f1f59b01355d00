"""Every place that names a person, so that none is forgotten when two turn out to be one, nor when
they are parted again."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ForeignKey

from community.models import Merge, Participant

Rows = Mapping[str, list[Any]]
"""The rows that name a person: "app.model.field" → their numbers."""

_lists: list[tuple[type[models.Model], str]] = []


def enter_list_of_people(model: type[models.Model], field: str) -> None:
    """A JSON list of numbers of participants, which no foreign key watches over."""
    _lists.append((model, field))


def keys_to(model: type[models.Model]) -> Iterator[ForeignKey[Any, Any]]:
    """Every foreign key to it, also those without a name for the way back."""
    for relation in model._meta.get_fields(include_hidden=True):
        key = getattr(relation, "field", None)
        if relation.auto_created and isinstance(key, ForeignKey) and not key.model._meta.proxy:
            yield key


def keys_to_people() -> Iterator[ForeignKey[Any, Any]]:
    """But for those of joinings themselves and of ledgers, which are counted again."""
    for key in keys_to(Participant):
        counted_again = not getattr(key, "db_constraint", True)
        if key.model is not Merge and not counted_again:
            yield key


def rows_naming(person: Participant) -> Iterator[tuple[str, list[Any]]]:
    """Of every room. A query for each key and each list."""
    for key in keys_to_people():
        found = key.model._base_manager.filter(**{key.name: person})
        numbers = list(found.values_list("pk", flat=True))
        if numbers:
            yield f"{key.model._meta.label_lower}.{key.name}", numbers
    for model, field in _lists:
        rows = _listing(model, field)
        numbers = [pk for pk, listed in rows.items() if person.pk in listed]
        if numbers:
            yield f"{model._meta.label_lower}.{field}", numbers


def hand_on_the_rest(person: Participant, *, into: Participant) -> None:
    """What no room moved by itself, once all were told. Of what there may be one only, the one of
    `into` stays."""
    for key in keys_to_people():
        theirs = key.model._base_manager.filter(**{key.name: person})
        if key.model is Participant:
            theirs = theirs.exclude(pk=into.pk)  # nobody brings themselves
        try:
            with transaction.atomic():
                theirs.update(**{key.name: into})
        except IntegrityError:
            _one_by_one(theirs, key.name, into)
    for model, field in _lists:
        rows = _listing(model, field)
        _rewrite(model, field, rows, {person.pk: [into.pk]})


def _one_by_one(rows: models.QuerySet[Any], field: str, into: Participant) -> None:
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                rows.filter(pk=pk).update(**{field: into})
        except IntegrityError:
            continue


def give_back(rows: Rows, person: Participant, *, out_of_id: int) -> None:
    """What was theirs and is still where it went. What the software of today doesn't know is
    passed over."""
    known = {(key.model._meta.label_lower, key.name) for key in keys_to_people()}
    lists = {(model._meta.label_lower, field) for model, field in _lists}
    for name, numbers in rows.items():
        label, _dot, field = name.rpartition(".")
        if (label, field) in known:
            theirs = apps.get_model(label)._base_manager.filter(pk__in=numbers)
            theirs.filter(**{field: out_of_id}).update(**{field: person.pk})
        elif (label, field) in lists:
            model = apps.get_model(label)
            listed = _listing(model, field, numbers)
            _rewrite(model, field, listed, {out_of_id: [person.pk, out_of_id]})


def _listing(
    model: type[models.Model], field: str, numbers: list[Any] | None = None
) -> dict[Any, list[int]]:
    """By row: whom it lists, where it lists anybody."""
    rows = model._base_manager.exclude(**{field: []})
    if numbers is not None:
        rows = rows.filter(pk__in=numbers)
    return dict(rows.values_list("pk", field))


def _rewrite(
    model: type[models.Model],
    field: str,
    rows: dict[Any, list[int]],
    names: Mapping[int, list[int]],
) -> None:
    """Nobody is listed twice. After a parting both are: what names one of them needs the consent of
    both."""
    for pk, listed in rows.items():
        if not names.keys().isdisjoint(listed):
            said = [new for one in listed for new in names.get(one, [one])]
            model._base_manager.filter(pk=pk).update(**{field: list(dict.fromkeys(said))})
