"""What operators type."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection as database

from microblog.models import Connection, Post
from tests.fakes import faults
from tests.fakes.mastodon_server import MastodonServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server():
    with MastodonServer() as server:
        yield server


def run(*args: str, **options: object) -> str:
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_connect_says_who_will_speak_and_hides_the_token(server):
    out = run("connect", "mastodon", server.url, "--token", server.token)
    connection = Connection.objects.get()
    assert "@envol" in out
    assert connection.token.reveal() == server.token
    assert server.token not in out + repr(connection.token) + str(connection.token)
    raw = Connection.objects.values_list("token", flat=True)
    assert server.token not in repr(list(raw))


def test_the_token_is_not_readable_in_the_database(server):
    run("connect", "mastodon", server.url, "--token", server.token)
    with database.cursor() as cursor:
        cursor.execute("SELECT token FROM microblog_connection")
        assert server.token not in cursor.fetchone()[0]


def test_connecting_again_renews_the_token(server):
    run("connect", "mastodon", server.url, "--token", server.token)
    Connection.objects.update(failures=3, last_error="401")
    run("connect", "mastodon", server.url, "--token", server.token)
    connection = Connection.objects.get()
    assert (connection.failures, connection.last_error) == (0, "")


def test_a_wrong_token_is_refused_with_what_to_do(server):
    server.misbehave(faults.refuse(401), times=9)
    with pytest.raises(CommandError, match="Make a new one"):
        run("connect", "mastodon", server.url, "--token", "wrong")
    assert not Connection.objects.exists()


def test_a_private_address_is_refused_in_production(server, settings):
    settings.ALLOW_PRIVATE_ADDRESSES = False
    with pytest.raises(CommandError, match="Not connected"):
        run("connect", "mastodon", server.url, "--token", server.token)


def test_the_practice_timeline_is_connected_once():
    run("connect", "practice")
    run("connect", "practice")
    assert Connection.objects.get().account.handle == "envol"


def test_drain_reports_what_moved(server):
    run("connect", "mastodon", server.url, "--token", server.token)
    server.people["nia"].say("@envol bonjour")
    report = json.loads(run("drain", "--until-quiet", "--json"))
    assert report["moved"]["hear"] == 1
    assert report["moved"]["screen"] == 1
    assert Post.objects.count() == 1
    again = json.loads(run("drain", "--until-quiet", "--json"))
    assert sum(again["moved"].values()) == 0


def test_status_tells_trouble_from_calm(server):
    run("connect", "mastodon", server.url, "--token", server.token)
    calm = json.loads(run("status", "--json"))
    assert calm["connections"][0]["trouble"] is False
    assert {step["name"] for step in calm["steps"]} >= {"hear", "screen", "deliver"}
    Connection.objects.update(failures=2, last_error="503")
    with pytest.raises(SystemExit):
        run("status")
