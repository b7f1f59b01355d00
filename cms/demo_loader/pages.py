"""What all pages of the demo share: who they are in every language, and how they are published."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.conf import settings
from wagtail.models import Locale, Page

from cms.demo_loader.ledger import Ledger
from cms.models import EnvolImage

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PUBLISHED = timedelta(days=70)
"""So long before the load the pages were published; older than all that is said about them."""

_NAMESPACE = UUID("5d1d5b0c-6b0e-4c5f-9a54-6f1c0e6e7a11")
P = TypeVar("P", bound=Page)


def identity(*parts: object) -> UUID:
    """The same in every language and on every installation: what makes two pages translations."""
    return uuid5(_NAMESPACE, ":".join(str(part) for part in parts))


def locale_of(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def publish(
    parent: Page, page: P, *, now: datetime, place: int = 0, at: datetime | None = None
) -> P:
    """Put the page into the tree with a first revision. Of two, the one with the lower place is
    the newer; `at`: when it was published, where that is told."""
    page.live = False
    page.first_published_at = at or now - PUBLISHED - timedelta(minutes=place)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def blocks(kind: str, values: Iterable[Any], *, of: UUID) -> list[dict[str, Any]]:
    """A StreamField's raw data; each block's id depends on its place alone."""
    return [
        {"type": kind, "value": value, "id": str(identity(of, kind, number))}
        for number, value in enumerate(values, 1)
    ]


def stream(*rows: Mapping[str, Any]) -> str:
    return json.dumps(rows)


def photo_of(ledger: Ledger, key: str | None) -> EnvolImage | None:
    return ledger.find(f"photo:{key}", EnvolImage) if key else None
