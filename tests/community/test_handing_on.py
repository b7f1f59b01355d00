"""No place that names a person is forgotten: not when two are joined, not when they are parted."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from cms.models import ArticleIndexPage, ArticlePage
from community.handing_on import keys_to_people
from community.merging import merge_by_hand, undo_merge
from community.models import LinkCode, Merge, Participant
from curation.digest.writing import parts_of
from curation.models import DigestEntry
from tests.builders import NOON
from tests.challenges.building import a_site
from tests.curation.digest.building import a_letter

pytestmark = pytest.mark.django_db
LEDGERS = {"countedpost", "countedperson", "presence", "exchange"}
"""Counted again, see community.figures."""


@pytest.fixture
def elsewhere(db) -> Participant:
    return Participant.objects.create(name="Nia B.", consent="show", embarked_at=NOON)


def test_every_key_to_a_person_is_known():
    known = set(keys_to_people())
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, ForeignKey) and field.related_model is Participant:
                forgotten_on_purpose = model is Merge or model._meta.model_name in LEDGERS
                assert (field in known) is not forgotten_on_purpose, field


def test_whoever_is_named_in_a_letter_stays_named(elsewhere, nia, olga):
    nia.participant.consent = "show"
    nia.participant.save()
    entry = DigestEntry.objects.get(digest=a_letter(), section="picks")
    entry.credit, entry.named = "Nia B.", [elsewhere.pk, nia.participant.pk]
    entry.save()

    def credit() -> str:
        [part] = [one for one in parts_of(DigestEntry.objects.all()) if one.section == "picks"]
        return part.entries[0].credit

    merge = merge_by_hand(elsewhere, into=nia.participant, by=olga, now=NOON)
    assert credit() == "Nia B."
    entry.refresh_from_db()
    assert entry.named == [nia.participant.pk], "nobody is listed twice"
    person = undo_merge(merge, by=olga, now=NOON)
    entry.refresh_from_db()
    assert set(entry.named) == {person.pk, nia.participant.pk}, "it needs the consent of both"


def test_a_page_and_what_it_looked_like_before_follow_both_ways(elsewhere, nia, olga):
    home = a_site().get_parent()
    index = home.add_child(instance=ArticleIndexPage(title="Articles", locale=home.locale))
    page = index.add_child(
        instance=ArticlePage(title="Un vol", summary="Haut.", locale=home.locale, author=elsewhere)
    )
    page.save_revision()

    def authors() -> tuple[int, int]:
        fresh = ArticlePage.objects.get()
        return fresh.author_id, fresh.get_latest_revision_as_object().author_id

    merge = merge_by_hand(elsewhere, into=nia.participant, by=olga, now=NOON)
    assert authors() == (nia.participant.pk,) * 2
    person = undo_merge(merge, by=olga, now=NOON)
    assert authors() == (person.pk,) * 2


def test_what_no_room_moves_by_itself_is_moved_all_the_same(elsewhere, nia, olga):
    LinkCode.objects.create(code="ABCDEFGH", participant=elsewhere, expires_at=NOON)
    merge = merge_by_hand(elsewhere, into=nia.participant, by=olga, now=NOON)
    assert LinkCode.objects.get().participant == nia.participant
    assert LinkCode.objects.get().participant != undo_merge(merge, by=olga, now=NOON)
    assert LinkCode.objects.get().participant_id == merge.person_id_before


def test_nobody_brought_themselves(elsewhere, nia, olga):
    Participant.objects.filter(pk=nia.participant.pk).update(brought_by=elsewhere)
    merge_by_hand(elsewhere, into=nia.participant, by=olga, now=NOON)
    assert Participant.objects.get(pk=nia.participant.pk).brought_by is None
