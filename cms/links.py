"""Links to pages within what editors wrote: all those of a page in one query, where Wagtail asks
for each text, each kind of page and each language."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

WRITTEN = (RichTextField, StreamField)
_LINK = re.compile(r"""<a\b[^>]*\blinktype=.?"page.?"[^>]*>""")
_ID = re.compile(r"""\bid=.?"(\d+)""")
_read: ContextVar[Mapping[int, str] | None] = ContextVar("addresses_of_linked_pages", default=None)


class PageLinks(PageLinkHandler):  # type: ignore[misc]
    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        wanted = [int(attrs.get("id") or 0) for attrs in attrs_list]
        known = _read.get() or {}
        if missing := set(wanted) - known.keys():
            known = {**known, **_addresses(missing)}
        return [f'<a href="{escape(url)}">' if (url := known.get(pk)) else "<a>" for pk in wanted]


@contextmanager
def links_read(page: Page) -> Iterator[None]:
    """Inside, whatever the page links is known already."""
    token = _read.set(_addresses(_linked_by(page)))
    try:
        yield
    finally:
        _read.reset(token)


def _linked_by(page: Page) -> set[int]:
    names = [one.name for one in page._meta.concrete_fields if isinstance(one, WRITTEN)]
    texts = [getattr(page, name) for name in names]
    raw = repr([list(text.raw_data) if hasattr(text, "raw_data") else text for text in texts])
    return {int(pk) for link in _LINK.findall(raw) for pk in _ID.findall(link)}


def _addresses(wanted: Collection[int]) -> dict[int, str]:
    """By the id in the link: of the page in the reader's language if it is published there, else of
    the page itself."""
    if not wanted:
        return {}
    keys = Page.objects.filter(pk__in=wanted).values("translation_key")
    family = list(Page.objects.filter(translation_key__in=keys).select_related("locale"))
    language = get_language()
    here = {
        page.translation_key: page
        for page in family
        if page.live and page.locale.language_code == language
    }
    linked = {page.pk: here.get(page.translation_key, page) for page in family}
    return {pk: linked[pk].url or "" if pk in linked else "" for pk in wanted}
