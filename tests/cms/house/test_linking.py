import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.lexicon.linking import Term, link_terms
from cms.models import ContentPage
from tests.challenges.building import a_level
from tests.cms.conftest import a_challenge, a_post
from tests.cms.house.building import a_term, below

THREAD = Term(1, ("fil", "fils"), "/fil", "Des messages liés.")
HOME = Term(2, ("fil d’accueil",), "/accueil", 'Le "tien" <ici>')
TAG = Term(3, ("hashtag", "mot-dièse"), "/hashtag", "Un mot.")
RT = Term(4, ("RT",), "/rt", "Un partage.")
TERMS = [THREAD, HOME, TAG, RT]


def linked(html: str, **more) -> list[tuple[str, str]]:
    """Address and words of each link that was put in."""
    tree = html5lib.parseFragment(link_terms(html, TERMS, **more), namespaceHTMLElements=False)
    return [(a.get("href"), "".join(a.itertext())) for a in tree.iter("a") if a.get("class")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Un fil. Un fil.</p>", [("/fil", "fil")]),
        ("<p>Ton fil d&#x27;accueil, un fil</p>", [("/accueil", "fil d'accueil"), ("/fil", "fil")]),
        ("<p>FILS et Mot-Dièse</p>", [("/fil", "FILS"), ("/hashtag", "Mot-Dièse")]),
        ("<p>mot-die\u0300se</p>", [("/hashtag", "mot-dièse")]),
        ("<p>mot-diese, fille, #fil, profil, fil-bleu</p>", []),
        ("<p>l’hashtag&nbsp;!</p>", [("/hashtag", "hashtag")]),
        ("<p>un rt, un RT</p>", [("/rt", "RT")]),
        ("<p>fil&nbsp;d’accueil</p>", [("/accueil", "fil\u00a0d’accueil")]),
        ("<h2>fil</h2><a href='/'>fil <b>fil</b></a><code>fil</code><label>fil</label>", []),
        ("<a href='/'>x</a> fil", [("/fil", "fil")]),
        ('<img alt="un > fil" src="fil"> <!-- fil --> fil', [("/fil", "fil")]),
        ("<p>&fil; a@fil.be</p>", []),
    ],
)
def test_terms_are_met_where_people_use_them(html, expected):
    assert linked(html) == expected


def test_a_word_is_not_linked_on_its_own_page():
    assert linked("<p>un fil</p>", met={THREAD.key}) == []


def test_the_meaning_stands_beside_the_word_and_is_escaped():
    assert 'title="Le &quot;tien&quot; &lt;ici&gt;"' in link_terms("fil d’accueil", TERMS)


PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<a href='x'>", "</a>", "<h2>", "</h2>", "<pre>", "fil", " "]
    + ["hashtag", "RT", "&amp;", "<", ">", '"', "<!--", "-->", "d’accueil", "<br>", "é", "\u202f!"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=24).map("".join))
def test_nothing_but_links_is_ever_added(html):
    """Whatever comes in: take the links out again, and it is what it was."""
    out = link_terms(html, TERMS)
    for term in TERMS:
        assert out.count(f'href="{term.url}"') <= 1
    pieces = out.split('<a class="term" ')
    rest = [piece.split(">", 1)[1].replace("</a>", "", 1) for piece in pieces[1:]]
    assert "".join([pieces[0], *rest]) == html


def test_pages_link_the_lexicon_of_their_own_language(client, house, english, rooms):
    lexicon = rooms.lexicon.copy_for_translation(english.home.locale)
    lexicon.save_revision().publish()
    a_term(lexicon, "hashtag", "In English.", slug="hashtag-en").save_revision().publish()
    page = client.get(rooms.article.get_url()).text
    assert page.count('class="term"') == 1
    assert f'href="{rooms.term.get_url()}" title="A word with a sign in front."' in page
    assert "In English." not in page


def test_prose_of_every_kind_links_what_it_says_once_a_page(client, rooms, house):
    house.home.lead = "A hashtag brings us together."
    house.home.save()
    words = "<p>A hashtag again.</p>"
    plain = below(house.home, ContentPage, "Plain", intro=words, body=[("text", words)])
    level = a_level("First")
    level["value"]["task"] = "Write a hashtag."
    challenge = a_challenge(
        house.challenges, "The hashtag of the day", description=words, levels=[level]
    )
    challenge.intro = "With a hashtag."
    challenge.save()
    for page in (house.home, plain, challenge):
        shown = client.get(page.get_url()).text
        assert shown.count(f'class="term" href="{rooms.term.get_url()}"') == 1, page
        assert not re.search(r"<h[1-6][^>]*>[^<]*<a class=.term", shown)


def test_members_words_and_hidden_answers_stay_as_they_are(client, rooms, house, nia):
    house.riddle.reveal_text = "<p>It was a hashtag.</p>"
    house.riddle.save()
    a_post(nia, "My hashtag of today")
    assert 'class="term"' not in client.get(house.riddle.get_url()).text
    assert 'class="term"' not in client.get(house.home.get_url()).text


def test_a_changed_word_is_linked_anew_at_once(client, rooms):
    address = rooms.article.get_url()
    client.get(address)
    rooms.term.short = "Quite another meaning."
    rooms.term.save_revision().publish()
    assert "Quite another meaning." in client.get(address).text
    rooms.term.unpublish()
    assert 'class="term"' not in client.get(address).text
