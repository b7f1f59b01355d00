"""What is looked for, as the search is asked for it."""

import pytest

from curation.searching import terms_of


@pytest.mark.parametrize(
    ("query", "terms"),
    [("Les Hashtags", ["hashtag"]), ("xxxxx sssss", ["xxxxx", "sssss"]), ("' : * &", [])],
)
def test_a_word_never_loses_its_last_letter(query, terms):
    assert terms_of(query) == terms
