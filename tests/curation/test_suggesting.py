"""What the desk guesses an item could be about."""

import pytest
from wagtail.models import Site

from curation.shelving import shelve
from curation.sifting.suggesting import known_topics, score_topics, suggest
from tests.curation.items import a_site, a_source, an_item


@pytest.mark.parametrize(
    ("title", "text", "like", "expected"),
    [
        ("Une école sur Mastodon", "", {}, ["Mastodon", "école"]),
        ("Toots", "À l'ECOLE", {}, ["école"]),
        ("Toots", "", {"image": 4, "rare": 1}, ["image"]),
        ("Une école", "", {"image": 4}, ["école", "image"]),
        ("Toots", "", {}, []),
    ],
)
def test_topics_are_suggested_from_words_and_from_the_like(title, text, like, expected):
    known = ["Mastodon", "école", "image", *like]
    assert score_topics(title=title, text=text, known=known, like=like, has=["droit"]) == expected


def test_topics_of_this_mooc_are_suggested_in_the_items_language_first(db, now):
    other = Site.objects.create(hostname="other.example", root_page_id=a_site().root_page_id)
    title = "Mastodon, fediverse, image, Non classé"
    for topics, fields in (
        ("image", {"language": "en"}),
        ("image, Non classé", {"language": "en"}),
        ("Mastodon", {}),
        ("fediverse", {"site": other}),
    ):
        shown = an_item(topics, state="published", shown_at=now, **fields)
        shown.topics.add(*topics.split(", "))
    shelve(now)
    new = an_item(title, said_topics=["Classes de mer", "IMAGE"])
    told = suggest(new, text="", sources=[])
    assert list(told.topics) == ["image", "Mastodon", "Classes de mer"]
    assert known_topics(new) == ["Mastodon", "image", "Non classé"]


def test_what_most_of_a_source_got_is_suggested(olga, now):
    source = a_source()
    for number in range(4):
        like = an_item(f"Week {number} of our small classroom", source=source, axis="with")
        like.topics.add("école")
    new = an_item("Another week of our small classroom", source=source)
    told = suggest(new, text="", sources=[source])
    assert (told.axis, list(told.topics), len(told.near)) == ("with", ["école"], 4)
