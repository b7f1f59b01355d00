"""Booklets that were printed are kept until their words change; one at a time is printed."""

from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from cms.booklet.printing import digest_of, print_booklet

FOLDER = "booklets"
PRINTING = 60  # seconds; longer than printing ever takes


class BeingPrinted(Exception):
    """Somebody else asked a moment ago: ask again in a few seconds."""


def booklet_of(key: str, data: dict[str, Any]) -> bytes:
    """`key`: whose booklet it is; older ones of the same key are thrown away. Raises BeingPrinted
    and NotPrinted."""
    name = f"{FOLDER}/{key}/{digest_of(data)}.pdf"
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            kept: bytes = file.read()
            return kept
    lock = f"envol:booklet:{key}"
    if not cache.add(lock, True, PRINTING):
        raise BeingPrinted(key)
    try:
        pdf = print_booklet(data)
        _keep(key, name, pdf)
    finally:
        cache.delete(lock)
    return pdf


def _keep(key: str, name: str, pdf: bytes) -> None:
    folder = f"{FOLDER}/{key}"
    if default_storage.exists(folder):
        for old in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{old}")
    default_storage.save(name, ContentFile(pdf))
