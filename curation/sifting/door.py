"""The way from an item's page to the review desk, for those who may go there."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from curation.access import rights_of
from curation.models import Item, Pick
from curation.opening import Door, enter_item_door


def to_the_desk(request: HttpRequest, item: Item) -> Door | None:
    if not request.user.is_authenticated:
        return None
    rights = rights_of(request.user, item.site)
    if not rights:
        return None
    url = reverse("curation:in_view", args=[item.pk])
    if not rights.pick:
        return Door(_("Look at it on the review desk"), url)
    if Pick.objects.filter(item=item).exists():
        return Door(_("Change the pick"), f"{url}#pick", icon="edit")
    return Door(_("Pick"), f"{url}#pick", icon="favourite")


enter_item_door("curation", to_the_desk)
