import pytest
from django.urls import reverse

from microblog.gateways.base import Visibility
from microblog.models import Follow, Post, Reaction, Report
from microblog.timeline.writing import write_post


@pytest.fixture
def post(tomas_account, now) -> Post:
    return write_post(tomas_account, text="Bonjour", now=now)


@pytest.mark.parametrize("deed", ["favourite", "boost"])
def test_a_deed_returns_to_its_post(signed_in, nia, post, page_of, deed):
    answer = signed_in(nia).post(page_of(post, deed), {"next": "/fr/timeline/"})

    assert answer.url == f"/fr/timeline/#post-{post.pk}"
    assert Reaction.objects.get().kind == deed


def test_htmx_gets_the_row_of_actions(signed_in, nia, post, page_of):
    answer = signed_in(nia).post(page_of(post, "favourite"), headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert f'id="favourite-{post.pk}" aria-pressed="true"' in page
    assert f'id="boost-{post.pk}" aria-pressed="false"' in page


@pytest.mark.parametrize("deed", ["favourite", "boost"])
def test_looking_changes_nothing(signed_in, nia, post, page_of, deed):
    assert signed_in(nia).get(page_of(post, deed)).status_code == 405


def test_what_is_private_is_not_passed_on(signed_in, nia, tomas_account, page_of, now):
    secret = write_post(tomas_account, text="@nia psst", visibility=Visibility.DIRECT, now=now)
    browser = signed_in(nia)

    assert browser.post(page_of(secret, "boost")).status_code == 404
    assert browser.post(page_of(secret, "favourite")).status_code == 302


def test_following_and_no_more(signed_in, nia, tomas_account):
    browser = signed_in(nia)
    address = reverse("microblog:follow", args=["Tomas"])

    assert browser.post(address, {"wanted": "1"}).status_code == 302
    assert Follow.objects.get().followed == tomas_account
    browser.post(address, {"wanted": "0"})
    assert not Follow.objects.exists()


def test_strangers_come_back_to_the_page_they_left(client, post, page_of):
    answer = client.post(page_of(post, "favourite"), {"next": "/fr/timeline/"})

    assert answer.url.endswith("?next=/fr/timeline/")


def test_htmx_of_strangers_leaves_the_page(client, post, page_of):
    answer = client.post(page_of(post, "favourite"), headers={"HX-Request": "true"})

    assert "login" in answer.headers["HX-Redirect"]


def test_a_report_reaches_the_organisers(signed_in, nia, post, page_of, nia_account):
    browser = signed_in(nia)
    assert browser.get(page_of(post, "report")).status_code == 200
    assert browser.post(page_of(post, "report"), {"comment": "!"}).status_code == 422

    browser.post(page_of(post, "report"), {"reason": "unkind", "comment": "Ça blesse."})

    report = Report.objects.get()
    assert (report.post, report.account, report.reporter) == (post, post.author, nia_account)
    assert report.reason == "unkind"


def test_a_person_can_be_reported(signed_in, nia, tomas_account):
    address = reverse("microblog:report_account", args=["tomas"])

    assert signed_in(nia).post(address, {"reason": "spam"}).status_code == 302
    assert Report.objects.get().post is None
