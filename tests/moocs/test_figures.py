"""Each MOOC counts what is said in it; the installation counts everything once."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Site

from cms.dashboard import read_pulses
from community.embarking import embark
from community.figures.drawing import draw
from community.models import FiguresMark
from community.moocs import mooc_of
from curation.digest.sections import Week
from curation.digest.telling import figures_of
from microblog.models import Post
from tests.community.figures.building import a_person, behind, count_all, say, total
from tests.curation.digest.building import FRIDAY

pytestmark = pytest.mark.django_db
A, B = "a.example", "b.example"


@pytest.fixture
def talk(two):
    """Five people speak in Aube, six in Baleine, one of them in both at once."""
    now = timezone.now() - timedelta(minutes=5)
    for number in range(5):
        say(a_person(f"a{number}"), at=now, hashtags=["aube"])
    for number in range(5):
        say(a_person(f"b{number}"), at=now, hashtags=["baleine"])
    ada = a_person("ada")
    say(ada, to=say(a_person("bo"), at=now), at=now, hashtags=["aube", "baleine"])
    count_all(now)
    return two


def figures(client, host: str) -> dict:
    return client.get(reverse("figures:json"), headers={"host": host}).json()["whole"]


def test_what_is_said_without_any_sign_is_its_connections(talk, client):
    assert (figures(client, A)["posts"], figures(client, A)["people"]) == (7, 7)
    assert (figures(client, B)["posts"], figures(client, B)["people"]) == (6, 6)


def test_the_installation_counts_everything_once(talk):
    assert total("posts", site=0) == 12
    [posts, *_others] = read_pulses(timezone.now())
    assert posts.week == 12


def test_people_aboard_are_those_of_each(talk, client):
    for post in Post.objects.filter(author__handle__startswith="b"):
        embark(behind(post.author), now=timezone.now(), mooc=mooc_of(talk.b.site.pk))
    cache.clear()
    assert figures(client, B)["aboard"] == 5
    assert figures(client, A)["aboard"] in (None, 0), "bo came aboard the other one"


def test_each_has_its_own_drawing_and_newcomers(talk, client, tomas):
    draw(timezone.now())
    client.force_login(tomas)
    pages = {
        host: client.get(reverse("figures:figures"), headers={"host": host}) for host in (A, B)
    }
    alone = {host: {one.name for one in page.context["alone"]} for host, page in pages.items()}
    assert "A1" in alone[A] and "B1" not in alone[A]
    assert "B1" in alone[B] and "A1" not in alone[B]


def test_challenges_of_another_one_are_not_among_its_own(talk, client):
    talk.a.challenge("Houle"), talk.b.challenge("Marée")
    with override("fr"):
        path = reverse("figures:figures")
    assert "Marée" in client.get(path, headers={"host": B}).text
    assert "Marée" not in client.get(path, headers={"host": A}).text


def test_the_letter_tells_the_week_of_its_own_mooc(two):
    for number in range(6):
        say(a_person(f"b{number}"), at=FRIDAY - timedelta(days=1), hashtags=["baleine"])
    count_all()
    week = {"language": "fr", "since": FRIDAY - timedelta(days=7), "until": FRIDAY}
    with override("fr"):
        assert not list(figures_of(Week(site=two.a.site, **week)))
        [told] = figures_of(Week(site=two.b.site, **week))
    assert "6" in told.text


def test_another_mooc_and_another_hashtag_count_anew_in_the_background(talk, client):
    talk.b.change(hashtags="Autre")
    count_all()
    cache.clear()
    assert figures(client, B)["posts"] == 0
    assert figures(client, A)["posts"] == 12, "what bears no sign is the first one's"
    Site.objects.filter(pk=talk.b.site.pk).delete()
    count_all()
    cache.clear()
    assert figures(client, A)["posts"] == 12
    assert total("posts") == 12, "of one MOOC nothing is counted twice"
    assert FiguresMark.objects.get().moocs == ""
