"""Every page that people see is valid HTML, fit for our content security policy: each kind of page
of the tree, and every address of the site that needs nothing more to be asked for."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from wagtail.models import Page, get_page_models

from microblog.connecting import connect_practice
from tests.cms.conftest import a_challenge
from tests.markup import faults_of, strays_of

FOR_PEOPLE = 40
"""Addresses at least that are looked at: else the walk has lost its way."""
OTHERS = {"admin", "django-admin", "_util"}


def faults_at(client, address: str) -> list[str]:
    answer = client.get(address)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return []
    html = answer.text
    if "<html" not in html:
        return []
    return [f"{address}: {fault}" for fault in faults_of(html) + strays_of(html)]


def test_every_kind_of_page(client, house, rooms):
    """Whoever adds a kind of page adds one to this house."""
    a_challenge(house.challenges, "Three words")
    pages = Page.objects.live().filter(depth__gt=1).specific()
    kinds = {type(page): page for page in pages}
    assert set(kinds) == {kind for kind in get_page_models() if kind.is_creatable}
    assert not [fault for page in kinds.values() for fault in faults_at(client, page.get_url())]


def test_every_address_for_people(client, house, rooms, nia, olga):
    """As a visitor, a member and an organiser meet it."""
    connect_practice()
    found = set(addresses())
    assert len(found) > FOR_PEOPLE
    faults = [fault for one in found for fault in faults_at(client, one)]
    for person in (nia, olga):
        client.force_login(person)
        faults += [fault for one in found for fault in faults_at(client, one)]
    assert not faults


def addresses() -> Iterator[str]:
    """Of all views with a name and without arguments, but for the admin's."""
    for pattern in get_resolver().url_patterns:
        for name in _names(pattern, ""):
            try:
                address = reverse(name)
            except NoReverseMatch:
                continue
            if not OTHERS & set(address.split("/")) and "logout" not in address:
                yield address


def _names(pattern: URLPattern | URLResolver, space: str) -> Iterator[str]:
    if isinstance(pattern, URLPattern):
        if pattern.name:
            yield f"{space}{pattern.name}"
        return
    within = f"{space}{pattern.namespace}:" if pattern.namespace else space
    for one in pattern.url_patterns:
        yield from _names(one, within)
