from curation.models.digest import Digest, DigestEntry, DigestMail, DigestSettings, Subscriber
from curation.models.finds import Entry, Find
from curation.models.items import Item, ItemAddress, ItemTopic, Snapshot, Topic
from curation.models.likenesses import Band, ItemPicture, Uniting
from curation.models.picks import Pick
from curation.models.settings import CurationSettings, Trust
from curation.models.shelves import Folding, Shelf
from curation.models.siftings import Sifting, SiftRule
from curation.models.sources import Source, SourceFetch
from curation.models.subscriptions import FeedNews, HubCall, Subscription
from curation.models.words import Axis, Depth

__all__ = [
    "Axis",
    "Band",
    "CurationSettings",
    "Depth",
    "Digest",
    "DigestEntry",
    "DigestMail",
    "DigestSettings",
    "Entry",
    "FeedNews",
    "Find",
    "Folding",
    "HubCall",
    "Item",
    "ItemAddress",
    "ItemPicture",
    "ItemTopic",
    "Pick",
    "Shelf",
    "SiftRule",
    "Sifting",
    "Snapshot",
    "Source",
    "SourceFetch",
    "Subscriber",
    "Subscription",
    "Topic",
    "Trust",
    "Uniting",
]
