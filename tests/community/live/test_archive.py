"""What remains of a live event."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.live.archive import POSTS_OF_A_PERSON
from community.models import Help, Participant
from microblog.models import Post
from microblog.timeline.services import delete_post
from tests.builders import a_connection
from tests.community.live.telling import an_event, minute, somebody_shown, tells, writes
from tests.markup import faults_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    return an_event()


@pytest.fixture
def archive(event, client):
    def read(query: str = "") -> str:
        answer = client.get(f"/en/live/{event.slug}/archive/{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_it_is_told_in_order_hour_by_hour_on_the_clock_of_the_event(event, nia, archive):
    writes(nia, "Deux #NuitEtoiles", at=61)
    writes(nia, "Un #NuitEtoiles", at=5)
    page = archive()
    assert faults_of(page) == []
    assert "<!--" not in page
    assert page.index("14:00") < page.index("Un ") < page.index("15:00") < page.index("Deux ")


def test_late_posts_and_answers_join_it_and_say_so(event, nia, tomas, archive):
    first = writes(nia, "Un #NuitEtoiles", at=5)
    assert "later" not in archive().partition("<h1>")[2].partition("never too late")[0]
    writes(tomas, "Je découvre, merci", at=30 * 24 * 60, to=first)
    writes(tomas, "Et moi aussi #NuitEtoiles", at=40 * 24 * 60)
    page = archive()
    assert "2 later" in page
    assert page.count('<span class="chip chip--sun">later</span>') == 3  # a chapter, two posts


@pytest.mark.parametrize("way", ["order", "person", "pictures", "links", "thanks"])
def test_every_way_to_read_it_is_sound_and_costs_the_same(
    event, nia, tomas, archive, way, count_queries
):
    social = a_connection()
    somebody_shown("rex")

    def visit():
        archive(f"?by={way}")

    def told(at: float) -> None:
        first = writes(nia, f"Vu en {at} #NuitEtoiles https://example.org/{at}", at=at)
        writes(tomas, "Bien vu", at=at + 0.5, to=first)
        tells("Photo #NuitEtoiles", on=social, at=at, photos=["La Lune", ""])

    told(1)
    visit()
    few = count_queries(visit)
    for number in range(2, 6):
        told(number)
    assert count_queries(visit) <= few
    assert faults_of(archive(f"?by={way}")) == []


def test_an_empty_archive_is_sound_too(archive):
    for way in ("order", "person", "pictures", "links", "thanks", "nonsense"):
        assert faults_of(archive(f"?by={way}&page=9")) == []


def test_by_person_everybody_has_their_own_words(event, nia, tomas, archive):
    writes(nia, "Un #NuitEtoiles", at=1)
    writes(tomas, "Deux #NuitEtoiles", at=2)
    writes(nia, "Trois #NuitEtoiles", at=3)
    page = archive("?by=person")
    places = [page.index(word) for word in ("<span>Nia", "Un ", "Trois ", "<span>Tomas", "Deux ")]
    assert places == sorted(places)


def test_pictures_come_with_their_descriptions(event, archive):
    somebody_shown("rex")
    tells("Regarde #NuitEtoiles", on=a_connection(), photos=["Saturne et ses anneaux"])
    assert 'alt="Saturne et ses anneaux"' in archive("?by=pictures")


def test_links_stand_once_with_all_who_named_them(event, nia, tomas, archive):
    for user in (nia, tomas):
        writes(user, "Voyez https://example.org/ciel #NuitEtoiles")
    page = archive("?by=links")
    assert page.count('href="https://example.org/ciel"') == 1
    assert page.index("Nia</a>") < page.index("Tomas</a>")


def a_help(event, helper, helped, reply, **fields):
    return Help.objects.create(
        reply=reply,
        helper=helper.participant,
        helped=helped.participant,
        live_event=event,
        topic="live",
        confirmed_at=minute(5),
        **fields,
    )


def test_who_helped_whom_needs_the_consent_of_both(event, nia, tomas, archive):
    first = writes(nia, "Comment fait-on ? #NuitEtoiles", at=1)
    reply = writes(tomas, "Tu peux décrire la photo", at=2, to=first)
    a_help(event, tomas, nia, reply)
    assert "<b>Tomas</b> helped <b>Nia</b>" in archive("?by=thanks")
    for user in (nia, tomas):
        Participant.objects.filter(user=user).update(consent="count")
        assert "helped <b>" not in archive("?by=thanks")
        Participant.objects.filter(user=user).update(consent="show")
    delete_post(reply, now=minute(9))
    assert "helped <b>" not in archive("?by=thanks")


def test_what_was_taken_back_or_is_only_counted_is_read_nowhere(event, nia, tomas, archive):
    gone = writes(nia, "Un secret https://example.org/secret #NuitEtoiles", at=1)
    writes(tomas, "Mon nom est caché #NuitEtoiles", at=2)
    delete_post(gone, now=minute(3))
    Participant.objects.filter(user=tomas).update(consent="count")
    for way in ("order", "person", "pictures", "links", "thanks"):
        page = archive(f"?by={way}")
        assert "secret" not in page
        assert "caché" not in page
        assert "Tomas" not in page
    assert "One post counts without being shown" in archive()


def test_it_has_pages_and_one_to_print(event, nia, archive):
    for number in range(30):
        writes(nia, f"Étoile-{number}. #NuitEtoiles", at=number)
    assert "Étoile-0." in archive()
    assert "Étoile-29." not in archive()
    assert "Étoile-29." in archive("?page=2")
    printed = archive("?by=order&page=all")
    assert "Étoile-0." in printed
    assert "Étoile-29." in printed


@pytest.fixture
def busy(event, nia, settings):
    """Hundreds of posts, half of them in one thread; looked at a moment ago."""
    settings.LIVE_ARCHIVE_FRESH = 60
    first = writes(nia, "Commençons #NuitEtoiles https://example.org/debut")
    rows = [
        Post(
            network="practice",
            uri=f"https://envol.example/etoile/{number}",
            author=first.author,
            text=f"Étoile-{number}.",
            said_at=minute(2 + number / 20),
            parent=first,
            root=first,
            fingerprint=str(number),
        )
        for number in range(400)
    ]
    Post.objects.bulk_create(rows)
    return first


def test_a_visit_reads_a_page_and_no_more(busy, nia, archive, count_queries):
    def cost(query: str) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as seen:
            archive(query)
        return len(seen), sum(len(one["sql"]) for one in seen)

    archive()
    page = archive()
    assert "401 posts" in page and "Page 1 of" in page
    assert "Étoile-0." in page and "Étoile-399." not in page
    few = cost("?by=order")
    extra = [
        Post(
            network="practice",
            uri=f"https://envol.example/astre/{number}",
            author=busy.author,
            text=f"Astre-{number}.",
            said_at=minute(30),
            parent=busy,
            root=busy,
            fingerprint=str(number),
        )
        for number in range(800)
    ]
    Post.objects.bulk_create(extra)
    cache.clear()
    archive()
    assert "1201 posts" in archive()
    queries, size = cost("?by=order")
    assert queries == few[0] and size < few[1] * 1.5
    told = "".join(archive(f"?page={number}") for number in range(1, 10))
    assert all(told.count(f">Étoile-{number}.<") == 1 for number in range(400))


def test_what_is_taken_back_is_gone_at_once_though_the_gist_is_kept(busy, tomas, archive):
    secret = writes(tomas, "Un secret https://example.org/secret #NuitEtoiles", at=9)
    cache.clear()
    assert "secret" in archive("?by=links") and "Un secret" in archive("?by=person")
    delete_post(secret, now=minute(10))
    for way in ("order", "person", "pictures", "links"):
        assert "secret" not in archive(f"?by={way}"), way
    Participant.objects.filter(user__username="nia").update(consent="count")
    assert "Étoile-0." not in archive() and "example.org/debut" not in archive("?by=links")


def test_a_running_event_says_that_more_will_come(db, client):
    start = timezone.now() - timedelta(minutes=5)
    event = an_event(starts_at=start, ends_at=start + timedelta(hours=1))
    page = client.get(f"/en/live/{event.slug}/archive/").content.decode()
    assert "Still being written" in page


def test_a_link_that_answers_a_riddle_waits_for_the_reveal(event, nia, archive):
    post = writes(nia, "C'est https://example.org/phare #NuitEtoiles")
    assert "example.org/phare" in archive("?by=links")
    Post.objects.filter(pk=post.pk).update(veil=uuid4())
    assert "example.org/phare" not in archive("?by=links")


def test_whoever_says_very_much_leaves_room_for_the_others(event, nia, tomas, archive):
    for number in range(POSTS_OF_A_PERSON + 2):
        writes(nia, f"Étoile n° {number} #NuitEtoiles")
    writes(tomas, "Et moi #NuitEtoiles")
    page = archive("?by=person")
    assert page.count("Étoile n° ") == POSTS_OF_A_PERSON
    assert "2 more posts" in page
    assert f"{POSTS_OF_A_PERSON + 2} posts" in page
    assert "Et moi" in page
