"""The demo's photographs, in the site's image library."""

import hashlib

from django.core.files.base import ContentFile

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.reading import Demo
from cms.models import EnvolImage


def load_photos(demo: Demo, ledger: Ledger) -> int:
    """Returns how many are new."""
    return sum(ledger.load(f"photo:{key}", _photo, demo, key) for key in demo.photos)


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
