"""The demo's photographs and drawings, in the site's image library."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.reading import Demo
from cms.models import EnvolImage


def load_photos(demo: Demo, ledger: Ledger) -> int:
    """Returns how many are new."""
    photos = (ledger.load(f"photo:{key}", _photo, demo, key) for key in demo.photos)
    drawings = (ledger.load(f"drawing:{key}", _drawing, demo, key) for key in demo.drawings)
    return sum(photos) + sum(drawings)


def drawn(demo: Demo, ledger: Ledger, key: str | None, language: str) -> dict[str, Any] | None:
    """The drawing as a step bears it; None for no key, or where somebody took it away."""
    image = ledger.find(f"drawing:{key}", EnvolImage) if key else None
    if key is None or image is None:
        return None
    alt_text = demo.drawings[key][f"alt_{language}"]
    return {"image": image.pk, "alt_text": alt_text, "decorative": False}


def _drawing(demo: Demo, key: str) -> EnvolImage:
    fields = demo.drawings[key]
    return EnvolImage.objects.create(
        title=fields["title"],
        file=ContentFile(demo.drawing_file(key).read_bytes(), name=f"envol-{key}.png"),
        alt_text=fields["alt_fr"],
        credit=fields["credit"],
        licence=EnvolImage.Licence(fields["licence"].replace(" ", "-")),
    )


def _photo(demo: Demo, key: str) -> EnvolImage:
    fields = demo.photos[key]
    return EnvolImage.objects.create(
        title=fields["title_fr"],
        file=ContentFile(demo.photo_file(key).read_bytes(), name=_file_name(key)),
        alt_text=fields["alt_fr"],
        credit=fields["credit"],
        licence=EnvolImage.Licence(fields["licence"].replace(" ", "-")),
        focal_point_x=fields["focal_x"],
        focal_point_y=fields["focal_y"],
        focal_point_width=fields["focal_width"],
        focal_point_height=fields["focal_height"],
    )


def _file_name(key: str) -> str:
    """Says nothing: the name of a file is in its address, and a riddle's photo would tell."""
    return f"envol-{hashlib.blake2b(key.encode(), digest_size=5).hexdigest()}.jpg"
