"""The page of the veille over a million items: how long each way to read takes, and how much it
asks of the database."""

import time
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from bench.load import WrongAnswer
from bench.measuring import Effort, Row
from bench.veille_rows import load
from curation.choosing import week_of

MANY, FEWER = 1_000_000, 50_000
MOST_QUERIES = 15
QUICK = 300  # milliseconds
ROUNDS = 5


def measure(effort: Effort) -> list[Row]:
    """The items are spread over three years; a tenth were found by somebody, one in two hundred was
    put forward."""
    many = effort.choose(MANY, FEWER)
    started = time.perf_counter()
    topics, person = load(many)
    loaded = many / (time.perf_counter() - started)
    week = week_of(timezone.now() - timedelta(days=60)).isoformat()
    ways = {
        "front": "",
        "front, all languages": "?language=all",
        "everything": "?only=all",
        "picks": "?only=picks",
        "axis": "?axis=with",
        "large topic": f"?topic={topics[0]}",
        "small topic": f"?topic={topics[-1]}",
        "topic in a language": f"?topic={topics[0]}&language=en",
        "week": f"?week={week}",
        "person": f"?person={person}",
        "most shared ever": "?shared=ever",
        "most shared this month": "?shared=month",
        "search, a common word": "?q=image",
        "search, two words": "?q=%C3%A9crire+r%C3%A9seau",
        "search, a rare word": "?q=rare777",
        "far back": "?only=all&before=1700000000000000.1",
    }
    rows = [Row(f"veille: loaded, {many} items", loaded, "items/s", "as many", loaded)]
    with override_settings(PAGE_CACHE_SECONDS=0):  # made anew for each reader
        for name, query in ways.items():
            rows += _way(f"veille: {name}", f"/fr/curation/{query}")
    return rows


def _way(name: str, path: str) -> Iterator[Row]:
    client = Client(SERVER_NAME="127.0.0.1")
    response = client.get(path)
    if response.status_code != 200:
        raise WrongAnswer(f"{path}: {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked = len(queries)  # later requests forget them
    spent = sorted(_milliseconds(client, path) for _round in range(ROUNDS))
    yield Row(name, spent[ROUNDS // 2], "ms", "quick", QUICK, True)
    yield Row(f"{name}: queries", asked, "queries", "limit", MOST_QUERIES, True)


def _milliseconds(client: Client, path: str) -> float:
    started = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - started) * 1000
