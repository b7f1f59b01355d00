"""What readers find at each address: this MOOC's things, and nothing of the other one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import TutorialIndexPage, WelcomeKitPage
from cms.navigation import forget_frame
from microblog.models import TimelineSettings
from tests.cms.conftest import a_tutorial
from tests.community.live.events import an_event
from tests.moocs.building import another

pytestmark = pytest.mark.django_db
A, B = "a.example", "b.example"


def read(client, path: str, host: str) -> str:
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 200, path
    return answer.text


@pytest.fixture
def both(two):
    two.a.challenge("Houle")
    two.b.challenge("Marée")
    two.b.change(
        palette="forest", contact="quai@b.example", footer_line="Le port", languages=["fr"]
    )
    return two


@pytest.mark.parametrize("path", ["/fr/", "/fr/defis/", "/fr/search/?q=defi"])
def test_challenges_of_each_are_shown_there_alone(client, both, path):
    here, there = read(client, path, A), read(client, path, B)
    assert ">Houle<" in here and ">Marée<" not in here
    assert ">Marée<" in there and ">Houle<" not in there


def test_name_colours_foot_and_languages_are_each_ones_own(client, both):
    here, there = read(client, "/fr/style/", A), read(client, "/fr/style/", B)
    assert "Aube</span>" in here and "Baleine</span>" in there
    assert "/colours/2b5a35.css" in there and "/colours/" not in here
    assert "quai@b.example" in there and "Le port" in there and "quai@" not in here
    assert 'hreflang="en"' in here and 'hreflang="en"' not in there


def test_what_is_remembered_of_one_frame_is_forgotten_for_all(client, both):
    read(client, "/fr/style/", A), read(client, "/fr/style/", B)
    both.b.change(name="Bélouga")
    assert "Bélouga" in read(client, "/fr/style/", B)
    forget_frame()
    assert "Aube" in read(client, "/fr/style/", A)


def test_live_events_are_found_at_their_own_mooc_alone(client, both):
    event = an_event(
        starts=timezone.now() - timedelta(minutes=5), title="Nuit bleue", site=both.b.site
    )
    assert "Nuit bleue" in read(client, reverse("live:list"), B)
    assert "Nuit bleue" not in read(client, reverse("live:list"), A)
    assert b"Nuit bleue" not in client.get(reverse("live:calendar"), headers={"host": A}).content
    assert event.get_absolute_url().startswith("https://b.example/")
    TimelineSettings.objects.update_or_create(site=both.b.site, defaults={"is_open": False})
    for name in ("event", "event_calendar", "room", "room_posts", "wall", "wall_posts", "archive"):
        path = reverse(f"live:{name}", args=[event.slug])
        assert client.get(path, headers={"host": A}).status_code == 404, name


def test_one_cannot_share_a_challenge_from_another_address(client, both):
    page = both.b.challenge("Jusant")
    path = reverse("challenges:share", args=[page.pk])
    assert client.get(path, {"server": "mastodon.social"}, headers={"host": A}).status_code == 404
    assert "%23Baleine" in read(client, f"{path}?server=mastodon.social", B)


def test_what_one_does_on_a_page_is_done_at_its_own_address_alone(client, both, nia):
    home = both.a.site.root_page
    shelf = home.add_child(instance=TutorialIndexPage(title="Tutoriels", locale=home.locale))
    lesson = a_tutorial(shelf, "Citer")
    kit = home.add_child(instance=WelcomeKitPage(title="Kit", lead="Tout.", locale=home.locale))
    client.force_login(nia)
    clear, booklet = reverse("cms:clear", args=[lesson.pk]), reverse("cms:booklet", args=[kit.pk])
    for host, answers in ((B, {404}), (A, {200, 302, 422})):
        said = client.post(clear, {"is_clear": "yes"}, headers={"host": host})
        assert said.status_code in answers
    assert client.get(booklet, headers={"host": B}).status_code == 404
    reply = reverse("replies:reply", args=[lesson.pk])
    assert client.post(reply, {"text": "Oui"}, headers={"host": B}).status_code == 404


def test_a_page_costs_the_same_with_five(client, both, count_queries):
    def visit() -> None:
        read(client, "/fr/defis/", B)

    visit()
    of_two = count_queries(visit)
    for number in range(3):
        another(f"c{number}.example", f"Courant{number}")
    visit()
    assert count_queries(visit) == of_two
