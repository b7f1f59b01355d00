"""What is asked of a feed: many at once, heard one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from curation.faults import FetchFault
from curation.web import Answer, Client, Get, fetch_all

MOST_BYTES = 5 * 1024 * 1024
SECONDS = 20.0
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one feed; `etag` and `last_modified` as it said them last."""

    number: int
    url: str
    etag: str = ""
    last_modified: str = ""


Heard = tuple[Question, Answer | FetchFault]


def ask_all(questions: Iterable[Question], *, client: Client | None = None) -> Iterator[Heard]:
    """Answers in the order in which they come; few are held at any moment, however many are
    asked."""
    return fetch_all(((question, _get(question)) for question in questions), client=client)


def _get(question: Question) -> Get:
    headers = {"accept": ACCEPT}
    if question.etag:
        headers["if-none-match"] = question.etag
    if question.last_modified:
        headers["if-modified-since"] = question.last_modified
    return Get(question.url, headers, MOST_BYTES, SECONDS)
