"""A tweetchat as people read it: by question, by person, and what each may still answer.

Rows first, without their words; then only those posts that a page shows. Constant queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from community.live.chat.writing import Door, answer_text, doors, servers_of
from community.models import ChatAnswer, ChatQuestion, Consent, LiveEvent, Participant
from microblog.models import Account, Post
from microblog.networks import Network

How = ChatAnswer.How
ANSWERS_SHOWN = 12
"""Of each question, on the page of them all; the page of one question shows every answer."""
PEOPLE_SHOWN = 30
MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Row:
    """An answer without its words. `person` is None for accounts that nobody stands behind any
    more."""

    pk: int
    question: int
    post: int
    author: int
    person: int | None
    consent: str | None
    how: str
    is_late: bool
    said_at: datetime

    @property
    def who(self) -> tuple[str, int]:
        return ("person", self.person) if self.person else ("account", self.author)

    @property
    def is_certain(self) -> bool:
        return self.how != How.LIKELY

    @property
    def is_shown(self) -> bool:
        return self.consent == Consent.SHOW


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that may be read."""

    row: Row
    post: Post
    number: int


@dataclass(slots=True)
class Part:
    """A question with what was said to it. `people` counts everybody, shown or not; `more`: answers
    that may be read and aren't on this page."""

    question: ChatQuestion
    text: str
    language: str
    tip: str
    rows: list[Row] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    also: list[Answer] = field(default_factory=list)
    mine: list[Row] = field(default_factory=list)
    doors: Sequence[Door] = ()

    @property
    def certain(self) -> list[Row]:
        return [row for row in self.rows if row.is_certain]

    @property
    def people(self) -> int:
        return len({row.who for row in self.certain})

    @property
    def unshown(self) -> int:
        return sum(not row.is_shown for row in self.certain)

    @property
    def readable(self) -> int:
        return sum(row.is_shown for row in self.rows)

    @property
    def more(self) -> int:
        return self.readable - len(self.answers) - len(self.also)

    @property
    def is_answered(self) -> bool:
        return any(row.is_certain for row in self.mine)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody and their answers, in the order of the questions."""

    account: Account
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Chat:
    """`parts`: the questions that were asked, in their order; `to_come` counts the others."""

    parts: Sequence[Part]
    to_come: int

    @property
    def people(self) -> int:
        return len({row.who for part in self.parts for row in part.certain})

    @property
    def answers(self) -> int:
        return sum(len(part.certain) for part in self.parts)

    @property
    def later(self) -> int:
        return sum(row.is_late for part in self.parts for row in part.certain)

    @property
    def open_to_me(self) -> list[Part]:
        return [part for part in self.parts if not part.is_answered]


def read_chat(
    event: LiveEvent, *, me: Participant | None, language: str, with_practice: bool
) -> Chat:
    """The questions and the rows of their answers; no posts yet."""
    questions = list(event.questions.filter(skipped_at=None).order_by("number"))
    asked = [one for one in questions if one.asked_at]
    servers = servers_of(me)
    parts = {}
    for one in asked:
        text, spoken = one.said_in(language)
        parts[one.pk] = Part(one, text, spoken, one.tip_in(language))
        parts[one.pk].doors = doors(answer_text(event, one.number), servers)
    for row in _rows(parts, with_practice=with_practice):
        parts[row.question].rows.append(row)
        if me and row.person == me.pk:
            parts[row.question].mine.append(row)
    return Chat(list(parts.values()), len(questions) - len(asked))


def _rows(questions: Iterable[int], *, with_practice: bool) -> list[Row]:
    found = ChatAnswer.objects.counted().filter(question__in=list(questions))
    if not with_practice:
        found = found.exclude(post__network=Network.PRACTICE)
    return [
        Row(*values)
        for values in found.order_by("post__said_at", "post_id").values_list(
            "pk",
            "question_id",
            "post_id",
            "post__author_id",
            "post__author__link__participant_id",
            "post__author__link__participant__consent",
            "how",
            "is_late",
            "post__said_at",
        )
    ]


def fill_by_question(chat: Chat, *, most: int = ANSWERS_SHOWN) -> None:
    """Read the posts that each part shows: answers first, then what was also said."""
    wanted = {
        part.question.pk: (
            [row for row in part.rows if row.is_shown and row.is_certain][:most],
            [row for row in part.rows if row.is_shown and not row.is_certain][:most],
        )
        for part in chat.parts
    }
    posts = _posts(row for pair in wanted.values() for rows in pair for row in rows)
    for part in chat.parts:
        sure, likely = wanted[part.question.pk]
        part.answers = _answers(sure, posts, part)
        part.also = _answers(likely, posts, part)


def pages_of(chat: Chat, *, most: int) -> list[list[Part]]:
    """Questions together on a page, in their order, as long as no more than `most` answers are
    shown; one question at least."""
    pages: list[list[Part]] = []
    shown = 0
    for part in chat.parts:
        size = min(part.readable, most)
        if not pages or shown + size > most:
            pages.append([])
            shown = 0
        pages[-1].append(part)
        shown += size
    return pages


def by_person(chat: Chat, page: int) -> tuple[list[Speaker], bool]:
    """A page of people (from 1), in the order in which they joined in, and whether more follow."""
    said: dict[object, list[tuple[Row, int]]] = {}
    for part in chat.parts:
        for row in part.certain:
            if row.is_shown:
                said.setdefault(row.who, []).append((row, part.question.number))
    joined = sorted(said.values(), key=lambda rows: min((row.said_at, row.pk) for row, _n in rows))
    start = (max(page, 1) - 1) * PEOPLE_SHOWN
    shown = joined[start : start + PEOPLE_SHOWN]
    posts = _posts(row for rows in shown for row, _number in rows)
    speakers = []
    for rows in shown:
        answers = [Answer(row, posts[row.post], n) for row, n in rows if row.post in posts]
        if answers:
            speakers.append(Speaker(answers[0].post.author, answers))
    return speakers, len(joined) > start + PEOPLE_SHOWN


def _posts(rows: Iterable[Row]) -> dict[int, Post]:
    ids = [row.post for row in rows]
    return Post.objects.alive().with_faces().in_bulk(ids) if ids else {}


def _answers(rows: Iterable[Row], posts: Mapping[int, Post], part: Part) -> list[Answer]:
    number = part.question.number
    return [Answer(row, posts[row.post], number) for row in rows if row.post in posts]
