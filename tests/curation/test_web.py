"""The careful client, against a web that tells stories."""

import pytest

from curation.faults import (
    FetchFault,
    Malformed,
    Refused,
    TooLarge,
    TooManyRedirects,
    explain,
)
from curation.web import fetch, send

MOST = 10_000


def get(url, **options):
    return fetch(url, most_bytes=MOST, **options)


def test_an_answer_comes_whole(web):
    web.says("https://a.example/feed", "hello", media_type="Text/XML; charset=utf-8", etag='"1"')
    answer = get("https://a.example/feed#part", headers={"Accept": "text/xml"})
    assert (answer.status, answer.body, answer.media_type) == (200, b"hello", "text/xml")
    assert answer.is_ok and answer.url == "https://a.example/feed" and answer.moved_for_good == ""
    [asked] = web.asked
    assert asked.headers["accept"] == "text/xml"
    assert asked.headers["user-agent"].startswith("Envol (+http")


def test_what_is_known_is_not_told_again(web):
    web.says("https://a.example/", "hello", etag='"1"')
    assert get("https://a.example/", headers={"If-None-Match": '"1"'}).status == 304


def test_an_answer_that_says_no_is_an_answer(web):
    web.says("https://a.example/")
    assert get("https://a.example/feed").status == 404


@pytest.mark.parametrize(
    ("hops", "moved"),
    [
        ([301], "https://a.example/1"),
        ([308, 301], "https://a.example/2"),
        ([302, 301], ""),
        ([301, 302], "https://a.example/1"),
        ([307], ""),
    ],
)
def test_an_address_moves_for_good_as_far_as_redirects_are_permanent(web, hops, moved):
    for number, status in enumerate(hops):
        web.moves(f"https://a.example/{number}", f"/{number + 1}", status=status)
    web.says(f"https://a.example/{len(hops)}", "here")
    answer = get("https://a.example/0")
    assert (answer.body, answer.moved_for_good) == (b"here", moved)


def test_a_redirect_without_a_place_is_an_answer(web):
    web.says("https://a.example/", status=302)
    assert get("https://a.example/").status == 302


def test_a_place_in_bare_utf_8_is_read(web):
    web.moves("https://a.example/", "/caf\u00c3\u00a9 noir")
    web.says("https://a.example/café%20noir", "yes")
    assert get("https://a.example/").body == b"yes"


def test_a_ring_of_redirects_ends(web):
    web.moves("https://a.example/", "https://a.example/")
    with pytest.raises(TooManyRedirects):
        get("https://a.example/")
    assert len(web.asked) == 6


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("ftp://a.example/", Refused),
        ("file:///etc/passwd", Refused),
        ("javascript:alert(1)", Refused),
        ("https://nia:secret@a.example/", Refused),
        ("https://", Malformed),
        ("https://a.example:99999999/", Malformed),
        ("https://[half/", Malformed),
        ("https://a.example/a b", Malformed),
        ("https://a.example/" + "a" * 3000, Malformed),
    ],
)
def test_some_addresses_are_never_asked(web, url, fault):
    with pytest.raises(fault):
        get(url)
    assert web.asked == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "https://nia@a.example/", "https://[half/"])
def test_nor_is_a_redirect_to_them_followed(web, url):
    web.moves("https://b.example/", url)
    with pytest.raises(Refused):
        get("https://b.example/")
    assert web.addresses() == ["https://b.example/"]


def test_too_much_is_refused(web):
    web.says("https://a.example/", "a" * (MOST + 1))
    with pytest.raises(TooLarge):
        get("https://a.example/")


def test_a_form_is_sent_and_no_redirect_followed(web):
    web.moves("https://hub.example/", "/elsewhere", status=307)
    assert send("https://hub.example/", {"hub.mode": "subscribe"}).status == 307
    [asked] = web.asked
    assert (asked.method, asked.content) == ("POST", b"hub.mode=subscribe")


def test_every_fault_is_explained():
    codes = {fault.code for fault in _all_faults(FetchFault)}
    sentences = [explain(code) for code in codes]
    assert len(set(sentences)) == len(codes)
    assert explain("status_500") != explain("status_418") != explain("what")
    assert explain("") == ""


def _all_faults(fault):
    yield fault
    for narrower in fault.__subclasses__():
        yield from _all_faults(narrower)
