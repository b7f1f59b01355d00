"""The reviewers' doors: who may pass, and what their buttons do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.models import Decision, Screening, Submission
from tests.builders import a_connection, said
from tests.challenges.story import a_challenge, launched, level, reply, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def social(db):
    return a_connection(language="en")


@pytest.fixture
def page(social):
    return a_challenge(level("Look", ("person_decides", {"criterion": "kindness"})))


@pytest.fixture
def answer(page, social):
    reply(launched(page, social), "Voilà ma réponse", on=social)
    run("screen")
    return Submission.objects.get()


def test_strangers_and_newcomers_are_kept_out(client, nia, answer):
    assert client.get(reverse("review:waiting")).status_code == 302
    client.force_login(nia)
    assert client.get(reverse("review:waiting")).status_code == 403
    assert client.post(reverse("review:accept", args=[answer.pk])).status_code == 403
    assert Submission.objects.with_tutor().exists()


def test_a_tutor_reads_what_waits(client, tomas, answer):
    client.force_login(tomas)
    html = client.get(reverse("review:waiting")).content.decode()
    assert "Voilà ma réponse" in html
    assert "kindness" in html


def test_accepting_with_two_clicks_is_one_decision(client, tomas, answer):
    client.force_login(tomas)
    for _click in range(2):
        client.post(reverse("review:accept", args=[answer.pk]), {"note": "Bravo"})
    assert Submission.objects.accepted().count() == Decision.objects.count() == 1


def test_asking_needs_words(client, tomas, answer):
    client.force_login(tomas)
    client.post(reverse("review:ask", args=[answer.pk]), {"note": ""})
    assert Submission.objects.with_tutor().exists()
    client.post(reverse("review:ask", args=[answer.pk]), {"note": "Un merci ?"})
    assert Submission.objects.get().note == "Un merci ?"


def test_nothing_changes_by_looking(client, tomas, answer):
    client.force_login(tomas)
    for name in ("accept", "ask"):
        assert client.get(reverse(f"review:{name}", args=[answer.pk])).status_code == 405
    assert client.get(reverse("review:detach", args=[answer.post_id])).status_code == 405


def test_attaching_by_address_then_detaching(client, tomas, page, social, answer):
    post = said("Sans mot-dièse", on=social)
    client.force_login(tomas)
    data = {"address": post.url, "challenge": str(page.translation_key)}
    shown = client.post(reverse("review:attach"), data, follow=True).content.decode()
    assert "Sans mot-dièse" in shown
    client.post(reverse("review:detach", args=[post.pk]), {"note": "Une erreur"})
    assert Screening.objects.get(post=post).decision == Screening.Match.DETACHED
    log = client.get(reverse("review:decisions")).content.decode()
    assert "Une erreur" in log


def test_an_address_where_nothing_is_says_so(client, tomas, page, social):
    social.is_enabled = False
    social.save()
    client.force_login(tomas)
    data = {"address": "https://nowhere.example/1", "challenge": str(page.translation_key)}
    answer = client.post(reverse("review:attach"), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors["address"]


def test_the_page_costs_the_same_whatever_waits(client, tomas, page, social):
    launch = launched(page, social)
    client.force_login(tomas)
    costs = []
    for size in (1, 19):
        for number in range(size):
            post = f"Réponse {number}"
            reply(launch, post, on=social, by=f"rex{size}{number}", photos=["Une tasse"])
        run("screen")
        client.get(reverse("review:waiting"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("review:waiting"))
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 15
