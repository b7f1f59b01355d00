"""A small load: a few visitors on loopback who ask for one page again and again.

They speak HTTP over a bare socket: whatever they would spend on it, the server could not.
"""

import socket
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

VISITORS = 4
MOST = 4_000  # requests of one visitor
LONGEST = 20  # seconds for one answer
END = b"\r\n\r\n"


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
    said = {"Host": f"127.0.0.1:{port}", **headers}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    question = "\r\n".join(lines).encode() + END
    answers = 0
    with socket.create_connection(("127.0.0.1", port), LONGEST) as line:
        while answers < MOST and (answers < fewest or time.perf_counter() < until):
            line.sendall(question)
            _read_answer(line, path)
            answers += 1
    return answers


def _read_answer(line: socket.socket, path: str) -> None:
    """Down to the last byte that it announces."""
    heard = b""
    while END not in heard:
        heard += _hear(line, path)
    head, _end, body = heard.partition(END)
    status, _line, fields = head.partition(b"\r\n")
    if b" 200 " not in status:
        raise WrongAnswer(f"{path}: {status.decode()}")
    missing = _length(fields, path) - len(body)
    while missing > 0:
        missing -= len(_hear(line, path))


def _length(fields: bytes, path: str) -> int:
    for field in fields.split(b"\r\n"):
        name, _colon, value = field.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise WrongAnswer(f"{path}: an answer of unknown length")


def _hear(line: socket.socket, path: str) -> bytes:
    heard = line.recv(65_536)
    if not heard:
        raise WrongAnswer(f"{path}: the line was cut")
    return heard
