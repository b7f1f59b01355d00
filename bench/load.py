"""A small load: a few visitors on loopback who ask for one page again and again."""

import http.client
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

VISITORS = 4
MOST = 1_000  # requests of one visitor
LONGEST = 20  # seconds for one answer


class WrongAnswer(Exception):
    """The page answered something else than itself: its speed means nothing."""


def requests_per_second(
    port: int, path: str, *, headers: Mapping[str, str], lasting: float, fewest: int
) -> float:
    """For `lasting` seconds, between `fewest` and MOST requests of each visitor. Raises
    WrongAnswer."""
    with ThreadPoolExecutor(VISITORS) as pool:
        started = time.perf_counter()
        until = started + lasting
        visits = [pool.submit(_visit, port, path, headers, until, fewest) for _ in range(VISITORS)]
        answers = sum(visit.result() for visit in visits)
        return answers / (time.perf_counter() - started)


def _visit(port: int, path: str, headers: Mapping[str, str], until: float, fewest: int) -> int:
    """Returns how many answers came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    answers = 0
    try:
        while answers < MOST and (answers < fewest or time.perf_counter() < until):
            _ask(connection, path, headers)
            answers += 1
    finally:
        connection.close()
    return answers


def _ask(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> None:
    connection.request("GET", path, headers=dict(headers))
    response = connection.getresponse()
    response.read()
    if response.status != HTTPStatus.OK:
        raise WrongAnswer(f"{path}: {response.status}")
