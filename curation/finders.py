"""How many different people brought an item: people whom we know once each, whatever accounts they
use; strangers by their accounts; a feed is nobody, whoever says that it is theirs."""

from collections.abc import Collection

from django.db.models import Count, Q

from curation.models import Find, Item


def recount_finders(items: Collection[int]) -> list[int]:
    """Returns the items whose number changed; rules may look at those again. Three queries."""
    if not items:
        return []
    nobody = Q(finder=None)
    counted = {
        row["item"]: row["known"] + row["strangers"] + row["logins"]
        for row in Find.objects.by_hand()
        .filter(item__in=items)
        .order_by()
        .values("item")
        .annotate(
            known=Count("finder", distinct=True),
            strangers=Count("post__author", distinct=True, filter=nobody),
            logins=Count("user", distinct=True, filter=nobody & Q(post=None)),
        )
    }
    changed = []
    for item in Item.objects.filter(pk__in=items).only("pk", "finders"):
        finders = counted.get(item.pk, 0)
        if finders != item.finders:
            item.finders, item.sifted_at = finders, None
            changed.append(item)
    Item.objects.bulk_update(changed, ["finders", "sifted_at"])
    return [item.pk for item in changed]
