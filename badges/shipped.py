"""The badges that come with the software. Repeatable; what an editor changed stays as the editor
left it."""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images import get_image_model

from badges.models import BadgeClass, Issuer

ARTWORK = Path(__file__).parent / "artwork"
CREDIT = "Envol"
TEXTS = ("name", "description", "criteria")

Condition = Mapping[str, Any]
Block = dict[str, Any]


class UnknownBadge(LookupError):
    """A badge's data name another badge, or a picture, that isn't there. Mend the data."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """What is delivered: the badges by slug, and their texts by language and slug."""

    badges: Mapping[str, Mapping[str, Any]]
    texts: Mapping[str, Mapping[str, Mapping[str, str]]]

    def fields_of(self, slug: str) -> dict[str, str]:
        """The badge's texts in every language: {"name_fr": ..., "criteria_en": ...}."""
        return {
            f"{field}_{code}": self.texts[code][slug][field].strip()
            for code, _name in settings.LANGUAGES
            for field in TEXTS
        }


def read_shipped(content: Path) -> Shipped:
    """Reads badges.toml and <language>/badges.toml of a content folder. Raises OSError,
    TOMLDecodeError."""
    badges = _toml(content / "badges.toml")["badges"]
    return Shipped(
        badges={badge["slug"]: badge for badge in badges},
        texts={code: _toml(content / code / "badges.toml") for code, _name in settings.LANGUAGES},
    )


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


@transaction.atomic
def install_shipped_badges(content: Path, *, artwork: Path = ARTWORK) -> list[BadgeClass]:
    """The issuer, and every badge of a content folder; returns those made or brought up to date.

    Raises UnknownBadge, and OSError where a file is missing.
    """
    Issuer.load()
    shipped = read_shipped(content)
    installed: dict[str, BadgeClass] = {}
    changed: list[BadgeClass] = []
    for slug in shipped.badges:
        _install(slug, shipped, artwork, installed, changed)
    return changed


def _install(
    slug: str,
    shipped: Shipped,
    artwork: Path,
    installed: dict[str, BadgeClass],
    changed: list[BadgeClass],
) -> BadgeClass:
    """First the badges that it builds on, whose numbers its rules need."""
    if slug in installed:
        return installed[slug]
    if slug not in shipped.badges:
        raise UnknownBadge(slug)
    data = shipped.badges[slug]
    for other in _slugs_of(data.get("conditions", [])):
        _install(other, shipped, artwork, installed, changed)
    badge = BadgeClass.objects.filter(slug=slug).first() or BadgeClass(slug=slug)
    ours = badge.pk is None or not _was_edited(badge)
    if ours and _fill(badge, data, shipped.fields_of(slug), installed, artwork):
        changed.append(badge)
    installed[slug] = badge
    return badge


def _fill(
    badge: BadgeClass,
    data: Mapping[str, Any],
    texts: Mapping[str, str],
    installed: Mapping[str, BadgeClass],
    artwork: Path,
) -> bool:
    """Returns whether anything is new."""
    for field, text in texts.items():
        setattr(badge, field, text)
    badge.rules = json.dumps(rules_of(data, {slug: one.pk for slug, one in installed.items()}))
    badge.order = data.get("order", 100)
    if badge.pk is None:
        badge.image = _picture(artwork / data["image"], badge.name)
    fingerprint = fingerprint_of(badge)
    if badge.pk is not None and badge.shipped_as == fingerprint:
        return False
    badge.shipped_as = fingerprint
    badge.tags.set(data.get("tags", []))
    badge.save()
    badge.save_revision().publish()
    return True


def _was_edited(badge: BadgeClass) -> bool:
    """Also where the change is still a draft, or where somebody took the badge off the site."""
    edited = fingerprint_of(badge) != badge.shipped_as
    return edited or badge.has_unpublished_changes or not badge.live


def fingerprint_of(badge: BadgeClass) -> str:
    """Of the texts, the rules and the place of a badge, however its editor stores them."""
    texts = [
        getattr(badge, f"{field}_{code}") for code, _name in settings.LANGUAGES for field in TEXTS
    ]
    whole = repr((texts, badge.specs, badge.order))
    return hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()


def _picture(path: Path, name: str) -> Any:
    """An image of the site's own library, so that editors find and change it like any other."""
    return get_image_model().objects.create(
        title=name,
        file=ContentFile(path.read_bytes(), name=f"badge-{path.name}"),
        alt_text=name,
        credit=CREDIT,
    )


def rules_of(data: Mapping[str, Any], numbers: Mapping[str, int]) -> list[Block]:
    """A badge's conditions as its rule editor keeps them."""
    rules = [_block(condition, numbers) for condition in data.get("conditions", [])]
    return rules or [{"type": "by_hand", "value": {}}]


def _block(condition: Condition, numbers: Mapping[str, int]) -> Block:
    kind = condition["type"]
    if kind == "events":
        value: dict[str, Any] = {
            "events": condition["events"],
            "count": condition.get("count", 1),
            "distinct": condition.get("distinct", ""),
            "tag": condition.get("tag", ""),
            "per_person": condition.get("per_person", 2),
        }
    elif kind == "badges":
        value = {"badges": [_item(numbers[slug]) for slug in condition["slugs"]]}
    elif kind == "by_hand":
        value = {}
    else:
        value = {"rules": [_block(inner, numbers) for inner in condition["rules"]]}
    return {"type": kind, "value": value}


def _item(value: int) -> Block:
    """One item of a list; without an identifier, Wagtail takes the whole for a bare value."""
    return {"type": "item", "value": value, "id": str(uuid4())}


def _slugs_of(conditions: Sequence[Condition]) -> list[str]:
    """The badges that these conditions ask for, also inside groups."""
    found: list[str] = []
    for condition in conditions:
        found += condition.get("slugs", [])
        found += _slugs_of(condition.get("rules", []))
    return found
