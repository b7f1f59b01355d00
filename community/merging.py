"""Two people who turn out to be one, joined by hand: what will come along, the joining, and the way
back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.core import serializers
from django.db import transaction
from django.db.models import Field
from django.utils.translation import gettext as _

from community.handing_on import give_back, rows_naming
from community.linking import merge_participants
from community.models import AccountLink, Consent, LearningEvent, Merge, Participant, User
from community.signals import unmerged


class CannotMerge(Exception):
    """The message says why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is known about a person, in figures and names, for whoever decides."""

    person: Participant
    accounts: list[str]
    deeds: int
    embarked_at: datetime | None
    has_login: bool


def belongings(person: Participant) -> Belongings:
    links = AccountLink.objects.filter(participant=person).select_related("account")
    return Belongings(
        person=person,
        accounts=[link.account.handle for link in links],
        deeds=LearningEvent.objects.of(person).standing().count(),
        embarked_at=person.embarked_at,
        has_login=person.user_id is not None,
    )


def must_be_mergeable(person: Participant, *, into: Participant) -> None:
    """Raises CannotMerge."""
    if person.pk == into.pk:
        raise CannotMerge(_("That is the same person already."))
    if person.user_id and into.user_id:
        raise CannotMerge(
            _("Both have a login here. Ask them to delete one of the two, then join what is left.")
        )
    if person.user_id:
        raise CannotMerge(_("This one has a login: join the other one into it."))
    if Consent.NOTHING in {person.consent, into.consent}:
        raise CannotMerge(_("One of the two asked us to keep nothing: they stay apart."))


@transaction.atomic
def merge_by_hand(person: Participant, *, into: Participant, by: User, now: datetime) -> Merge:
    """All that `person` did was done by `into`; on record, and with a way back. Raises
    CannotMerge."""
    people = Participant.objects.select_for_update().in_bulk([person.pk, into.pk])
    if len(people) < 2 and person.pk != into.pk:
        raise CannotMerge(_("One of the two is gone: look again."))
    person, into = people[person.pk], people[into.pk]
    must_be_mergeable(person, into=into)
    merge = Merge.objects.create(
        name=person.name,
        person_id_before=person.pk,
        into=into,
        merged_by=by,
        merged_at=now,
        before=_plain(person),
        into_before=_plain(into),
        rows=dict(rows_naming(person)),
    )
    merge_participants(person, into=into)
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, by: User, now: datetime) -> Participant:
    """The person is there again, with what was theirs then; what two rows became one for stays one.

    Raises CannotMerge.
    """
    merge = Merge.objects.select_for_update(of=("self",)).select_related("into").get(pk=merge.pk)
    if merge.undone_at:
        raise CannotMerge(_("It was undone already."))
    if merge.into is None:
        raise CannotMerge(_("The person who they became is gone."))
    if not merge.before:
        raise CannotMerge(_("They asked us to keep nothing meanwhile: nothing is left to part."))
    [restored] = serializers.deserialize("python", [merge.before])
    _keep_up(cast(Participant, restored.object), merge.into, since=merge.merged_at)
    restored.save()
    person = Participant.objects.get(pk=merge.person_id_before)
    give_back(merge.rows, person, out_of_id=merge.into.pk)
    _undo_its_own_row(merge.into, merge.into_before)
    merge.undone_at, merge.undone_by = now, by
    merge.save(update_fields=["undone_at", "undone_by"])
    unmerged.send(sender=Participant, person=person, out_of=merge.into)
    return person


def _keep_up(person: Participant, into: Participant, *, since: datetime) -> None:
    """Whoever chose meanwhile to be counted only chose so for both."""
    chosen = into.consent_chosen_at
    if into.consent == Consent.COUNT and chosen and chosen >= since:
        person.consent, person.consent_chosen_at = into.consent, chosen
    _drop_what_is_gone(person)


def _drop_what_is_gone(person: Participant) -> None:
    """A post or a person that somebody deleted meanwhile."""
    for name in ("embarked_with", "brought_by"):
        field: Field[Any, Any] = Participant._meta.get_field(name)  # type: ignore[assignment]
        rows = field.related_model._default_manager  # type: ignore[union-attr]
        if not rows.filter(pk=getattr(person, field.attname)).exists():
            setattr(person, field.attname, None)


def _undo_its_own_row(into: Participant, before: dict[str, Any]) -> None:
    """What the joining wrote on the other person's own row."""
    fields = before["fields"]
    for name in ("embarked_at", "embarked_with", "brought_by"):
        field: Field[Any, Any] = Participant._meta.get_field(name)  # type: ignore[assignment]
        setattr(into, field.attname, field.to_python(fields[name]))
    _drop_what_is_gone(into)
    into.save(update_fields=["embarked_at", "embarked_with", "brought_by"])


def _plain(person: Participant) -> dict[str, Any]:
    """To the microsecond, which JSON as Django writes it would cut off."""
    [row] = serializers.serialize("python", [person])
    fields = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row["fields"].items()
    }
    return {**row, "fields": fields}
