"""Feeds found from any page's address, and lists of feeds in and out."""

import pytest
from django.utils.translation import override
from wagtail.models import Site

from curation.faults import FetchFault, Insecure, Refused, TooSlow
from curation.feeds.faults import NotAFeed
from curation.feeds.finding import find_feeds
from curation.feeds.opml import NotAList, read_opml, write_opml
from curation.models import Source
from curation.syndication.opml import write_opml as write_public
from tests.curation.building import BLOG, a_source, rss

LINK = '<link rel="alternate" type="application/{kind}" href="{href}">'


def a_page(*links: str, body: str = "") -> str:
    return f"<!doctype html><title>A page</title>{''.join(links)}<body>{body}"


def test_a_feed_is_its_own(web):
    web.moves("https://blog.example", f"{BLOG}/feed")
    web.says(f"{BLOG}/feed", rss(1, 2))
    [feed] = find_feeds(" blog.example ")
    assert (feed.url, feed.title, feed.entries) == (f"{BLOG}/feed", "A blog", 2)


def test_a_page_says_where_its_feeds_are(web):
    rss_link = LINK.format(kind="rss+xml", href="/comments/feed")
    atom_link = LINK.format(kind="atom+xml", href="atom")
    dead = LINK.format(kind="rss+xml", href="https://down.example/feed")
    web.says(f"{BLOG}/a/page", a_page('<base href="/a/">', rss_link, atom_link, dead))
    web.says(f"{BLOG}/comments/feed", rss(1, title="Comments"))
    web.says(f"{BLOG}/a/atom", rss(1))
    found = find_feeds(f"{BLOG}/a/page")
    assert [feed.url for feed in found] == [f"{BLOG}/a/atom", f"{BLOG}/comments/feed"]


def test_a_link_in_the_text_will_do(web):
    web.says(f"{BLOG}/", a_page(body='<a href="/syndication">Flux RSS</a> <a href="/x">x</a>'))
    web.says(f"{BLOG}/syndication", rss(1))
    assert [feed.url for feed in find_feeds(f"{BLOG}/")] == [f"{BLOG}/syndication"]


def test_common_places_are_tried(web):
    web.says(f"{BLOG}/a/page", a_page())
    web.says(f"{BLOG}/feed.xml", rss(1))
    assert [feed.url for feed in find_feeds(f"{BLOG}/a/page")] == [f"{BLOG}/feed.xml"]
    web.says(f"{BLOG}/a/page/feed/", rss(1))
    assert find_feeds(f"{BLOG}/a/page")[0].url == f"{BLOG}/a/page/feed/"


def test_a_page_without_a_feed(web):
    web.says(f"{BLOG}/", a_page())
    with pytest.raises(NotAFeed):
        find_feeds(f"{BLOG}/")
    assert len(web.asked) < 12


def test_who_asks_for_a_slow_servers_feeds_waits_for_one_round_and_hears_why(web):
    web.says(f"{BLOG}/", a_page(LINK.format(kind="rss+xml", href="/feed")))
    web.fails(f"{BLOG}/feed", TooSlow())
    with pytest.raises(TooSlow):
        find_feeds(f"{BLOG}/")
    assert web.addresses() == [f"{BLOG}/", f"{BLOG}/feed"]


def test_a_page_that_is_not_there_says_so(web):
    web.says(f"{BLOG}/other", a_page())
    with pytest.raises(FetchFault) as fault:
        find_feeds(f"{BLOG}/typo")
    assert fault.value.code == "status_404"


def test_who_names_no_scheme_finds_old_servers_too(web):
    web.fails("https://blog.example", Insecure("no certificate"))
    web.says("http://blog.example", rss(1))
    assert find_feeds("blog.example")[0].url == "http://blog.example"
    with pytest.raises(Insecure):
        find_feeds("https://blog.example")


@pytest.mark.parametrize("address", ["", "not an address", "ftp://blog.example/"])
def test_what_is_no_address(web, address):
    with pytest.raises(FetchFault):
        find_feeds(address)


def test_a_password_is_never_used(web):
    with pytest.raises(Refused):
        find_feeds("https://nia:secret@blog.example/")


LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Veille</title></head><body>
<outline text="Schools"><outline type="rss" text="\xc3\x89cole" xmlUrl="https://a.example/feed"
 htmlUrl="https://a.example/" language="fr-BE"/></outline>
<outline type="rss" text="Twice" xmlUrl="https://a.example/feed"/>
<outline type="rss" title="B" xmlUrl="https://b.example/feed?a=1&amp;b=2"/>
<outline type="rss" text="Inside" xmlUrl="file:///etc/passwd"/></body></opml>"""


def test_a_list_comes_in():
    lines, wrong = read_opml(LIST)
    one, two = lines
    assert (one.url, one.title, one.language) == ("https://a.example/feed", "École", "fr")
    assert one.page_url == "https://a.example/"
    assert two.url == "https://b.example/feed?a=1&b=2"
    assert wrong == ["Inside file:///etc/passwd"]


@pytest.mark.parametrize(
    "content", [b"", b"words", b"<html><body/></html>", b"\0\1\2", b"<opml", b"<rss/>"]
)
def test_what_is_no_list(content):
    try:
        lines, _wrong = read_opml(content)
    except NotAList:
        return
    assert lines == []


def test_a_bomb_in_a_list_does_not_go_off():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    hostile = f"""<!DOCTYPE opml [{entities}<!ENTITY file SYSTEM "file:///etc/passwd">]>
    <opml version="2.0"><body><outline text="&e8;&file;" xmlUrl="https://a.example/feed"/></body>
    </opml>"""
    try:
        lines, _wrong = read_opml(hostile.encode())
    except NotAList:
        return
    assert all(len(line.title) < 1000 and "root:" not in line.title for line in lines)


def test_a_list_goes_out_and_comes_back(db):
    site = Site.objects.get(is_default_site=True)
    source = Source(
        site=site, feed_url=f"{BLOG}/feed?a&b", title="École <&\x01>", page_url=BLOG, language="fr"
    )
    lines, wrong = read_opml(write_opml([source], title="Veille"))
    [line] = lines
    assert (line.url, line.title, line.language) == (f"{BLOG}/feed?a&b", "École <&>", "fr")
    assert line.page_url == BLOG and wrong == []


def test_our_own_lists_bring_their_axes_back(db):
    sources = [a_source("https://a.example/feed", axis="with"), a_source("https://b.example/feed")]
    for code in ("fr", "en"):
        with override(code):
            public = write_public(sources, title="Veille")
        for content in (write_opml(sources, title="Veille"), public):
            lines, _wrong = read_opml(content)
            assert {line.url: line.axis for line in lines} == {
                "https://a.example/feed": "with",
                "https://b.example/feed": "",
            }
