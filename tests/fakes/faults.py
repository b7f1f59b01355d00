"""Ways in which a server fails, to be given to `LocalServer.misbehave`."""

import json
from collections.abc import Mapping

from tests.fakes.wire import Answer, Exchange, Fault

_HTML = {"Content-Type": "text/html; charset=utf-8"}
_ERROR_PAGE = (
    b"<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Oops</h1></body></html>"
)


def refuse(status: int, error: object = None, headers: Mapping[str, str] | None = None) -> Fault:
    """An error in JSON, in plain text (`error` is a str), or with no body at all (None)."""
    if error is None or isinstance(error, str):
        answer = Answer(status, (error or "").encode(), {**_HTML, **(headers or {})})
    else:
        body = json.dumps(error).encode()
        answer = Answer(status, body, {"Content-Type": "application/json", **(headers or {})})
    return lambda exchange: exchange.send(answer)


def too_many(headers: Mapping[str, str] | None = None) -> Fault:
    return refuse(429, {"error": "rate limit reached"}, headers)


def unavailable() -> Fault:
    return html_page(503)


def html_page(status: int = 200) -> Fault:
    """An error page where JSON was expected, some of them with a good status."""
    return lambda exchange: exchange.send(Answer(status, _ERROR_PAGE, _HTML))


def redirect(to: str, status: int = 302) -> Fault:
    return lambda exchange: exchange.send(Answer(status, b"", {"Location": to}))


def with_headers(headers: Mapping[str, str]) -> Fault:
    """The good answer, with headers that nobody can read."""

    def fault(exchange: Exchange) -> None:
        answer = exchange.answer_well()
        exchange.send(Answer(answer.status, answer.body, {**answer.headers, **headers}))

    return fault


def hang(exchange: Exchange) -> None:
    """Says nothing until the client gives up."""
    exchange.wait_for_the_client_to_leave()


def reset(exchange: Exchange) -> None:
    """Resets the connection before any answer; what was asked is not done."""
    exchange.hang_up(with_reset=True)


def do_it_then_reset(exchange: Exchange) -> None:
    """Does what was asked (publishes!), then resets the connection: the client can't know."""
    exchange.answer_well()
    exchange.hang_up(with_reset=True)


def do_it_then_hang(exchange: Exchange) -> None:
    """Does what was asked, and never says so."""
    exchange.answer_well()
    exchange.wait_for_the_client_to_leave()


def cut_off(exchange: Exchange) -> None:
    """Half of the good answer, whole as far as HTTP knows: JSON that ends in mid-word."""
    answer = exchange.answer_well()
    exchange.send(
        Answer(answer.status, answer.body[: max(1, len(answer.body) // 2)], answer.headers)
    )


def break_off(exchange: Exchange) -> None:
    """Half of the good answer under the length of the whole, then the end of the connection."""
    answer = exchange.answer_well()
    half = Answer(answer.status, answer.body[: max(1, len(answer.body) // 2)], answer.headers)
    exchange.send(half, length=len(answer.body))
    exchange.hang_up(with_reset=False)


def deep_json(exchange: Exchange) -> None:
    """JSON nested deeper than a parser should follow."""
    exchange.send(Answer(200, b"[" * 100_000))


def say(body: object, status: int = 200) -> Fault:
    """Any JSON in place of the good answer (an empty object, a string, null)."""
    return lambda exchange: exchange.send(Answer(status, json.dumps(body).encode()))
