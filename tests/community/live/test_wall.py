"""The wall, and those who look after it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from community.live.wall import rules_of
from community.models import Participant, WallDecision
from microblog.timeline.services import delete_post, write_post
from tests.builders import a_connection
from tests.community.live.telling import an_event, minute, somebody_shown, tells, writes
from tests.markup import faults_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    start = timezone.now() - timedelta(minutes=10)
    return an_event(starts_at=start, ends_at=start + timedelta(hours=1))


@pytest.fixture
def moderator(tomas):
    right = Permission.objects.get(codename="moderate_wall")
    tomas.user_permissions.add(right)
    return tomas


@pytest.fixture
def wall(event, client):
    """What hangs on the wall now, as a page."""

    def look(query: str = "") -> str:
        return client.get(f"/en/live/{event.slug}/wall/{query}").content.decode()

    return look


@pytest.fixture
def decide(event, moderator):
    """A moderator decides, and where it led."""
    client = Client()
    client.force_login(moderator)

    def post(verdict: str, about=None, *, status: int = 302):
        data = {"verdict": verdict} | ({"post": about.pk} if about else {})
        answer = client.post(f"/en/live/{event.slug}/wall/decide/", data)
        assert answer.status_code == status
        return answer

    return post


def now_at(minutes: float = 1) -> float:
    return (timezone.now() - minute(0)) / timedelta(minutes=1) - minutes


def test_the_page_is_sound_and_says_how_to_join(event, nia, wall):
    writes(nia, "Bonsoir #NuitEtoiles", at=now_at())
    page = wall()
    assert faults_of(page) == []
    assert "Bonsoir" in page
    assert '<svg viewBox="0 0 ' in page
    assert f"envol.example/en/live/{event.slug}/room/" in page


@pytest.mark.parametrize(
    ("query", "looks"), [("?theme=dark", "wall-page--dark"), ("?theme=light", "wall-page--light")]
)
def test_a_hall_chooses_light_or_dark(wall, query, looks):
    assert looks in wall(query)


def test_a_hidden_post_leaves_the_wall_alone_and_comes_back(event, nia, wall, decide, client):
    post = writes(nia, "Une bêtise #NuitEtoiles", at=now_at())
    decide("hide", post)
    assert "Une bêtise" not in wall()
    assert "Une bêtise" in client.get(f"/en/live/{event.slug}/room/").content.decode()
    decide("show", post)
    assert "Une bêtise" in wall()


def test_every_decision_is_kept_with_who_and_when(event, nia, decide, moderator):
    post = writes(nia, "Une bêtise #NuitEtoiles", at=now_at())
    decide("hide", post)
    decide("hide", post)
    decide("show", post)
    kept = WallDecision.objects.filter(event=event, post=post)
    assert [(one.verdict, one.by) for one in kept] == [("hide", moderator), ("show", moderator)]
    assert all(abs(one.decided_at - timezone.now()) < timedelta(minutes=5) for one in kept)


def test_only_chosen_posts_hang_where_organisers_want_it_so(event, nia, wall, decide):
    chosen = writes(nia, "Vénus #NuitEtoiles", at=now_at(2))
    writes(nia, "Mercure #NuitEtoiles", at=now_at(1))
    decide("approved_only")
    assert "Vénus" not in wall()
    decide("show", chosen)
    assert "Vénus" in wall()
    assert "Mercure" not in wall()
    decide("everything")
    assert "Mercure" in wall()


def test_one_post_at_a_time_is_pinned(event, nia, wall, decide):
    one = writes(nia, "Vénus #NuitEtoiles", at=now_at(9))
    two = writes(nia, "Mercure #NuitEtoiles", at=now_at(8))
    for number in range(7):
        writes(nia, f"Étoile {number} #NuitEtoiles", at=now_at(7 - number))
    assert "Vénus" not in wall()
    for post, word in ((one, "Vénus"), (two, "Mercure"), (one, "Vénus")):
        decide("pin", post)
        assert word in wall().partition('id="wall-pinned"')[2].partition('id="wall-posts"')[0]
    decide("unpin", one)
    assert rules_of(event).pinned is None


def test_consent_and_deletion_come_before_a_moderators_choice(event, nia, tomas, wall, decide):
    mine = writes(nia, "Vénus #NuitEtoiles", at=now_at(2))
    gone = writes(tomas, "Mercure #NuitEtoiles", at=now_at(1))
    for post in (mine, gone):
        decide("show", post)
        decide("pin", post)
    Participant.objects.filter(user=nia).update(consent="count")
    delete_post(gone, now=timezone.now())
    assert "Vénus" not in wall()
    assert "Mercure" not in wall()


def test_a_warning_is_shown_in_place_of_the_words(event, wall):
    somebody_shown("rex")
    tells(
        "Aïe #NuitEtoiles", on=a_connection(), at=now_at(), content_warning="du sang", photos=["Un"]
    )
    page = wall()
    assert "du sang" in page
    assert "Aïe" not in page
    assert "<img" not in page


def test_an_open_wall_is_told_what_is_new(event, nia, wall, client):
    token = wall().partition("since=")[2].partition('"')[0]
    ask = f"/en/live/{event.slug}/wall/posts/?since="
    assert client.get(ask + token).status_code == 204
    post = writes(nia, "Bonsoir #NuitEtoiles", at=now_at())
    answer = client.get(ask + token)
    assert f'id="slip-{post.pk}"' in answer.content.decode()


def test_the_bots_own_posts_stay_off_the_wall(event, practice, wall):
    write_post(practice.account, text="C'est parti ! #NuitEtoiles", now=timezone.now())
    assert "parti" not in wall()


def test_moderators_see_everything_and_who_decided(event, nia, moderator, decide, client):
    post = writes(nia, "Une bêtise #NuitEtoiles", at=now_at())
    decide("hide", post)
    client.force_login(moderator)
    address = f"/en/live/{event.slug}/wall/moderate/"
    page = client.get(address).content.decode()
    assert faults_of(page) == []
    assert "Une bêtise" in page
    assert "hidden by tomas" in page
    token = page.partition("since=")[2].partition('"')[0]
    assert client.get(f"{address}?since={token}").status_code == 204


def test_moderating_costs_the_same_however_much_hangs(event, nia, moderator, client, count_queries):
    client.force_login(moderator)

    def visit():
        client.get(f"/en/live/{event.slug}/wall/moderate/")

    writes(nia, "Un #NuitEtoiles", at=now_at(9))
    visit()
    few = count_queries(visit)
    for number in range(6):
        writes(nia, f"Et {number} #NuitEtoiles", at=now_at(number))
    assert count_queries(visit) == few


def test_the_organiser_of_the_event_moderates_without_any_right(event, nia, client):
    event.organiser = nia
    event.save()
    client.force_login(nia)
    assert client.get(f"/en/live/{event.slug}/wall/moderate/").status_code == 200


def test_others_may_not_decide(event, nia, client):
    post = writes(nia, "Bonsoir #NuitEtoiles", at=now_at())
    address = f"/en/live/{event.slug}/wall/"
    assert client.post(f"{address}decide/", {"verdict": "hide", "post": post.pk}).status_code == 302
    client.force_login(nia)
    assert client.get(f"{address}moderate/").status_code == 403
    assert client.post(f"{address}decide/", {"verdict": "hide", "post": post.pk}).status_code == 403
    assert not WallDecision.objects.exists()


def test_what_has_no_place_on_the_wall_cannot_be_put_up(event, nia, decide):
    elsewhere = writes(nia, "Autre chose", at=now_at())
    decide("pin", elsewhere, status=404)
    decide("burn", elsewhere, status=404)
    decide("hide", status=404)


def test_hiding_takes_down_what_is_pinned(event, nia, wall, decide):
    post = writes(nia, "Vénus #NuitEtoiles", at=now_at(2))
    decide("pin", post)
    assert "Vénus" in wall()
    decide("hide", post)
    assert "Vénus" not in wall()
