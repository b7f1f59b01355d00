"""Faults on the wire, over real HTTP: each becomes the error that says what to do."""

from datetime import UTC, datetime, timedelta

import pytest

from microblog.gateways.addresses import AddressRefused
from microblog.gateways.base import (
    Draft,
    GatewayError,
    Gone,
    Limits,
    Never,
    NotBefore,
    TryAgain,
    Unauthorised,
)
from microblog.gateways.mastodon import MastodonGateway, open_gateway
from microblog.gateways.mastodon_http import LARGEST_ANSWER
from tests.fakes import faults
from tests.fakes.mastodon_server import MastodonServer

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
CALLS = {
    "verify": lambda gateway: gateway.verify(),
    "fetch_mentions": lambda gateway: gateway.fetch_mentions(""),
    "fetch_hashtag": lambda gateway: gateway.fetch_hashtag("défi", ""),
    "fetch_thread": lambda gateway: gateway.fetch_thread("1"),
    "fetch_post": lambda gateway: gateway.fetch_post("1"),
    "resolve": lambda gateway: gateway.resolve("https://s.example/@nia/1"),
    "fetch_own": lambda gateway: gateway.fetch_own(NOW),
    "publish": lambda gateway: gateway.publish(Draft(key="1", text="Bonjour")),
    "edit": lambda gateway: gateway.edit("1", Draft(key="1", text="Bonsoir")),
    "delete": lambda gateway: gateway.delete("1"),
}


@pytest.fixture
def server():
    with MastodonServer() as server:
        yield server


@pytest.fixture
def gateway(server):
    return MastodonGateway(
        server.url, server.token, allow_private=True, request_timeout=2, clock=lambda: NOW
    )


@pytest.fixture(params=CALLS)
def call(request):
    return CALLS[request.param]


@pytest.mark.parametrize(
    "fault",
    [
        faults.reset,
        faults.break_off,
        faults.unavailable(),
        faults.html_page(200),
        faults.html_page(502),
        faults.refuse(500, {"error": "Internal"}),
        faults.refuse(408),
        faults.deep_json,
        faults.redirect("https://elsewhere.example/"),
    ],
    ids=["reset", "break_off", "503", "html_200", "502", "500", "408", "deep_json", "redirect"],
)
def test_a_passing_fault_asks_to_try_again(server, gateway, call, fault):
    server.misbehave(fault, times=9)

    with pytest.raises(TryAgain):
        call(gateway)


def test_a_silent_server_is_not_waited_for(server, call):
    server.misbehave(faults.hang, times=9)
    gateway = open_gateway(server.url, server.token, allow_private=True, request_timeout=0.1)

    with pytest.raises(TryAgain):
        call(gateway)


def test_a_server_that_is_not_there(call):
    with MastodonServer() as server:
        address = server.url
    with pytest.raises(TryAgain):
        call(open_gateway(address, "token", allow_private=True))


def test_cut_off_json_asks_to_try_again(server, gateway):
    server.misbehave(faults.cut_off)

    with pytest.raises(TryAgain):
        gateway.fetch_mentions("")


@pytest.mark.parametrize("status", [429, 503])
def test_a_limit_names_the_moment_to_come_back(server, gateway, call, status):
    server.misbehave(faults.refuse(status, {"error": "later"}, {"Retry-After": "30"}), times=9)

    with pytest.raises(NotBefore) as refused:
        call(gateway)

    assert refused.value.when == NOW + timedelta(seconds=30)


@pytest.mark.parametrize(
    "refusal",
    [
        faults.refuse(401, {"error": "Unauthorized: token not supplied"}),
        faults.refuse(400, "Invalid Bearer token"),
        faults.refuse(422),
        faults.refuse(403, {"error": "Your login is currently disabled"}),
    ],
    ids=["401", "400 in plain text", "422 and empty", "403"],
)
def test_a_token_that_is_refused_needs_a_person(server, gateway, call, refusal):
    server.misbehave(refusal, times=9)

    with pytest.raises(Unauthorised):
        call(gateway)


@pytest.mark.parametrize("status", [400, 401, 403, 422])
def test_one_refused_thing_is_no_matter_of_the_token(server, gateway, status):
    server.misbehave(faults.refuse(status, {"error": "Not the author of this status"}), on="DELETE")

    with pytest.raises(Never, match="Not the author") as refused:
        gateway.delete("1")

    assert not isinstance(refused.value, Unauthorised | Gone)


def test_what_the_server_has_not_is_gone(gateway):
    for name in ("fetch_thread", "fetch_post", "edit", "resolve"):
        with pytest.raises(Gone):
            CALLS[name](gateway)


def test_a_404_of_everything_is_a_lost_server_and_no_deletion(server, gateway):
    server.misbehave(faults.html_page(404), times=9)

    for name in ("fetch_thread", "fetch_post", "fetch_mentions", "fetch_own"):
        with pytest.raises(TryAgain):
            CALLS[name](gateway)


def test_a_site_that_is_no_microblog_is_told_at_once(server, gateway):
    server.misbehave(faults.html_page(404))

    with pytest.raises(Never):
        gateway.verify()


def test_an_endless_answer_is_not_read_to_its_end(server, gateway):
    server.misbehave(faults.say("x" * (LARGEST_ANSWER + 1)))

    with pytest.raises(TryAgain):
        gateway.fetch_post("1")


@pytest.mark.parametrize("reset", ["soon", "", "99999999999999999999", "2026-13-45"])
def test_an_unreadable_rate_header_on_a_good_answer_does_no_harm(server, gateway, reset):
    server.misbehave(
        faults.with_headers({"X-RateLimit-Reset": reset, "X-RateLimit-Remaining": "many"})
    )

    assert gateway.publish(Draft(key="1", text="Bonjour")).text == "Bonjour"
    assert len(server.said_by_bot) == 1


@pytest.mark.parametrize("answer", [faults.unavailable(), faults.html_page(404), faults.say([])])
def test_limits_fall_back_on_the_usual_ones(server, gateway, answer):
    server.misbehave(answer, on="GET /api/v2/instance")
    server.misbehave(answer, on="GET /api/v1/instance")

    assert gateway.limits() == Limits()


def test_a_missing_instance_document_makes_no_storm_of_requests(server, gateway):
    server.misbehave(faults.unavailable(), on="GET /api/v2/instance", times=500)
    server.misbehave(faults.unavailable(), on="GET /api/v1/instance", times=500)

    gateway.fetch_hashtag("défi", "")
    gateway.fetch_mentions("")
    gateway.limits()

    assert len(server.asked("GET /api/v2/instance")) == 1
    assert len(server.requests) <= 5


def test_the_token_shows_nowhere(server, gateway):
    server.misbehave(faults.refuse(401, {"error": "no"}), times=9)
    with pytest.raises(GatewayError) as refused:
        gateway.fetch_mentions("")

    assert server.token not in f"{gateway!r} {gateway._client!r} {refused.value}"


def test_what_people_said_shows_in_no_error(server, gateway):
    server.people["nia"].say("@envol un secret", visibility="direct")
    server.misbehave(faults.cut_off)

    with pytest.raises(TryAgain) as refused:
        gateway.fetch_mentions("")

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1", "ftp://s.example", "https://u:p@s.example"]
)
def test_addresses_that_are_never_called(address):
    with pytest.raises(AddressRefused):
        open_gateway(address, "token")


def test_a_private_address_behind_https_is_refused_when_called():
    with pytest.raises(AddressRefused):
        open_gateway("https://127.0.0.1:1", "token").verify()


def test_a_user_agent_is_sent_and_no_path_ends_in_a_slash(server, gateway):
    gateway.limits()
    gateway.verify()

    assert all(request.headers["user-agent"] == "Envol" for request in server.requests)
    assert not any(request.path.endswith("/") for request in server.requests)


def test_a_token_that_names_a_file_is_not_read_from_it(server, tmp_path):
    file = tmp_path / "token"
    file.write_text(server.token)

    with pytest.raises(Unauthorised):
        open_gateway(server.url, str(file), allow_private=True).verify()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed_and_the_token_goes_nowhere_else(server, gateway, call, status):
    with MastodonServer() as elsewhere:
        server.misbehave(faults.redirect(f"{elsewhere.url}/api/v1/x", status), times=9)

        with pytest.raises(TryAgain):
            call(gateway)

        assert elsewhere.requests == []
