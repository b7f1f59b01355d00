"""What a feed tells, in our words; curation.syndication.formats writes it down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.models.sources import host_of
from curation.reading import Card


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` is the address of our own page and never changes with the reader's language; `html` is
    escaped by its template and says who put it forward and who found it. `author` wrote what is
    read, `contributor` put it forward, or is ""."""

    id: str
    url: str
    title: str
    html: str
    text: str
    author: str
    contributor: str
    language: str
    topics: Sequence[str]
    appeared: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """`address`: of the page that shows the same; `itself`: of the feed; `hub`: "" without one."""

    title: str
    about: str
    language: str
    address: str
    itself: str
    hub: str
    entries: Sequence[Entry]

    @property
    def changed(self) -> datetime | None:
        return max((entry.changed for entry in self.entries), default=None)


def entry_of(card: Card, *, base: str) -> Entry | None:
    """None for what isn't shown. `base`: scheme and host of this site."""
    item, pick = card.item, card.pick
    if item.shown_at is None:
        return None
    page = f"{base}{reverse('curation:item', args=[item.pk])}"
    moments = [item.shown_at, pick.picked_at if pick else None, pick.changed_at if pick else None]
    credit = credit_of(card)
    told = {"card": card, "page": page, "credit": credit, "url": item.url}
    return Entry(
        id=f"{base}/curation/{item.pk}",
        url=item.url,
        title=item.title or item.url,
        html=render_to_string("curation/syndication/entry.html", told).strip(),
        text=pick.sentence if pick else item.summary,
        author=item.author or item.site_name or host_of(item.url),
        contributor=card.curator.name if card.curator else "",
        language=item.language,
        topics=[topic.name for topic in card.topics],
        appeared=item.shown_at,
        changed=max(moment for moment in moments if moment),
    )


def credit_of(card: Card) -> str:
    """Who put it forward and who found it, of those who agree to be named; "" for nobody."""
    parts = []
    if card.curator:
        parts.append(_("put forward by %(name)s") % {"name": card.curator.name})
    if card.finders:
        names = ", ".join(person.name for person in card.finders)
        parts.append(_("found by %(names)s") % {"names": names})
    if card.finders and card.others:
        others = ngettext("and %(others)d other", "and %(others)d others", card.others)
        parts[-1] += f" {others % {'others': card.others}}"
    return ", ".join(parts)
