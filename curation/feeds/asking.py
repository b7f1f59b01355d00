"""Ask many servers at once and hear them one by one: threads wait on the wire, nothing else; rows
stay with the caller. Few answers are held at any moment, however many are asked."""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice

from curation.faults import FetchFault
from curation.web import Answer, Client, fetch

WORKERS = 8
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
    """Answers in the order in which they come."""
    waiting = iter(questions)
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="feeds") as pool:
        under_way: set[Future[Heard]] = {
            pool.submit(ask, question, client) for question in islice(waiting, 2 * WORKERS)
        }
        while under_way:
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                under_way.update(pool.submit(ask, one, client) for one in islice(waiting, 1))
                yield future.result()


def ask(question: Question, client: Client | None = None) -> Heard:
    headers = {"accept": ACCEPT}
    if question.etag:
        headers["if-none-match"] = question.etag
    if question.last_modified:
        headers["if-modified-since"] = question.last_modified
    try:
        answer = fetch(
            question.url, headers=headers, most_bytes=MOST_BYTES, timeout=SECONDS, client=client
        )
    except FetchFault as fault:
        return question, fault
    return question, answer
