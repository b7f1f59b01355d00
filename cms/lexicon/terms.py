"""The terms that a page's prose may link: those of the lexicons of its own site and language."""

from django.core.cache import cache
from wagtail.models import Page

from cms.lexicon.linking import Term
from cms.models import TermPage
from community.sites import open_to_all

REMEMBERED = 600  # seconds; a term that is published forgets them at once
HOME_DEPTH = 2


def terms_beside(page: Page) -> list[Term]:
    """One query, remembered for all pages below the same home page."""
    home = _home_path(page)
    key = _key(home)
    found: list[Term] | None = cache.get(key)
    if found is None:
        found = _read(home)
        cache.set(key, found, REMEMBERED)
    return found


def forget_terms(page: Page) -> None:
    cache.delete(_key(_home_path(page)))


def _home_path(page: Page) -> str:
    return str(page.path)[: HOME_DEPTH * Page.steplen]


def _key(home: str) -> str:
    return f"envol:terms:{home}"


def _read(home: str) -> list[Term]:
    found = TermPage.objects.live().filter(open_to_all(), path__startswith=home)
    return [
        Term(key=term.pk, spellings=tuple(term.spellings), url=term.url or "", short=term.short)
        for term in found.order_by("title", "pk").defer("body")
    ]
