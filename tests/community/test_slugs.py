"""Words as addresses say them."""

import pytest

from community.slugs import slug_of


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Œuvres d’été", "oeuvres-dete"),
        ("Cœur & mains", "coeur-mains"),
        ("Straße", "strasse"),
        ("日本", ""),
    ],
)
def test_no_letter_is_lost(words, slug):
    assert slug_of(words) == slug
