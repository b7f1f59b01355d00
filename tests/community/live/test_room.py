"""The live room: what viewers see, and what each asks for anew."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.models import Participant
from microblog.models import Account, Post, TimelineSettings
from microblog.timeline.services import delete_post, edit_post
from tests.builders import a_connection
from tests.community.live.telling import an_event, minute, somebody_shown, tells, writes
from tests.community.live.viewer import Viewer
from tests.markup import faults_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    return on_now()


def on_now(**fields):
    """Begun ten minutes ago by the clock on the wall."""
    start = timezone.now() - timedelta(minutes=10)
    return an_event(starts_at=start, ends_at=start + timedelta(hours=1), **fields)


def ago(minutes: float):
    """As `at` for telling: minutes before this moment."""
    return (timezone.now() - minute(0)) / timedelta(minutes=1) - minutes


@pytest.fixture
def social(db):
    somebody_shown("rex")
    return a_connection()


def test_the_page_is_sound_and_shows_what_was_said(event, social, client):
    tells("Jupiter ! #NuitEtoiles", on=social, at=ago(3))
    page = client.get(f"/fr/live/{event.slug}/room/").content.decode()
    assert faults_of(page) == []
    assert "Jupiter !" in page
    assert "<!--" not in page


def test_a_post_appears_at_the_next_look_and_then_nothing_is_new(event, social):
    viewer = Viewer(event)
    assert viewer.texts() == []
    tells("Jupiter ! #NuitEtoiles", on=social, at=ago(1))
    assert viewer.ask() == 200
    assert viewer.texts() == ["Jupiter ! #NuitEtoiles"]
    assert viewer.ask() == 204


def test_an_answer_without_the_hashtag_is_folded_into_its_thread(event, nia, tomas):
    first = writes(nia, "Une étoile ? #NuitEtoiles", at=ago(5))
    viewer = Viewer(event)
    assert viewer.threads() == {first.pk: 0}
    writes(tomas, "Oui, Véga.", at=ago(4), to=first)
    viewer.ask()
    assert viewer.threads() == {first.pk: 1}
    assert "Oui, Véga." in viewer.texts()


def test_new_threads_stand_where_their_moment_says(event, social):
    middle = tells("Deux #NuitEtoiles", on=social, at=ago(5))
    viewer = Viewer(event)
    newest = tells("Trois #NuitEtoiles", on=social, at=ago(1))
    oldest = tells("Un, entendu tard #NuitEtoiles", on=social, at=ago(8))
    viewer.ask()
    assert list(viewer.threads()) == [newest.pk, middle.pk, oldest.pk]


def test_edits_and_deletions_are_followed(event, nia):
    post = writes(nia, "Bonsoir #NuitEtoiles", at=ago(2))
    other = writes(nia, "Mars #NuitEtoiles", at=ago(1))
    viewer = Viewer(event)
    edit_post(post, text="Bonsoir à vous #NuitEtoiles", now=timezone.now())
    viewer.ask()
    assert "Bonsoir à vous #NuitEtoiles" in viewer.texts()
    delete_post(other, now=timezone.now())
    viewer.ask()
    assert list(viewer.threads()) == [post.pk]


def test_whoever_stops_being_shown_disappears(event, nia):
    writes(nia, "Bonsoir #NuitEtoiles", at=ago(2))
    viewer = Viewer(event)
    assert viewer.texts()
    Participant.objects.filter(user=nia).update(consent="count")
    viewer.ask()
    assert viewer.texts() == []
    assert "Nia" not in viewer.html


def test_in_a_thread_an_unshown_author_has_neither_name_nor_words(event, nia, tomas):
    first = writes(nia, "Une étoile ? #NuitEtoiles", at=ago(5))
    writes(tomas, "Oui, Véga.", at=ago(4), to=first)
    Participant.objects.filter(user=nia).update(consent="count")
    viewer = Viewer(event)
    assert viewer.texts() == ["Oui, Véga."]
    assert "Une étoile" not in viewer.html


def test_a_viewer_of_whom_nothing_is_known_gets_the_whole_room(event, nia):
    writes(nia, "Bonsoir #NuitEtoiles", at=ago(2))
    viewer = Viewer(event)
    viewer.token = "0" * 24
    assert viewer.ask() == 200
    assert viewer.texts() == ["Bonsoir #NuitEtoiles"]
    assert viewer.ask() == 204


def test_newcomers_are_marked_to_tutors_alone(event, nia, tomas, client):
    post = writes(nia, "Bonsoir #NuitEtoiles", at=ago(2))
    stranger, tutor = Viewer(event), Viewer(event, as_user=tomas)
    assert tutor.marked() == {post.pk}
    assert stranger.marked() == set()
    second = writes(nia, "Encore #NuitEtoiles", at=ago(1))
    for viewer in (tutor, stranger):
        viewer.ask()
    assert tutor.marked() == {post.pk, second.pk}
    assert stranger.marked() == set()
    assert "<!--" not in stranger.html


def test_people_of_old_are_not_marked(event, nia, tomas):
    Participant.objects.filter(user=nia).update(first_seen_at=minute(-200 * 24 * 60))
    writes(nia, "Bonsoir #NuitEtoiles", at=ago(2))
    assert Viewer(event, as_user=tomas).marked() == set()


def test_members_write_from_the_room_with_the_hashtag_filled_in(event, nia, client):
    client.force_login(nia)
    page = client.get(f"/fr/live/{event.slug}/room/").content.decode()
    assert " #NuitEtoiles</textarea>" in page
    written = client.post(
        "/fr/timeline/write/",
        {"text": "Bonsoir #NuitEtoiles", "again": " #NuitEtoiles"},
        headers={"HX-Request": "true"},
    )
    assert " #NuitEtoiles</textarea>" in written.content.decode()
    assert Viewer(event).texts() == ["Bonsoir #NuitEtoiles"]


def test_a_closed_timeline_is_for_signed_in_people(event, nia, tomas, client):
    writes(nia, "Chez nous #NuitEtoiles", at=ago(2))
    site = client.get(f"/fr/live/{event.slug}/room/").wsgi_request
    timeline = TimelineSettings.for_request(site)
    timeline.is_open = False
    timeline.save()
    cache.clear()
    assert Viewer(event).texts() == []
    assert Viewer(event, as_user=tomas).texts() == ["Chez nous #NuitEtoiles"]


@pytest.mark.parametrize("state", ["proposed", "declined", "cancelled"])
def test_there_is_no_room_for_what_does_not_take_place(state, client):
    event = on_now(state=state)
    for part in ("room/", "room/posts/", "wall/", "wall/posts/", "archive/"):
        assert client.get(f"/fr/live/{event.slug}/{part}").status_code == 404


def test_an_open_page_is_told_when_to_stop_asking(nia):
    event = an_event()  # long over
    writes(nia, "Bonsoir #NuitEtoiles", at=3)
    viewer = Viewer(event)
    assert "hx-get" not in viewer.html
    assert viewer.ask() == 286


def test_while_nothing_is_new_an_answer_asks_no_database(event, nia, client, settings):
    settings.LIVE_ROOM_FRESH = 60
    writes(nia, "Bonsoir #NuitEtoiles", at=ago(2))
    viewer = Viewer(event)
    with CaptureQueriesContext(connection) as asked:
        assert viewer.ask() == 204
    assert len(asked) == 0
    client.force_login(nia)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/en/live/{event.slug}/room/posts/?since={viewer.token}")
    assert len(asked) == 0


def test_viewers_share_one_look(event, nia, settings):
    settings.LIVE_ROOM_FRESH = 60
    one, two = Viewer(event), Viewer(event)
    writes(nia, "Bonsoir #NuitEtoiles", at=ago(2))
    assert (one.ask(), two.ask()) == (204, 204)  # they were all told a moment ago


def test_a_look_costs_the_same_however_much_was_said(event, social, nia, tomas, count_queries):
    def look() -> int:
        tells("Encore #NuitEtoiles", on=social, at=ago(1))
        return count_queries(viewer.ask)

    viewer = Viewer(event)
    first = look()
    for number in range(6):
        post = writes(nia, f"Et {number} #NuitEtoiles", at=ago(number))
        writes(tomas, "Oui", at=ago(number), to=post)
    assert look() == first <= 9


def test_the_page_costs_the_same_however_much_was_said(event, nia, tomas, count_queries):
    def visit():
        return Client().get(f"/fr/live/{event.slug}/room/")

    writes(nia, "Un #NuitEtoiles", at=ago(4))
    visit()
    few = count_queries(visit)
    for number in range(6):
        post = writes(nia, f"Et {number} #NuitEtoiles", at=ago(number))
        writes(tomas, "Oui", at=ago(number), to=post)
    assert count_queries(visit) <= few + 5  # the first visitor draws what is new
    assert count_queries(visit) == few


def test_who_is_first_ever_is_counted(event, social, nia):
    writes(nia, "Hier", at=ago(24 * 60))
    writes(nia, "Bonsoir #NuitEtoiles", at=ago(2))
    tells("Bonsoir, je suis rex #NuitEtoiles", on=social, at=ago(2))
    assert Account.objects.count() >= 2
    assert Viewer(event).number("First posts ever") == 1


def test_what_gives_a_riddle_away_is_folded_for_all_and_stays_off_the_wall(event, nia, client):
    post = writes(nia, "C'est un phare #NuitEtoiles", at=ago(2))
    viewer = Viewer(event)
    assert "post__veil" not in viewer.html
    Post.objects.filter(pk=post.pk).update(veil=uuid4())
    assert viewer.ask() == 200
    assert "post__veil" in viewer.html
    assert "phare" not in client.get(f"/en/live/{event.slug}/wall/").content.decode()
