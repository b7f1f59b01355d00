"""The step “tally”: counts a challenge again when its answers are no longer those it counted.

Which ones these are is read from an index; a challenge with many answers is counted less often, so
that counting stays a small part of the work however many there are.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max
from django.dispatch import receiver

from challenges.bank.tallying import Round, Row, tally_answers
from challenges.models import Figures, Launch, Submission
from community.models import Participant
from community.signals import merged, unmerged
from microblog.steps import Backlog

FIELDS = (
    "level",
    "level_number",
    "outcome",
    "findings",
    "post",
    "post__said_at",
    "post__language",
    "post__network",
)
"""As tallying.Row has them."""
BATCH = 20
CHUNK = 2000
A_SECOND = 50
"""So many answers make a challenge rest for a second after it was counted: 100 000 for half an
hour."""


def tally_challenges(now: datetime) -> int:
    """Count those again that are due; returns how many were."""
    return recount_challenges(list(_due(now))[:BATCH], now=now)


def backlog(now: datetime) -> Backlog:
    due = list(_due(now))
    oldest = Figures.objects.filter(challenge_key__in=due).order_by("counted_at")
    return Backlog(len(due), oldest.values_list("counted_at", flat=True).first())


def recount_challenges(keys: Iterable[UUID], *, now: datetime) -> int:
    """Count these from the start; returns how many."""
    prints = fingerprints()
    figures = [_count(key, prints.get(key, ""), now) for key in keys]
    Figures.objects.bulk_create(
        figures,
        update_conflicts=True,
        unique_fields=["challenge_key"],
        update_fields=["fingerprint", "answers", "data", "counted_at"],
    )
    return len(figures)


def fingerprints() -> dict[UUID, str]:
    """Of all challenges that were answered or launched: changes whenever their figures may."""
    answers = Submission.objects.order_by().values("challenge_key")
    counted = answers.annotate(Count("pk"), Max("judged_at"))
    rounds = Launch.objects.exclude(promised_at=None).order_by().values("challenge_key")
    launched = dict(rounds.annotate(Count("pk")).values_list("challenge_key", "pk__count"))
    found = {key: f"{launched.get(key, 0)} rounds" for key in launched}
    for key, number, latest in counted.values_list("challenge_key", "pk__count", "judged_at__max"):
        found[key] = f"{launched.get(key, 0)} rounds, {number} until {latest.isoformat()}"
    return found


def _due(now: datetime) -> Iterator[UUID]:
    """The one counted longest ago comes first."""
    known = {row.challenge_key: row for row in Figures.objects.defer("data").order_by("counted_at")}
    prints = fingerprints()
    yield from (key for key in prints if key not in known)
    for key, row in known.items():
        rest = timedelta(seconds=row.answers // A_SECOND)
        if row.fingerprint != prints.get(key, "") and row.counted_at + rest <= now:
            yield key


def _count(key: UUID, fingerprint: str, now: datetime) -> Figures:
    launches = Launch.objects.filter(challenge_key=key).exclude(promised_at=None)
    rounds = [Round(*one) for one in launches.order_by("due_at").values_list("round", "due_at")]
    data = tally_answers(_rows(key), rounds)
    return Figures(
        challenge_key=key,
        fingerprint=fingerprint,
        answers=Submission.objects.filter(challenge_key=key).count(),
        data=data,
        counted_at=now,
    )


def _rows(key: UUID) -> Iterator[Row]:
    """Read bit by bit: a challenge may have more answers than fit in memory at once."""
    answers = Submission.objects.filter(challenge_key=key).order_by("post__said_at", "pk")
    values = answers.values_list(*FIELDS, "account__link__participant", "account")
    for level, *rest, person, account in values.iterator(CHUNK):
        yield Row._make([str(level), *rest, person or -account])


@receiver(merged)
def count_them_as_one(person: Participant, into: Participant, **_kwargs: object) -> None:
    """Two people turned out to be one: whatever either answered is counted again."""
    _count_again(person, into)


@receiver(unmerged)
def count_them_apart(person: Participant, out_of: Participant, **_kwargs: object) -> None:
    _count_again(person, out_of)


def _count_again(*people: Participant) -> None:
    answered = Submission.objects.filter(account__link__participant__in=people)
    keys = set(answered.order_by().values_list("challenge_key", flat=True))
    Figures.objects.filter(challenge_key__in=keys).update(fingerprint="")
