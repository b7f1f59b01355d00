"""The badge rules' editor: one block per rule, under the rule's own key; and what was composed,
read for the rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from community.models import LearningEvent
from rulebook import RuleSpec


def event_kinds() -> list[tuple[str, Any]]:
    return list(LearningEvent.Kind.choices)


def ways_to_count() -> list[tuple[str, Any]]:
    return [
        ("", _("every time")),
        ("challenge", _("different challenges or live events")),
        ("person", _("different people")),
    ]


class EventsBlock(blocks.StructBlock):
    """So many deeds of a kind."""

    events = blocks.MultipleChoiceBlock(
        label=_("What counts"),
        choices=event_kinds,
        help_text=_("Several: any of them counts."),
    )
    count = blocks.IntegerBlock(label=_("How many"), default=1, min_value=1, max_value=1000)
    distinct = blocks.ChoiceBlock(label=_("Counting"), choices=ways_to_count, required=False)
    tag = blocks.CharBlock(
        label=_("Only with this tag"),
        required=False,
        max_length=100,
        help_text=_("A family of challenges; empty: all of them."),
    )
    per_person = blocks.IntegerBlock(
        label=_("At most with the same person"),
        default=2,
        min_value=1,
        max_value=1000,
        help_text=_("What two people do with each other counts so many times at most."),
    )

    class Meta:
        icon = "check"
        label = _("Things done")


class BadgesBlock(blocks.StructBlock):
    """Other badges, all of them."""

    badges = blocks.ListBlock(SnippetChooserBlock("badges.BadgeClass"), label=_("Badges"))

    class Meta:
        icon = "tag"
        label = _("Has other badges")


class ByHandBlock(blocks.StructBlock):
    """Somebody of the team gives it."""

    class Meta:
        icon = "user"
        label = _("Given by hand")


class InnerConditionsBlock(blocks.StreamBlock):
    events = EventsBlock()
    badges = BadgesBlock()


class InnerGroupBlock(blocks.StructBlock):
    rules = InnerConditionsBlock(label=_("Rules"))

    class Meta:
        icon = "list-ul"


class GroupedConditionsBlock(blocks.StreamBlock):
    """What stands in a group: conditions, and groups once more."""

    events = EventsBlock()
    badges = BadgesBlock()
    any = InnerGroupBlock(label=_("One of these"))
    all = InnerGroupBlock(label=_("All of these"))


class GroupBlock(blocks.StructBlock):
    rules = GroupedConditionsBlock(label=_("Rules"))

    class Meta:
        icon = "list-ul"


class ConditionsBlock(blocks.StreamBlock):
    """All of these must hold."""

    events = EventsBlock()
    badges = BadgesBlock()
    any = GroupBlock(label=_("One of these"))
    all = GroupBlock(label=_("All of these"))
    by_hand = ByHandBlock()


def specs_of(rows: Iterable[Mapping[str, Any]]) -> tuple[RuleSpec, ...]:
    """Reads a StreamField's raw data, so that no badge is fetched for the sake of its number."""
    return tuple(RuleSpec(row["type"], _params(row["value"] or {})) for row in rows)


def _params(value: Mapping[str, Any]) -> dict[str, Any]:
    params = dict(sorted(value.items()))  # PostgreSQL keeps the keys in an order of its own
    if "rules" in params:
        params["rules"] = specs_of(params["rules"])
    if "badges" in params:
        params["badges"] = [item["value"] for item in params["badges"] if item["value"]]
    return params
