"""One search over everything, and nothing that isn't shown."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction, Site

from cms.models import HomePage, PageWords, TutorialPage
from cms.searching.engine import Kind, best
from cms.searching.finding import Wish
from cms.searching.keeping import index_posts
from community.models import MoocSettings
from curation.models import Item
from microblog.forgetting import forget_posts
from microblog.models import Post
from tests.builders import NOON, a_user
from tests.cms.conftest import a_tutorial
from tests.cms.searching.conftest import a_tagged_post, index_all
from tests.curation.passing.building import an_item

pytestmark = pytest.mark.django_db
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


def found(client, query: str, **more) -> str:
    answer = client.get("/fr/search/", {"q": query, **more})
    assert answer.status_code == 200
    return MAIN.search(answer.text).group()


KINDS = ("Dessine un", "Le héron cendré", "Nia et le", "Pour qui aime attendre", "Mon premier")


def test_everything_is_found_whatever_its_accents(client, everything):
    for query in ("héron", "HERON", "herons", "#héron", "hero", '"héron"'):
        page = found(client, query)
        for words in KINDS:
            assert words in page, (query, words)


def test_a_word_of_the_lexicon_is_the_answer(client, everything):
    for query in ("heron", "Échassier"):
        page = found(client, query)
        assert page.index("Un oiseau qui attend.") < page.index("<ol")
        assert 'id="found-answer"' in page
    assert 'id="found-answer"' not in found(client, "heron cendre")


def test_facets_count_and_show_one_kind_alone(client, everything):
    page = found(client, "heron", **{"in": "challenges"})
    assert "Dessine un héron" in page
    assert "Le héron cendré" not in page
    counts = re.findall(r'in=(\w+)[^>]*>[^<]*<span class="found-count">(\d+)', page)
    assert dict(counts)["reading"] == "1"
    assert dict(counts)["stories"] == "1"
    assert dict(counts)["posts"] == "1"


def test_many_are_counted_as_more_and_read_page_by_page(client, house):
    rows = [
        Item(
            site=Site.objects.get(),
            url=f"https://many.example/{number}",
            title=f"Marée {number}",
            state=Item.State.PUBLISHED,
            language="fr",
            first_seen_at=NOON,
            shown_at=NOON,
        )
        for number in range(130)
    ]
    Item.objects.bulk_create(rows)
    index_all()
    first = found(client, "marees", **{"in": "reading"})
    second = found(client, "marees", **{"in": "reading", "page": "2"})
    titles = [re.findall(r"Marée \d+", page) for page in (first, second)]
    assert "100+" in first
    assert len(titles[0]) == len(titles[1]) == 10
    assert not set(titles[0]) & set(titles[1])
    assert found(client, "marees", **{"in": "reading", "page": "99"})


def test_excerpts_are_marked_and_safe(client, everything):
    page = found(client, "heron", **{"in": "posts"})
    assert "<mark>héron</mark> &lt;b&gt;gras&lt;/b&gt;" in page


def test_ligatures_are_two_letters(client, house):
    a_tutorial(house.tutorials, "Le cœur de l’œuvre")
    assert "Le cœur de l’œuvre" in found(client, "oeuvre coeur")
    a_tutorial(house.tutorials, "Soeurs et boeufs")
    assert "Soeurs et boeufs" in found(client, "sœur")


def test_a_slip_of_the_finger_shows_the_nearest_word(client, everything):
    for typed in ("hérom", "heorn", "hérron"):
        page = found(client, typed)
        assert "Dessine un héron" in page
        assert "found-instead" in page
        assert typed in page


def test_what_finds_little_proposes_another_word(client, everything, nia):
    a_tagged_post(nia, "Une heronz #Envol")
    index_all()
    page = found(client, "heronz")
    assert "Une <mark>heronz</mark>" in page
    assert "?q=h%C3%A9ron" in page


def test_no_word_is_proposed_that_only_hidden_pages_say(client, everything):
    a_tutorial(everything.house.tutorials, "Cormoran", live=False)
    secret = a_tutorial(everything.house.tutorials, "Balbuzard")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    assert 'found-instead">Nothing' not in found(client, "cormorna")
    assert "Balbuzard" not in found(client, "balbuzrad")


def test_readers_choose_their_language_or_all(client, everything):
    an_item("The heron of the lake", language="en")
    index_all()
    assert "of the lake" not in found(client, "heron")
    assert "of the lake" in found(client, "heron", language="any")


def test_what_a_warning_covers_is_not_quoted(client, everything, nia):
    a_tagged_post(nia, "Un secret horrible #Envol", content_warning="Attention : grenouille")
    index_all()
    assert "found-help" in found(client, "secret")
    page = found(client, "grenouille", **{"in": "posts"})
    assert "grenouille" in page
    assert "horrible" not in page


def test_an_edit_a_deletion_and_a_draft_are_followed(client, everything):
    Post.objects.filter(pk=everything.post.pk).update(text="Une aigrette #Envol", fingerprint="n")
    index_all()
    assert "aigrette" in found(client, "aigrettes", **{"in": "posts"})
    forget_posts(Post.objects.filter(pk=everything.post.pk), now=NOON)
    index_all()
    assert not Post.objects.unindexed().exists()
    draft = TutorialPage.objects.get(pk=everything.house.tutorial.pk)
    draft.title = "Brouillon caché"
    draft.save_revision()
    assert "Brouillon" not in found(client, "brouillon").split("</form>")[1]
    draft.save_revision().publish()
    assert "Brouillon caché" in found(client, "brouillon")


def test_pages_that_were_never_read_are_read_by_the_step(client, everything):
    PageWords.objects.all().delete()
    index_all()
    assert "Dessine un héron" in found(client, "heron")


def test_each_mooc_finds_its_own(client, everything, nia):
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Autre", slug="autre", headline="B", lead="B"))
    other = Site.objects.create(hostname="autre.example", root_page=home)
    MoocSettings.objects.update_or_create(site=other, defaults={"hashtags": "Autre"})
    a_tagged_post(nia, "Héron d’ailleurs #Autre", language="fr")
    index_all()
    here = found(client, "heron", language="any")
    assert "ailleurs" not in here
    assert "Mon premier" in here
    there = client.get(
        "/fr/search/", {"q": "heron", "language": "any"}, headers={"host": other.hostname}
    )
    words = MAIN.search(there.text).group()
    assert "ailleurs" in words
    assert "Mon premier" not in words
    assert "Dessine un" not in words
    assert "cendré" not in words


HOSTILE = (
    *('"', "AND OR NOT", "a:b*", "(((", "-", "\x00", "😀", "' OR 1=1 --", "%", "&|!:*"),
    "é" * 10_000,
)


def test_words_are_kept_in_the_language_of_their_page(house):
    place = {"network": "practice", "text": "<p>Là.</p>"}
    step = {"heading": "Un pas", "text": "<p>Oui.</p>", "networks": [place]}
    with override("en"):
        page = a_tutorial(house.tutorials, "Pas à pas")
        page.steps = [{"type": "step", "value": step}]
        page.save()
    kept = PageWords.objects.get(page=page).text
    assert "Là." in kept and "Here, on the" not in kept


def test_hostile_queries_get_a_page(client, everything):
    for query in HOSTILE:
        page = found(client, query)
        assert "found-help" in page or "found-list" in page


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(said=st.text(max_size=40), page=st.text(max_size=5), facet=st.text(max_size=8))
def test_whatever_is_asked_can_be_asked(db, said, page, facet):
    sent = QueryDict(mutable=True)
    sent.update({"q": said, "page": page, "in": facet})
    wish = Wish.read(sent)
    assert 1 <= wish.number < 1000
    known = set(PageWords.objects.values_list("pk", flat=True))
    assert set(best(Kind.PAGES, wish.query)) <= known
    assert best(Kind.POSTS, wish.query) == []


def test_a_search_costs_as_much_for_much_as_for_little(client, everything, tomas):
    for user in (tomas, a_user("ida")):
        for number in range(12):
            a_tagged_post(user, f"Héron {number} #Envol", language="fr")
    for number in range(12):
        a_tutorial(everything.house.tutorials, f"Héron, leçon {number}")
        an_item(f"Héron lu {number}")
    index_all()
    found(client, "heron")
    for asked in ({}, {"in": "posts"}, {"in": "reading"}, {"language": "any"}):
        with CaptureQueriesContext(connection) as queries:
            found(client, "heron", **asked)
        assert len(queries) <= 15, "\n".join(one["sql"][:150] for one in queries)
    found(client, "herno")
    with CaptureQueriesContext(connection) as queries:
        found(client, "herom")
    assert len(queries) <= 15, "\n".join(one["sql"][:150] for one in queries)


def test_posts_are_read_in_a_constant_number_of_queries(everything, nia):
    def cost(posts: int) -> int:
        for number in range(posts):
            a_tagged_post(nia, f"Mot {number} #Envol")
        Post.objects.update(answered_fingerprint="x", fingerprint="x")
        with CaptureQueriesContext(connection) as queries:
            assert index_posts() >= posts
        return len(queries)

    few = cost(2)
    assert cost(20) <= few


def test_suggestions_name_pages_while_one_types(client, everything):
    page = client.get("/fr/search/suggest/", {"q": "hér"}, headers={"hx-request": "true"}).text
    assert "Héron" in page
    assert client.get("/fr/search/suggest/", {"q": "h"}).text.strip() == ""


def test_without_a_question_the_page_teaches(client, house):
    page = found(client, "")
    assert "found-help" in page
    assert "?q=hashtag" in page
