from curation.models.items import (
    Entry,
    Find,
    Item,
    ItemAddress,
    ItemTopic,
    Snapshot,
    Topic,
)
from curation.models.picks import Pick
from curation.models.sources import Source
from curation.models.words import Axis, Depth

__all__ = [
    "Axis",
    "Depth",
    "Entry",
    "Find",
    "Item",
    "ItemAddress",
    "ItemTopic",
    "Pick",
    "Snapshot",
    "Source",
    "Topic",
]
