"""We never call our own neighbours, whatever a stranger's address says."""

import pytest

from microblog.gateways.addresses import (
    AddressRefused,
    check_peer,
    check_url,
    is_public,
    parse_address,
)
from microblog.gateways.base import TryAgain
from microblog.gateways.mastodon_http import CarefulSession
from tests.fakes.mastodon_server import MastodonServer


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_public_internet_may_be_called(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - refused, not bound
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "not an address",
        "",
    ],
)
def test_private_addresses_are_not_public(address):
    assert not is_public(address)
    with pytest.raises(AddressRefused):
        check_peer(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://social.example",
        "ftp://social.example",
        "file:///etc/passwd",
        "//social.example",
        "https://",
        "https://user:secret@social.example",
        "https://[::1",
        "https://social.example:port",
        "javascript:alert(1)",
        "",
    ],
)
def test_only_plain_https_addresses_are_taken(url):
    with pytest.raises(AddressRefused):
        parse_address(url)


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://[::1]:8443/x", "https://10.0.0.1", "https://localhost"]
)
def test_an_address_inside_is_refused_before_it_is_called(url):
    with pytest.raises(AddressRefused):
        check_url(url)


def test_a_developer_may_call_this_machine():
    check_url("http://127.0.0.1:3000", allow_private=True)


def test_a_name_that_is_not_found_may_be_found_later():
    with pytest.raises(TryAgain):
        check_url("https://nobody.invalid/")


def test_a_name_that_turns_private_is_hung_up_on_before_a_byte_is_sent():
    with MastodonServer() as server:
        session = CarefulSession(allow_private=False)
        pool = session.get_adapter("https://x.example").poolmanager.connection_from_url(server.url)

        with pytest.raises(AddressRefused):
            pool.urlopen("GET", "/api/v1/instance", retries=False)

        assert server.requests == []
