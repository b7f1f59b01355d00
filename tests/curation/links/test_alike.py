"""Which items are one text in two places, and which only look like it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.likeness import bands, distance, likeness, title_key
from curation.links.alike import WINDOW, Text, are_alike
from tests.builders import NOON

LONG = " ".join(f"Le fil {n} court sur la rive et revient vers la maison." for n in range(30))
OTHER = " ".join(f"Un phare {n} éclaire la mer quand la nuit tombe au loin." for n in range(30))
ONE = Text("comment nouer un fil sur mastodon", "example.org", NOON, "fr", likeness(LONG), LONG)
ELSEWHERE = replace(ONE, owner="revue.net")

ALIKE = [
    ELSEWHERE,
    replace(ELSEWHERE, title="nouer des fils"),
    replace(ELSEWHERE, text="", likeness=0),
    replace(ELSEWHERE, language=""),
    replace(ONE, title="comment nouer un fil sur mastodon ?"),
    replace(ELSEWHERE, text=f"{LONG} Merci à la revue."),
]
NOT_ALIKE = [
    replace(ELSEWHERE, seen_at=NOON + WINDOW + timedelta(days=1)),
    replace(ELSEWHERE, language="en"),
    replace(ELSEWHERE, text=OTHER, likeness=likeness(OTHER)),
    replace(ONE, title="acheter du pain à marseille"),
    replace(ONE, text="", likeness=0),
]
SHORT = [
    ("home", "home"),
    ("accueil", "accueil"),
    ("mentions legales", "mentions legales"),
    ("episode 12", "episode 13"),
    ("le journal de la semaine episode 12", "le journal de la semaine episode 13"),
    ("petit cours de reseaux partie i", "petit cours de reseaux partie ii"),
    ("ma veille de la semaine", "ma veille de la semaine"),
    ("la revue de presse des reseaux", "la revue de presse des reseaux"),
    (
        "comprendre le fedivers pas a pas avec sa classe part one",
        "comprendre le fedivers pas a pas avec sa classe part two",
    ),
]


@pytest.mark.parametrize("other", ALIKE)
def test_one_text_in_two_places(other):
    assert are_alike(ONE, other)
    assert are_alike(other, ONE)


@pytest.mark.parametrize("other", NOT_ALIKE)
def test_two_texts(other):
    assert not are_alike(ONE, other)


@pytest.mark.parametrize(("one", "other"), SHORT)
@pytest.mark.parametrize("owner", ["example.org", "revue.net"])
def test_titles_that_say_too_little(one, other, owner):
    assert not are_alike(Text(one, "example.org", NOON), Text(other, owner, NOON))


def test_a_few_words_more_change_few_bits():
    near, far = likeness(f"{LONG} Merci à la revue."), likeness(OTHER)
    assert distance(likeness(LONG), near) <= 6 < distance(likeness(LONG), far)


def test_a_short_text_has_no_likeness():
    assert likeness("Bonjour à tout le monde.") == 0
    assert bands(0) == []


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Nouer un fil | Le blog", "nouer un fil"),
        ("Nouer un fil - Le blog de la rivière", "nouer un fil le blog de la riviere"),
        ("L'École : été", "l ecole ete"),
        ("Nouer un fil - Partie 2", "nouer un fil partie 2"),
    ],
)
def test_the_bare_words_of_a_title(title, key):
    assert title_key(title) == key


@settings(max_examples=30, deadline=None)
@given(st.integers(-(2**63), 2**63 - 1), st.sets(st.integers(0, 63), max_size=3))
def test_with_three_bits_apart_a_band_is_shared(bits, flipped):
    other = bits & (2**64 - 1)
    for bit in flipped:
        other ^= 1 << bit
    if bits and other:
        assert set(bands(bits)) & set(bands(other))
