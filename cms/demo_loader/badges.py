"""The badges that come with Envol; the badges' own room keeps what editors changed."""

from badges.models import BadgeClass
from badges.shipped import install_shipped_badges
from cms.demo_loader.ledger import Ledger
from cms.demo_loader.reading import Demo


def load_badges(demo: Demo, ledger: Ledger) -> int:
    """Returns how many are new."""
    if all(f"badge:{slug}" in ledger for slug in demo.badges):
        return 0
    install_shipped_badges(demo.content)
    badges = BadgeClass.objects.in_bulk(demo.badges, field_name="slug")
    return sum(ledger.load(f"badge:{slug}", badges.get, slug) for slug in demo.badges)
