"""One item in view: what it says, who brought it, what it could be about, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce, Substr
from django.http import Http404
from django.utils.translation import get_language, gettext

from community.models import Consent
from curation.models import Find, Item, Pick, Sifting
from curation.sifting.doors import Curator
from curation.sifting.forms import EditForm, PickForm
from curation.sifting.suggesting import Suggested, suggest

OPENING = 1_500
"""Characters of a page that are shown; enough to see what it is."""

FINDS = 12
HISTORY = 8


@dataclass(frozen=True, slots=True)
class Finder:
    """`name` is empty for people who aren't named: they were counted."""

    name: str = ""
    url: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class InView:
    item: Item
    opening: str
    pick: Pick | None
    finders: Sequence[Finder]
    others: int
    history: Sequence[Sifting]
    suggested: Suggested
    united: Sequence[Item]


def item_in_view(pk: int, site_id: int) -> Item:
    """Raises Http404 for another MOOC's; of a united item, shows the one that it became."""
    rows = Item.objects.filter(site=site_id).select_related(
        "pick__curator", "pick__user", "site", "picture"
    )
    rows = rows.prefetch_related("topic_rows__tag").annotate(
        opening=Coalesce(Substr("snapshot__text", 1, OPENING), Value("")),
        is_several=Exists(Item.objects.filter(united_with=OuterRef("pk"))),
    )
    item = rows.filter(pk=pk).first()
    if item is not None and item.united_with_id:
        item = rows.filter(pk=item.united_with_id).first()
    if item is None:
        raise Http404
    return item


def look_at(item: Item) -> InView:
    """Ten queries, however often it was found; one more where others were united with it."""
    finds = list(Find.objects.filter(item=item).select_related("source", "finder", "post")[:FINDS])
    finders = [one for one in map(finder_of, finds) if one]
    opening: str = getattr(item, "opening", "")
    return InView(
        item=item,
        opening=" ".join(opening.split()),
        pick=pick_of(item),
        finders=finders,
        others=max(item.finders - sum(bool(one.name) for one in finders), 0),
        history=list(item.siftings.select_related("user", "rule")[:HISTORY]),
        suggested=suggest(item, text=opening, sources=[find.source for find in finds]),
        united=united_with(item) if getattr(item, "is_several", True) else [],
    )


def united_with(item: Item) -> list[Item]:
    return list(Item.objects.filter(united_with=item).order_by("pk")[:HISTORY])


def pick_of(item: Item) -> Pick | None:
    pick: Pick | None = getattr(item, "pick", None)
    return pick


def finder_of(find: Find) -> Finder | None:
    """Who agreed to be shown is named; what was deleted is gone."""
    if find.post is not None and find.post.deleted_at is not None:
        return None
    person = find.finder
    named = person is not None and person.consent == Consent.SHOW
    return Finder(
        name=person.name if named and person else "",
        url=find.post.url if find.post and named else "",
        source=str(find.source) if find.source else "",
    )


def context_of(
    view: InView,
    curator: Curator,
    *,
    pick_form: PickForm | None = None,
    edit_form: EditForm | None = None,
) -> dict[str, Any]:
    mine = view.pick is not None and view.pick.user_id == curator.user.pk
    values = PickForm.values_of(
        view.item, view.pick, axis=view.suggested.axis, language=get_language() or "fr"
    )
    may_write = curator.rights.pick and (not view.pick or mine or curator.rights.decide)
    return {
        "view": view,
        "item": view.item,
        "rights": curator.rights,
        "may_write": may_write and view.item.state != Item.State.DROPPED,
        "may_take_back": view.pick is not None and (mine or curator.rights.decide),
        "pick_form": pick_form or PickForm(initial=values, prefix=None),
        "edit_form": edit_form
        or EditForm(initial=EditForm.values_of(view.item), auto_id="edit_%s"),
    }


def said_already(item: Item) -> str:
    """Who was quicker, and with what: kindly."""
    last = item.siftings.standing().select_related("user").first()
    if last is None or last.user is None:
        return gettext("Somebody was quicker: this one has been decided already.")
    return gettext("%(name)s was quicker: %(what)s.") % {
        "name": last.user.get_full_name() or last.user.get_username(),
        "what": last.get_decision_display(),
    }
