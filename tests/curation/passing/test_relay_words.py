"""A relayed pick fits wherever it goes, and its link leads where it should."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.models import MoocSettings, Participant
from curation.models import Item, Pick, Topic
from curation.reading import Card
from curation.relay_words import relay_text
from microblog.composing import length
from microblog.models import Connection

pytestmark = pytest.mark.django_db
WORDS = st.text("aé œ🪶 .@#'\n", max_size=400)
LONG = "https://read.example/?" + "q" * 600


def told(sentence: str, title: str, url: str, *, limit: int, tone="warm", topics=(), finder=""):
    voice = Connection(network="social", character_limit=limit)
    mooc = MoocSettings(hashtags="Envol", tone=tone)
    card = Card(
        item=Item(pk=7, url=url, title=title),
        pick=None,
        curator=None,
        topics=[Topic(name=name) for name in topics],
        finders=[Participant(pk=7, name=finder)] if finder else [],
    )
    return relay_text(card, Pick(sentence=sentence, language="fr"), voice, mooc)


@settings(max_examples=60, deadline=None)
@given(
    sentence=WORDS,
    title=WORDS,
    length_of_url=st.integers(0, 2000),
    limit=st.sampled_from([140, 300, 500, 5000]),
    tone=st.sampled_from(["warm", "plain", "formal"]),
    topics=st.lists(st.text("abc é", max_size=90), max_size=3),
    finder=st.text("Nia é", max_size=60),
)
def test_it_always_fits_and_never_cuts_a_link(
    sentence, title, length_of_url, limit, tone, topics, finder
):
    url = "https://read.example/" + "q" * length_of_url
    words = told(sentence, title, url, limit=limit, tone=tone, topics=topics, finder=finder)
    assert length(words) <= limit
    [link] = re.findall(r"https?://\S+", words)
    assert link == url or (
        link.endswith("/curation/7/") and length(url) + len("\n\n#Envol") > limit
    )
    assert "#Envol" in words


def test_the_sentence_is_shortened_first_then_the_title():
    sentence, title, url = "mot " * 60 + "fin", "titre " * 15 + "bout", "https://read.example/a"
    whole = told(sentence, title, url, limit=500)
    assert "fin" in whole and "bout" in whole
    shorter = told(sentence, title, url, limit=260)
    assert "fin" not in shorter and "bout" in shorter
    shortest = told(sentence, title, url, limit=170)
    assert "bout" not in shortest and "titre" in shortest and "mot" in shortest


def test_our_own_page_leads_where_the_link_has_no_room():
    words = told("À lire.", "Loin", LONG, limit=500)
    assert words.startswith("À lire.") and "Loin" in words
    assert "/fr/curation/7/" in words and "read.example" not in words
