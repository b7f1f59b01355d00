"""A cache that is away: pages are made each time, and everybody may go on."""

import logging

import pytest
from django.core.cache import cache
from django.test import override_settings

from tests.services.servers import free_port


@pytest.fixture
def away(settings):
    """All processes' cache is on a server that doesn't run."""
    address = f"redis://127.0.0.1:{free_port()}/1"
    far = {"BACKEND": "config.caching.DispensableRedis", "LOCATION": address}
    with override_settings(CACHES={**settings.CACHES, "default": far}):
        yield


def test_nothing_is_known_and_nothing_kept(away, caplog):
    with caplog.at_level(logging.WARNING, logger="config.caching"):
        cache.set("a", 1)
        cache.set_many({"a": 1})
        assert (cache.get("a"), cache.get("a", 2), cache.get_many(["a"])) == (None, 2, {})
        assert not any((cache.add("a", 1), cache.touch("a"), cache.has_key("a")))
        assert cache.delete("a") is False
        cache.delete_many(["a"])
        with pytest.raises(ValueError, match="not found"):
            cache.incr("a")
        assert cache.get_or_set("a", lambda: 3) == 3
    assert len(caplog.messages) == 1, "said once, not at each question"


def test_pages_are_there_all_the_same(away, client, nia):
    assert client.get("/fr/embark/").status_code == 200
    client.force_login(nia)
    assert client.get("/fr/logbook/").status_code == 200


def test_what_is_counted_by_the_hour_is_let_through(away, client, db):
    asked = {"email": "ada@mail.example", "language": "fr"}
    assert client.post("/fr/digest/subscribe/", asked).url == "/fr/digest/asked/"
