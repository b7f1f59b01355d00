"""What was written when œ wasn't oe yet is found once it was written anew, by the steps alone."""

import pytest
from django.db import connection

from cms.searching.engine import Kind, best, newest
from cms.searching.keeping import index
from community.moocs import FOLDING
from curation.folding import renew_words
from curation.models import Folding
from curation.searching import search
from curation.shelving import shelve
from microblog.models import Post
from tests.builders import NOON
from tests.cms.conftest import a_post
from tests.curation.passing.building import an_item

pytestmark = pytest.mark.django_db
OLDER = """
UPDATE curation_words SET title = 'nœud';
UPDATE cms_page_words SET title = 'sœur', text = 'sœur';
UPDATE cms_post_words SET text = 'vœu'
"""


def work() -> int:
    return sum(step(NOON) for step in (index, shelve))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="words are written by hand here")
def test_the_search_heals_by_itself(house, nia):
    page = house.tutorial
    page.title = "Sœur"
    page.save()
    item = an_item("Nœud")
    a_post(nia, "Un vœu #Envol")
    Post.objects.update(answered_fingerprint="f", fingerprint="f")
    while work():
        pass
    with connection.cursor() as cursor:
        for statement in OLDER.split(";"):
            cursor.execute(statement)
    assert not best(Kind.PAGES, "soeur")
    assert work() == 0, "nobody knows of it"

    Folding.objects.update(version=FOLDING - 1)
    rounds = 0
    while work():
        rounds += 1
    assert 0 < rounds < 20
    assert page.pk in best(Kind.PAGES, "soeur")
    assert search("noeud", site_id=item.site_id) == [item.pk]
    assert newest(Kind.POSTS, "voeu", marks=[])
    assert set(Folding.objects.values_list("version", "reached")) == {(FOLDING, 0)}


def test_a_table_that_nobody_took_note_of_is_written_anew(db):
    assert renew_words("another", lambda after: after + 1 if after < 2 else None)
    assert renew_words("another", lambda after: after + 1 if after < 2 else None)
    assert not renew_words("another", lambda after: None)
    assert not renew_words("another", lambda after: 1)
