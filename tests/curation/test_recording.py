"""What was found becomes items, one per page and MOOC."""

from datetime import timedelta

import pytest
from wagtail.models import Site

from curation.models import Find, Item, ItemAddress, Snapshot
from curation.recording import Found, record_found
from curation.shelving import shelve
from curation.snapshots import keep_words
from curation.topics import set_topics
from tests.builders import NOON
from tests.curation.items import an_item

pytestmark = pytest.mark.django_db
PAGE = "https://blog.example.org/2026/05/les-fils"


@pytest.fixture
def site() -> Site:
    return Site.objects.get(is_default_site=True)


def test_two_forms_of_an_address_are_one_item(site, nia, tomas):
    again = "http://www.blog.example.org/2026/05/les-fils/?utm_source=x#bas"
    batch = [
        Found(PAGE, NOON, user_id=nia.pk, finder_id=nia.participant.pk),
        Found(again, NOON, user_id=tomas.pk, finder_id=tomas.participant.pk),
    ]
    first, second = record_found(batch, site_id=site.pk, now=NOON)
    assert first == second
    assert first.finders == 2
    assert (first.describe_at, first.state) == (NOON, "waiting")


def test_finding_it_again_changes_nothing(site, nia):
    found = Found(PAGE, NOON, title="Les fils", text="mot " * 60, user_id=nia.pk)
    record_found([found], site_id=site.pk, now=NOON)
    before = list(Item.objects.values()), list(Find.objects.values())
    record_found([found], site_id=site.pk, now=NOON + timedelta(days=1))
    rows = list(Item.objects.values()), list(Find.objects.values())
    assert rows == before
    assert ItemAddress.objects.count() == Snapshot.objects.count() == 1


def test_the_beginning_told_by_a_feed_leaves_the_whole_text_of_a_page(site):
    [item] = record_found([Found(PAGE, NOON, title="Fils")], site_id=site.pk, now=NOON)
    keep_words([item], {item.pk: "tout le texte " * 30}, now=NOON)
    again = Found(PAGE, NOON, title="Fils", text="tout le texte…")
    record_found([again], site_id=site.pk, now=NOON)
    assert len(Snapshot.objects.get().text) > 400
    record_found([Found(PAGE, NOON, text="un autre texte " * 30)], site_id=site.pk, now=NOON)
    assert Snapshot.objects.get().text.startswith("un autre")


def test_what_an_editor_wrote_stays(site):
    [item] = record_found([Found(PAGE, NOON, title="Fils")], site_id=site.pk, now=NOON)
    Item.objects.filter(pk=item.pk).update(title="Nouer un fil", edited_fields=["title"])
    said = Found(PAGE, NOON, title="FILS !!!", summary="En trois pas.")
    [item] = record_found([said], site_id=site.pk, now=NOON)
    assert (item.title, item.summary) == ("Nouer un fil", "En trois pas.")


def test_of_what_feeds_call_it_only_topics_of_this_mooc_are_set(site):
    shown = an_item("Shown", state="published", shown_at=NOON)
    set_topics(shown.pk, ["École"])
    shelve(NOON)
    found = Found(PAGE, NOON, title="Fils", topics=["ecole", "Classes de mer"])
    for _again in range(2):
        [item] = record_found([found], site_id=site.pk, now=NOON)
    assert [topic.name for topic in item.topics.all()] == ["École"]
    assert item.said_topics == ["ecole", "Classes de mer"]


def test_what_is_no_address_is_refused(site):
    with pytest.raises(ValueError, match="not an address"):
        record_found([Found("mailto:nia@example.org", NOON)], site_id=site.pk, now=NOON)


def test_a_larger_batch_costs_no_more_queries(site, nia, count_queries):
    def of(numbers) -> list[Found]:
        return [
            Found(
                f"https://blog.example.org/{number}",
                NOON,
                title=f"{number}",
                text=f"{number} mots",
                topics=[f"sujet {number % 3}"],
                finder_id=nia.participant.pk,
                user_id=nia.pk,
            )
            for number in numbers
        ]

    few = count_queries(lambda: record_found(of(range(3)), site_id=site.pk, now=NOON))
    many = count_queries(lambda: record_found(of(range(3, 33)), site_id=site.pk, now=NOON))
    assert many <= few <= 26
