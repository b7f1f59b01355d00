"""What a rule would do, before it does anything: tried on the latest items, nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from curation.models import Item, SiftRule
from curation.sifting.applying import plain, read_about, with_words
from curation.sifting.rules import Verdict, decide

TRIED = 200


@dataclass(frozen=True, slots=True)
class Trial:
    """`hits`: to which of the `tried` latest items it applies, with what it would do."""

    tried: int
    hits: Sequence[tuple[Item, Verdict]]


def try_rule(rule: SiftRule) -> Trial:
    """By itself, whatever was decided about them; four queries."""
    latest = with_words(Item.objects.standing().filter(site=rule.site_id))
    items = list(latest.order_by("-first_seen_at", "-pk")[:TRIED])
    read = read_about([item.pk for item in items])
    read.applied.clear()
    alone = plain(rule)
    verdicts = [(item, decide(read.facts(item), [alone])) for item in items]
    return Trial(len(items), [(item, verdict) for item, verdict in verdicts if verdict.applied])
