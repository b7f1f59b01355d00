"""The answers on a challenge's page: public posts of people who agreed to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, RowNumber

from challenges.bank.rounds import Round
from challenges.levels import SOLVES_RIDDLE
from challenges.models import ChallengePage, PhotoRiddlePage, Screening, Submission
from community.models.people import Consent
from microblog.models import Account, Post
from microblog.models.posts import PostQuerySet
from microblog.networks import Network
from rulebook import Outcome

ANSWERS = 12
"""Answers on one page of the wall."""
TALK = 6
"""Of the posts that found nothing yet, so many are shown: a riddle is a conversation."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A post; `levels` are the numbers of those it passed; `spoils`: an answer stands in it that
    isn't revealed yet."""

    post: Post
    levels: Sequence[int]
    spoils: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """`talk` is oldest first; `older` and `newer` are numbers of pages of answers, 0 where there is
    none; `round`: the only one whose answers are read, 0 for all."""

    answers: Sequence[Answer]
    talk: Sequence[Answer]
    older: int
    newer: int
    round: int = 0

    @property
    def people(self) -> Sequence[Account]:
        """Who wrote these answers, each once."""
        return list({answer.post.author_id: answer.post.author for answer in self.answers}.values())

    @property
    def older_url(self) -> str:
        return self._url(self.older)

    @property
    def newer_url(self) -> str:
        return self._url(self.newer)

    def _url(self, page: int) -> str:
        within = f"round={self.round}&" if self.round else ""
        return f"?{within}page={page}#answers" if page else ""


def wall_of(
    page: ChallengePage,
    *,
    number: int,
    with_practice: bool,
    within: Round | None = None,
    is_found: bool = False,
) -> Wall:
    """Page `number` (from 1) of the answers. `with_practice`: whether this reader may read the
    practice timeline; `within`: the answers of this round alone; `is_found`: this reader needs no
    answer hidden any more."""
    is_riddle = isinstance(page, PhotoRiddlePage)
    shown = _said_in(_shown(page, with_practice=with_practice), within)
    accepted, talk = _parts(shown, page, number=number, talks=is_riddle and number <= 1)
    prefetch_related_objects([*accepted, *talk], "media", "submissions")
    hides = is_riddle and not page.is_revealed and not is_found
    return Wall(
        answers=[_answer(post, page, hides=hides) for post in accepted[:ANSWERS]],
        talk=[_answer(post, page, hides=hides) for post in talk],
        older=max(number, 1) + 1 if len(accepted) > ANSWERS else 0,
        newer=number - 1 if number > 1 else 0,
        round=within.number if within else 0,
    )


def _shown(page: ChallengePage, *, with_practice: bool) -> PostQuerySet:
    posts = Post.objects.public().alive()
    if not with_practice:
        posts = posts.exclude(network=Network.PRACTICE)
    return posts.filter(
        screening__challenge_key=page.translation_key,
        screening__decision=Screening.Match.MATCHED,
        author__link__participant__consent=Consent.SHOW,
    ).select_related("author", "parent__author")


def _said_in(posts: PostQuerySet, within: Round | None) -> PostQuerySet:
    if within and within.begins:
        posts = posts.filter(said_at__gte=within.begins)
    return posts.filter(said_at__lt=within.ends) if within and within.ends else posts


def _parts(
    shown: PostQuerySet, page: ChallengePage, *, number: int, talks: bool
) -> tuple[list[Post], list[Post]]:
    """In one query: a page of accepted answers and one more, the newest first; and the latest
    posts that found nothing yet, the oldest first."""
    start = (max(number, 1) - 1) * ANSWERS
    accepted = Submission.objects.accepted().filter(post=OuterRef("pk")).order_by("-accepted_at")
    here = accepted.filter(challenge_key=page.translation_key)
    when = Coalesce("accepted_at", "post__said_at")
    place = Window(
        RowNumber(),
        partition_by=ExpressionWrapper(Q(passed_at=None), output_field=BooleanField()),
        order_by=[Coalesce("passed_at", "said_at").desc(), "-pk"],
    )
    wanted = Q(passed_at__isnull=False, place__gt=start, place__lte=start + ANSWERS + 1)
    if talks:
        wanted |= Q(passed_at=None, place__lte=TALK)
    parts = shown.annotate(passed_at=Subquery(here.values(at=when)[:1])).filter(
        Q(passed_at__isnull=False) | ~Exists(accepted)
    )
    parted: tuple[list[Post], list[Post]] = ([], [])
    for post in parts.annotate(place=place).filter(wanted).order_by("place"):
        parted[post.passed_at is None].append(post)
    return parted[0], parted[1][::-1]


def _answer(post: Post, page: ChallengePage, *, hides: bool) -> Answer:
    mine = [row for row in post.submissions.all() if row.challenge_key == page.translation_key]
    passed = {row.level_number for row in mine if row.outcome == Outcome.ACCEPTED.value}
    tells = bool(passed) or post.veil is not None or _guessed(post)
    return Answer(post, sorted(passed), hides and tells)


def _guessed(post: Post) -> bool:
    """A right guess that something else is missing from."""
    return any(
        finding.rule == SOLVES_RIDDLE and finding.outcome is Outcome.ACCEPTED
        for row in post.submissions.all()
        for finding in row.verdict.findings
    )
