"""One way to sign in, who is really calling, and who may keep an answer."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.doors import CallersAddress, NobodyElsesToKeep

OTHER_LOGINS = ["/admin/login/", "/django-admin/login/", "/fr/_util/login/"]


@pytest.mark.parametrize("path", OTHER_LOGINS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_signs_in_at_the_one_door(client, nia, path, method):
    answer = getattr(client, method)(path, {"username": "nia", "password": "envol-envol"})
    assert answer.status_code == 302
    assert "/accounts/login/?next=" in answer["Location"]
    assert "_auth_user_id" not in client.session


def test_whoever_wants_into_the_admin_comes_back_to_it(client, db):
    answer = client.get("/admin/reports/", follow=True)
    assert answer.redirect_chain[-1][0].endswith("/accounts/login/?next=/admin/reports/")


@pytest.mark.parametrize("path", ["/admin/", "/django-admin/"])
def test_learners_are_told_and_not_led_in_circles(client, nia, path):
    client.force_login(nia)
    assert client.get(path, follow=True).status_code == 403


def test_the_admin_sends_no_password_mails_of_its_own(client, db):
    assert client.get("/admin/password_reset/", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("proxies", "forwarded", "caller"),
    [
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first one is a lie
        (2, "203.0.113.7, 192.0.2.4", "203.0.113.7"),
        (1, "2001:db8::1", "2001:db8::1"),
        (2, "203.0.113.7", "10.0.0.1"),
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "nobody", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_a_caller_is_known_by_what_our_own_servers_saw(settings, proxies, forwarded, caller):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    answer = CallersAddress(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))(request)
    assert answer.text == caller


@pytest.mark.parametrize(
    "path", ["/", "/fr/figures/", "/fr/embark/", "/fr/nowhere/", "/fr/propose/"]
)
def test_what_says_nothing_of_being_kept_is_its_readers_alone(client, db, path):
    """A page, a page that isn't there, a way to another one: no server in front may keep it."""
    assert client.get(path)["Cache-Control"] == "private"


def test_what_says_who_may_keep_it_is_left_alone():
    kept = HttpResponse(headers={"Cache-Control": "public, max-age=300"})
    answer = NobodyElsesToKeep(lambda _request: kept)(RequestFactory().get("/"))
    assert answer["Cache-Control"] == "public, max-age=300"
