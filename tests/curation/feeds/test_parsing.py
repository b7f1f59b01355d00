"""One contract over every kind of feed: what comes is in our words, or a fault; never anything
else. The odd ones are files in `odd`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.faults import FetchFault
from curation.feeds.cleaning import plain
from curation.feeds.faults import BrokenFeed, EmptyAnswer, NotAFeed
from curation.feeds.parsing import parse_feed
from curation.feeds.reading import distinct
from curation.feeds.values import MOST_ENTRIES, Feed

ODD = Path(__file__).parent / "odd"
URL = "https://blog.example/feed"
BLOG = "https://blog.example"
TEN = datetime(2026, 5, 4, 10, tzinfo=UTC)


def parsed(name: str) -> Feed:
    return parse_feed((ODD / name).read_bytes(), url=URL)


@pytest.mark.parametrize(
    ("name", "title", "titles", "addresses"),
    [
        ("rss_0_91.xml", "Old but here", ["Un vieux billet"], ["/old"]),
        ("rss_1_0.xml", "In triples", ["One"], ["/1"]),
        ("rss_2_0.xml", "Complete", ["Title & more"], ["/1"]),
        ("atom.xml", "Atoms", ["Italic & bold"], ["/1"]),
        ("feed.json", "In JSON", ["One", "", ""], ["/1", "/2", "/3"]),
        ("wrong_encoding.xml", "Café", ["Été – fin"], ["/1"]),
        ("without_ids.xml", "No ids", ["One", "Two"], ["/1", "/2"]),
        ("one_id_for_all.xml", "One id", ["One", "Two"], ["/1", "/2"]),
        ("relative.xml", "Relative", ["Near", "Above"], ["/deep/near", "/above"]),
        ("markup_in_titles.xml", "Bold blog", ["Bold & done", "5 < 6 & 7 > 3"], ["/1", "/2"]),
        ("nothing_yet.xml", "Nothing yet", [], []),
        ("truncated.xml", "Cut", ["Whole"], ["/1"]),
        ("podcast.xml", "To listen", ["Episode"], ["/e1.mp3"]),
        ("two_pages.xml", "Two links", ["Page and sound", "In English too"], ["/1", "/2"]),
    ],
)
def test_every_kind_is_read(name, title, titles, addresses):
    feed = parsed(name)
    entries = list(distinct(feed.entries))
    assert feed.title == title
    assert feed.page_url == f"{BLOG}/"
    assert [plain(entry.title) for entry in entries][: len(titles)] == titles
    assert [entry.url for entry in entries][: len(titles)] == [BLOG + a for a in addresses]
    assert len(entries) == len(titles) or name == "truncated.xml"
    assert len({entry.key for entry in entries}) == len(entries)


def test_all_that_a_feed_says_is_heard():
    feed = parsed("rss_2_0.xml")
    [entry] = feed.entries
    assert (feed.language, feed.ttl) == ("fr", 7200)
    assert (feed.hub_url, feed.self_url) == ("https://hub.example/", f"{BLOG}/feed")
    assert (entry.name, entry.author, entry.published_at) == ("tag:1", "Nia", TEN)
    assert (entry.topics, entry.image_url) == (("veille", "école"), f"{BLOG}/pictures/1.jpg")
    assert plain(entry.summary) == "Short."
    assert plain(entry.content) == "Long words of two paragraphs"


def test_json_says_as_much():
    feed = parsed("feed.json")
    one, two, three = feed.entries
    assert (feed.language, feed.hub_url) == ("fr", "https://hub.example/")
    assert (one.author, one.image_url, one.topics) == ("Nia", f"{BLOG}/1.jpg", ("veille",))
    assert one.published_at == datetime(2026, 5, 4, 8, tzinfo=UTC)
    assert plain(two.content) == "Words & <no tags>"
    assert three.published_at is None


def test_dates_of_all_kinds():
    days = {plain(entry.title): entry.published_at for entry in parsed("dates.xml").entries}
    assert days["rfc822"] == days["two digits"] == days["iso"] == TEN
    assert days["day"] == TEN.replace(hour=0)
    assert days["french"] is days["absurd"] is days["empty"] is None


def test_pictures_and_episodes():
    [episode] = parsed("podcast.xml").entries
    assert (episode.image_url, episode.author) == (f"{BLOG}/e1.jpg", "Nia")
    assert parsed("relative.xml").entries[0].image_url == f"{BLOG}/deep/near.jpg"


def test_a_bomb_does_not_go_off():
    try:
        feed = parsed("bomb.xml")
    except BrokenFeed:
        return
    said = "".join(plain(entry.title) + plain(entry.summary) for entry in feed.entries)
    assert len(said) < 1000 and "root:" not in said


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", EmptyAnswer),
        (b" \n\t", EmptyAnswer),
        ((ODD / "page.html").read_bytes(), NotAFeed),
        (b"just words", NotAFeed),
        (b"\x89PNG\r\n\x1a\n\0\0\0", NotAFeed),
        (b"<rss><channel><title>Cut</titl", BrokenFeed),
        (b'{"version": "2.0"}', NotAFeed),
        (b'{"half": ', BrokenFeed),
        (b"[" * 200_000, NotAFeed),
        (b'{"a":' * 200_000, BrokenFeed),
    ],
    ids=["nothing", "spaces", "page", "words", "picture", "cut", "json", "half", "deep", "deeper"],
)
def test_what_is_no_feed_is_told(body, fault):
    with pytest.raises(fault):
        parse_feed(body, url=URL)


def test_of_a_huge_feed_the_first_entries_are_read():
    items = "".join(f"<item><link>{BLOG}/{n}</link></item>" for n in range(MOST_ENTRIES + 20))
    feed = parse_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), url=URL)
    assert len(feed.entries) == MOST_ENTRIES


def test_of_a_huge_feed_that_begins_with_its_oldest_the_last_are_read():
    items = "".join(
        f"<item><link>{BLOG}/{n}</link><pubDate>{2000 + n}-05-04T10:00:00Z</pubDate></item>"
        for n in range(MOST_ENTRIES + 20)
    )
    feed = parse_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), url=URL)
    assert [feed.entries[0].url, feed.entries[-1].url] == [f"{BLOG}/20", f"{BLOG}/119"]


def test_who_signs_the_feed_signs_entries_that_nobody_does():
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><author><name>Nia</name></author>{}</feed>'
    entry = '<entry><link href="https://blog.example/1"/>{}</entry>'
    signed = entry.format("<author><name>Tomas</name></author>")
    feed = parse_feed(atom.format(entry.format("") + signed).encode(), url=URL)
    assert [one.author for one in feed.entries] == ["Nia", "Tomas"]


def test_accents_that_an_old_dtd_names_are_read():
    body = (ODD / "rss_0_91.xml").read_text()
    assert "<!DOCTYPE" in body
    feed = parse_feed(body.replace("Un vieux", "&Eacute;t&eacute; &amp;").encode(), url=URL)
    assert plain(feed.entries[0].title) == "Été & billet"


def test_a_hub_may_be_named_in_the_headers():
    link = '<https://hub.example/>; rel="hub", <https://blog.example/self>; rel="self"'
    body = (ODD / "nothing_yet.xml").read_bytes()
    feed = parse_feed(body, url=URL, headers={"link": link})
    assert (feed.hub_url, feed.self_url) == ("https://hub.example/", f"{BLOG}/self")


def test_a_fingerprint_changes_with_what_we_use():
    body = (ODD / "rss_2_0.xml").read_text()
    before = parse_feed(body.encode(), url=URL).entries[0]
    same = parse_feed(body.replace("<ttl>120", "<ttl>60").encode(), url=URL).entries[0]
    other = parse_feed(body.replace("Short.", "Shorter.").encode(), url=URL).entries[0]
    assert before.fingerprint == same.fingerprint != other.fingerprint
    assert before.key == other.key


SHREDS = st.sampled_from([path.read_bytes() for path in sorted(ODD.iterdir())])


@settings(max_examples=40, deadline=None)
@given(SHREDS, st.integers(0, 3000), st.binary(max_size=40), st.integers(0, 60))
def test_hostile_bytes_are_a_feed_or_a_fault(body, where, junk, left_out):
    body = body[:where] + junk + body[where + left_out :]
    try:
        feed = parse_feed(body, url=URL)
    except FetchFault as fault:
        assert fault.explained
        return
    for entry in distinct(feed.entries):
        assert entry.url.startswith(("http://", "https://")) and len(entry.key) == 64
        assert "<script" not in plain(entry.content) and "\0" not in plain(entry.title)
        assert len(entry.fingerprint) == 32
