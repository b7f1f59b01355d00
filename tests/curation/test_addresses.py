"""One page, one address, in whatever form it was passed on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.addresses import address_key, bare_address, canonical_url

CANONICAL = [
    ("HTTPS://Example.ORG:443/a?utm_source=x&utm_medium=y", "https://example.org/a"),
    ("http://example.org", "http://example.org/"),
    ("https://example.org/a?id=3&fbclid=abc&page=2", "https://example.org/a?id=3&page=2"),
    ("https://example.org/spip.php?article12", "https://example.org/spip.php?article12"),
    ("https://example.org/g?gallery=5&cid=7", "https://example.org/g?gallery=5&cid=7"),
    ("https://example.org/?ref=rss&ref_id=9", "https://example.org/?ref_id=9"),
    ("https://example.org/?ref=main", "https://example.org/?ref=main"),
    ("https://example.org/?source=social-science", "https://example.org/?source=social-science"),
    ("https://example.org/a?ref=blog.example.net&gad_source=1", "https://example.org/a"),
    ("https://example.org/a?CMP=share_btn_tw&srsltid=x", "https://example.org/a"),
    ("https://example.org/a?source=rss----ab12---4&id=7", "https://example.org/a?id=7"),
    ("https://example.org/a;jsessionid=0A1B?b=1", "https://example.org/a?b=1"),
    ("https://example.org/a?PHPSESSID=12", "https://example.org/a"),
    ("https://example.org/a#bas", "https://example.org/a"),
    ("https://example.org/a#:~:text=mot", "https://example.org/a"),
    ("https://example.org/#!/lettre/3", "https://example.org/#!/lettre/3"),
    ("https://example.org/b/../%61%2fb/é", "https://example.org/a%2Fb/%C3%A9"),
    ("https://exámple.org/", "https://xn--exmple-qta.org/"),
    ("https://www.google.com/amp/s/example.org/x", "https://example.org/x"),
    ("https://example-org.cdn.ampproject.org/c/s/example.org/x?amp=1", "https://example.org/x"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fx", "https://example.org/x"),
    ("https://www.google.com/%75rl?q=https://example.org/x", "https://example.org/x"),
    ("https://www.google.com/%75rl?q=http://", ""),
    ("https://l.facebook.com/x/../l.php?u=http://a:b@c.example/", ""),
    ("  https://exam\tple.org/x\n", "https://example.org/x"),
    ("mailto:nia@example.org", ""),
    ("javascript:alert(1)", ""),
    ("https://nia:secret@example.org/", ""),
    ("https://example.org:99999/", ""),
    ("https://", ""),
    ("", ""),
]

ONE_PAGE = [
    ("http://www.example.org/a/", "https://example.org/a"),
    ("https://m.example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1"),
    ("https://fr.m.wikipedia.org/wiki/Nid", "https://fr.wikipedia.org/wiki/Nid"),
    ("https://example.org/index.html", "https://example.org"),
    ("https://example.org/2026/un-article/amp/", "https://example.org/2026/un-article"),
    ("https://amp.example.org/un-article", "https://example.org/un-article"),
    ("https://x.com/nia/status/12?s=20&t=Ab", "https://mobile.twitter.com/nia/status/12"),
    ("https://youtu.be/abc123?si=xyz", "https://m.youtube.com/watch?v=abc123&t=12s"),
]

TWO_PAGES = [
    ("https://example.org/a", "https://example.org/A"),
    ("https://example.org/?p=1", "https://example.org/?p=2"),
    ("https://fr.example.org/", "https://example.org/"),
    ("https://fr.wikipedia.org/wiki/amp", "https://fr.wikipedia.org/wiki"),
    ("https://example.org/#!/1", "https://example.org/#!/2"),
    ("https://example.org:8080/", "https://example.org/"),
]


@pytest.mark.parametrize(("told", "kept"), CANONICAL)
def test_an_address_without_its_trimmings(told, kept):
    assert canonical_url(told) == kept


@pytest.mark.parametrize(("one", "other"), ONE_PAGE)
def test_two_addresses_of_one_page(one, other):
    assert bare_address(one) == bare_address(other)
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(("one", "other"), TWO_PAGES)
def test_two_pages(one, other):
    assert address_key(one) != address_key(other)


_odd = st.text(alphabet="%/.?#&=ampindexhtl2:~!CaÉß;+ ", max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40) | st.builds("https://example.org/{}".format, st.text() | _odd))
def test_any_text_has_one_form_and_keeps_it(told):
    kept = canonical_url(told)
    assert canonical_url(kept) == kept
    assert bare_address(kept) == bare_address(told)
