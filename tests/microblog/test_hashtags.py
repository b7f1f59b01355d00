"""Hashtags as they are compared."""

from unicodedata import normalize

import pytest

from microblog.hashtags import bare, normalise, normalised


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("défiPhoto", "defiphoto"),
        (normalize("NFD", "Défi"), "defi"),
        ("#Élève_2", "eleve_2"),
        ("envol", "envol"),
        ("हिन्दी", "हिन्दी"),
        ("がんばる", "がんばる"),
    ],
)
def test_latin_letters_are_compared_without_their_accents(written, compared):
    assert bare([normalise(written)]) == {compared}


def test_a_hashtag_keeps_its_accents_where_it_is_kept():
    assert normalised(["Défi photo"]) == {"défi", "photo"}
