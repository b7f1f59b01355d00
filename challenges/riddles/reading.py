"""What was asked about riddles, put together for those who answer and for those who play."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from challenges.belonging import of_mooc
from challenges.catalogue import Challenge, all_challenges
from challenges.models import ChallengePage, PhotoRiddlePage, Question
from challenges.riddles.recognising import read_question
from challenges.riddles.secrets import secret_of
from challenges.rules import PostFacts, guesses, wording
from community.models import Consent
from microblog.gateways.base import Visibility
from microblog.models import Account
from microblog.networks import Network

MOST_WAITING = 60
MOST_ANSWERED = 12
MOST_KNOWN = 100
READABLE = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)


@dataclass(frozen=True, slots=True)
class Group:
    """Those who ask the same, the first of them first. `known`: how it was answered before."""

    questions: Sequence[Question]
    title: str = ""
    url: str = ""
    known: Question | None = None

    @property
    def first(self) -> Question:
        return self.questions[0]

    @property
    def words(self) -> str:
        return asked_words(self.first)

    @property
    def others(self) -> Sequence[Account]:
        """Who asked it besides the first."""
        return [question.post.author for question in self.questions[1:]]

    @property
    def is_said(self) -> bool:
        """Some of it went out: it can be changed, and not be undone."""
        promises = [question.promise for question in self.questions if question.promise]
        return any(promise.said_version or promise.attempts for promise in promises)


@dataclass(frozen=True, slots=True)
class Riddle:
    """A riddle with the questions that wait, and its answers for whoever answers them."""

    key: UUID
    title: str
    url: str
    secret: Sequence[str]
    groups: Sequence[Group]


@dataclass(frozen=True, slots=True)
class Known:
    """What players may know: a question as the page puts it, who asked it (None: nobody's name is
    told), and the answer."""

    words: str
    asked_by: Account | None
    question: Question


def asked_words(question: Question) -> str:
    """The sentences of its post that ask."""
    post = question.post
    facts = PostFacts(text=post.text, links=tuple(post.links))
    return read_question(wording.prose(facts)).words


def waiting_questions(site_id: int | None = None) -> Sequence[Riddle]:
    """What waits in one MOOC (None: in all), a riddle at a time, the longest waiting first;
    constant queries."""
    found = Question.objects.open().filter(of_mooc(site_id)).order_by("asked_at", "pk")
    rows = list(_with_posts(found)[:MOST_WAITING])
    known = _known_before(rows)
    challenges = {challenge.key: challenge for challenge in all_challenges()}
    riddles: dict[UUID, list[Group]] = defaultdict(list)
    for (key, asked_as), questions in _grouped(rows).items():
        riddles[key].append(Group(questions, known=known.get((key, asked_as))))
    return [_riddle(key, groups, challenges.get(key)) for key, groups in riddles.items()]


def answered_lately(site_id: int | None = None) -> Sequence[Group]:
    """What people answered, the latest first; it can be undone or changed."""
    found = Question.objects.answered().filter(of_mooc(site_id), is_repeat=False)
    latest = found.order_by("-answered_at", "pk")
    rows = list(_with_posts(latest).select_related("promise", "answered_by")[:MOST_ANSWERED])
    challenges = {challenge.key: challenge for challenge in all_challenges()}
    groups = []
    for (key, _asked_as), questions in _grouped(rows).items():
        title, url = _address(challenges.get(key))
        groups.append(Group(questions, title, url))
    return groups


def _with_posts(questions: QuerySet[Question]) -> QuerySet[Question]:
    return questions.select_related("post__author", "post__parent__author").prefetch_related(
        "post__media", "post__mentions__account"
    )


def _grouped(rows: Iterable[Question]) -> Mapping[tuple[UUID, str], list[Question]]:
    groups: dict[tuple[UUID, str], list[Question]] = defaultdict(list)
    for row in rows:
        groups[row.challenge_key, row.asked_as].append(row)
    return groups


def _known_before(rows: Sequence[Question]) -> Mapping[tuple[UUID, str], Question]:
    """How the same was answered before, latest word; where a riddle wants each click by hand."""
    before = Question.objects.answered().filter(
        challenge_key__in={row.challenge_key for row in rows},
        asked_as__in={row.asked_as for row in rows},
        is_repeat=False,
    )
    return {(one.challenge_key, one.asked_as): one for one in before.order_by("answered_at")}


def _riddle(key: UUID, groups: Sequence[Group], challenge: Challenge | None) -> Riddle:
    title, url = _address(challenge)
    return Riddle(key, title, url, secret_of(challenge)[0] if challenge else (), groups)


def _address(challenge: Challenge | None) -> tuple[str, str]:
    if challenge is None:
        return "", ""
    edition = challenge.edition(get_language() or "")
    return edition.title, edition.url


def known_so_far(page: ChallengePage, *, with_practice: bool) -> Sequence[Known]:
    """Each question once, in the order of the answers. Words of people who only count are told as
    an organiser put them, or not at all; and none that hold the answer before the reveal."""
    if not isinstance(page, PhotoRiddlePage):
        return []
    found = (
        Question.objects.answered()
        .filter(challenge_key=page.translation_key, post__visibility__in=READABLE)
        .select_related("post__author__link__participant")
        .order_by("answered_at", "pk")
    )
    if not with_practice:
        found = found.exclude(post__network=Network.PRACTICE)
    told = [one for one in map(_known, _grouped(found[:MOST_KNOWN]).values()) if one]
    if not told or page.is_revealed:
        return told
    secret = guesses.answers(page.secrets[0])
    return [one for one in told if not _gives_away(one, secret)]


def _known(group: Sequence[Question]) -> Known | None:
    """None where nobody's words may be shown."""
    put = next((one for one in group if one.told_as), None)
    shown = next((one for one in group if _shows(one)), None)
    if put:
        return Known(put.told_as, shown.post.author if shown else None, group[0])
    if shown:
        return Known(asked_words(shown), shown.post.author, group[0])
    return None


def _shows(question: Question) -> bool:
    link = getattr(question.post.author, "link", None)
    return link is not None and link.participant.consent == Consent.SHOW


def _gives_away(known: Known, secret: list[guesses.Answer]) -> bool:
    return guesses.gives_away(f"{known.words}\n{known.question.words}", secret)
