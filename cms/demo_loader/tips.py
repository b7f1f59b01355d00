"""The first tips of the tutors' library."""

from collections.abc import Mapping

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.reading import Demo
from community.models import Tip


def load_tips(demo: Demo, ledger: Ledger) -> int:
    """Returns how many are new."""
    return sum(ledger.load(f"tip:{key}", _tip, fields) for key, fields in demo.tips.items())


def _tip(fields: Mapping[str, object]) -> Tip:
    return Tip.objects.create(**fields)
