"""Feeds read back as readers do; the list of sources; the list for other sites."""

import json
import re

import feedparser
import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from community.models import Consent
from curation.models import Source
from tests.curation.passing.building import a_pick, an_item, shelve_all
from tests.markup import attributes_of, faults_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def told(nia, tomas):
    picked = an_item(
        "Alt <text> & \x0b\uffff you", topics=("Images",), axis="with", language="en", author="Ada"
    )
    a_pick(picked, "Read it first.", by=tomas.participant, language="en")
    brought = an_item("Une loi", axis="about", found_by=(nia.participant,), finders=3)
    shelve_all()
    return picked, brought


def feed(client, format: str, query: str = "", **headers):
    return client.get(f"{reverse('curation:feed', args=[format])}{query}", headers=headers)


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_a_feed_is_read_back(client, told, format):
    read = feedparser.parse(feed(client, format).content)

    assert read.bozo == 0
    assert {entry.link for entry in read.entries} == {item.url for item in told}
    first = next(entry for entry in read.entries if entry.link == told[0].url)
    assert first.title_detail.value.replace("&lt;", "<").startswith("Alt <text>")
    assert "Read it first." in first.summary
    assert "Put forward by Tomas" in first.summary
    assert first.author == "Ada"
    by = [one.name for one in first.contributors] if format == "atom" else first.contributors
    assert "Tomas" in str(by)
    assert [tag.term for tag in first.tags] == ["Images"]
    assert all(entry.id.startswith("http://testserver/") for entry in read.entries)
    assert read.feed.link.startswith("http://testserver/")


def test_a_json_feed_says_the_same(client, told):
    response = feed(client, "json")
    read = json.loads(response.content)

    assert response["Content-Type"].startswith("application/feed+json")
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert {item["url"] for item in read["items"]} == {item.url for item in told}
    authors = {item["url"]: item["authors"] for item in read["items"]}
    assert authors == {told[0].url: [{"name": "Ada"}], told[1].url: [{"name": "read.example"}]}
    said = {item["url"]: item["content_html"] for item in read["items"]}
    assert "Found by Nia and 2 others" in said[told[1].url]


@pytest.mark.parametrize(
    ("query", "number"),
    [("?topic=images", 1), ("?axis=about", 1), ("?language=en", 1), ("?axis=work", 0), ("", 2)],
)
def test_each_part_has_its_feed(client, told, query, number):
    assert len(feedparser.parse(feed(client, "atom", query).content).entries) == number


def test_who_has_it_already_gets_nothing(client, told):
    first = feed(client, "rss")

    assert feed(client, "rss", **{"If-None-Match": first["ETag"]}).status_code == 304
    assert feed(client, "rss", **{"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    an_item("Another")
    assert feed(client, "rss", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_a_feed_names_nobody_who_does_not_agree(client, told, nia, tomas):
    for person in (nia.participant, tomas.participant):
        person.consent = Consent.COUNT
        person.save()

    for format in ("rss", "atom", "json"):
        assert b"Nia" not in feed(client, format).content
        assert b"Tomas" not in feed(client, format).content


def test_the_feed_of_a_person_is_for_those_who_agree(client, told, nia):
    theirs = f"?person={nia.participant.pk}"
    assert "Nia" in json.loads(feed(client, "json", theirs).content)["title"]
    nia.participant.consent = Consent.COUNT
    nia.participant.save()
    assert feed(client, "json", theirs).status_code == 404


def test_a_hub_is_named_where_there_is_one(client, told, settings):
    settings.WEBSUB_HUB = "https://hub.example/"

    for format in ("rss", "atom"):
        links = feedparser.parse(feed(client, format).content).feed.links
        assert [link.href for link in links if link.rel == "hub"] == ["https://hub.example/"]
    assert "hubs" in json.loads(feed(client, "json", "?language=fr").content)
    for way in ("?axis=with&only=picks", "?q=herons"):
        assert "hubs" not in json.loads(feed(client, "json", way).content)
    assert json.loads(feed(client, "json").content)["hubs"][0]["url"] == "https://hub.example/"


def test_a_hub_that_is_told_gets_no_servers_older_copy(client, told, settings):
    """It looks at once; whom nobody tells may be given what was, for a while."""
    assert "s-maxage" not in feed(client, "atom")["Cache-Control"]
    settings.WEBSUB_HUB = "https://hub.example/"
    assert "s-maxage=0" in feed(client, "atom")["Cache-Control"]


def test_feeds_are_found_from_the_page(client, told):
    html = client.get(f"{reverse('curation:page')}?topic=images").content.decode()
    found = [link for link in attributes_of(html, "link") if link.get("rel") == "alternate"]
    feeds = [link["href"] for link in found if link.get("type")]

    assert len(feeds) == len(set(feeds)) == 6
    assert ["topic=images" in one for one in feeds] == [True, False] * 3, "its own, everything"
    assert all(client.get(one).status_code == 200 for one in feeds)
    assert feed(client, "exe").status_code == 404
    assert feed(client, "rss", "?topic=nowhere").status_code == 404


def test_sources_are_told_but_nobodys_secrets(client, nia, tomas, now):
    site = Site.objects.get(is_default_site=True)
    nia.participant.consent = Consent.COUNT
    nia.participant.save()
    for name, fields in {
        "open": {"axis": "with"},
        "paused": {"paused_at": now},
        "nias": {"owner": nia.participant},
        "tomass": {"owner": tomas.participant},
    }.items():
        Source.objects.create(
            site=site, title=name, feed_url=f"https://{name}.example/feed", **fields
        )
    Source.objects.create(site=site, title="key", feed_url="https://me:secret@key.example/feed")

    told = client.get(reverse("curation:opml")).content.decode()
    feeds = set(re.findall('xmlUrl="([^"]+)"', told))
    assert feeds == {"https://open.example/feed", "https://tomass.example/feed"}


def test_the_list_for_other_sites_may_be_framed_and_nothing_else(client, told):
    response = client.get(f"{reverse('curation:embed')}?n=1&theme=dark&topic=images")
    html = response.content.decode()

    assert faults_of(html) == []
    assert "<script" not in html
    assert "embed--dark" in html
    assert told[0].url in html
    assert not response.cookies
    assert "X-Frame-Options" not in response
    assert "frame-ancestors *" in response["Content-Security-Policy"].split("; ")
    page = client.get(reverse("curation:page"))
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_the_code_is_there_to_copy(client, told):
    html = client.get(f"{reverse('curation:embed_code')}?topic=images&n=3").content.decode()

    assert faults_of(html) == []
    assert "http://testserver/en/curation/embed/?topic=images&amp;n=3" in html
