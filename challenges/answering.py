"""Writes answers: which levels the posts of a batch pass, wait for, or come nearest to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from challenges.judging import Judgement, judge_levels
from challenges.matching import Match, Screened
from challenges.models import Screening, Submission
from community.models import Participant
from community.people import accounts_of
from rulebook import Outcome

JUDGED = (
    "account",
    "challenge",
    "level_number",
    "outcome",
    "findings",
    "note",
    "judged_at",
    "accepted_at",
    "decided_by",
)
Passed = dict[tuple[int, UUID], set[UUID]]
"""Participant and challenge → the levels that they have passed with any of their accounts."""


def judge_answers(
    screened: list[Screened], people: Mapping[int, Participant], *, now: datetime
) -> None:
    """Write, change and remove the answers that these posts are; what was accepted stays so.

    `people`: the participants behind the authors of all posts that count.
    """
    present = _present_answers(screened)
    keys = {one.ruling.challenge.key for one in screened if one.counts and one.ruling.challenge}
    passed = passed_levels(people, keys)
    written: list[Submission] = []
    for one in sorted(screened, key=lambda one: (one.post.said_at, one.post.pk)):
        if one.counts:
            written += _judge(one, present[one.post.pk], passed, people, now)
    Submission.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["challenge_key", "level", "post"],
        update_fields=JUDGED,
    )
    _remove_stale(screened, present, written)
    praised = {row.post_id for row in written if row.outcome == Outcome.ACCEPTED.value}
    # Good news is told even where the words are the same: a thread may be complete only now.
    Screening.objects.filter(post__in=praised).update(told_fingerprint="")


def _present_answers(screened: list[Screened]) -> dict[int, list[Submission]]:
    present: dict[int, list[Submission]] = defaultdict(list)
    for row in Submission.objects.filter(post__in=[one.post.pk for one in screened]):
        present[row.post_id].append(row)
    return present


def passed_levels(people: Mapping[int, Participant], keys: Collection[UUID]) -> Passed:
    """Of these challenges, by these people (by any of their account ids)."""
    owners = accounts_of(people.values())
    rows = Submission.objects.accepted().filter(account__in=owners, challenge_key__in=keys)
    passed: Passed = defaultdict(set)
    for account, key, level in rows.order_by().values_list("account", "challenge_key", "level"):
        passed[owners[account], key].add(level)
    return passed


def _judge(
    one: Screened,
    present: list[Submission],
    passed: Passed,
    people: Mapping[int, Participant],
    now: datetime,
) -> list[Submission]:
    challenge = one.ruling.challenge
    if challenge is None:
        return []
    edition = challenge.edition(one.post.language)
    levels = passed[people[one.post.author_id].pk, challenge.key]
    settled = {row.level for row in present if _is_settled(row, one)}
    rows = [
        _row(one, judgement, now, challenge.key, edition.page_id)
        for judgement in judge_levels(one.reading.facts, edition.levels, passed=levels | settled)
    ]
    accepted = [row for row in rows if row.outcome == Outcome.ACCEPTED.value]
    levels |= {row.level for row in accepted}
    return accepted if one.is_remark else rows


def _is_settled(row: Submission, one: Screened) -> bool:
    """What a person said about these very words holds until they change."""
    return row.decided_by_id is not None and one.is_unchanged


def _row(one: Screened, judgement: Judgement, now: datetime, key: UUID, page_id: int) -> Submission:
    outcome = judgement.verdict.outcome
    return Submission(
        post=one.post,
        account_id=one.post.author_id,
        challenge_id=page_id,
        challenge_key=key,
        level=judgement.level.id,
        level_number=judgement.level.number,
        outcome=outcome.value,
        findings=judgement.verdict.to_json(),
        judged_at=now,
        accepted_at=now if outcome is Outcome.ACCEPTED else None,
    )


def _remove_stale(
    screened: Iterable[Screened], present: Mapping[int, list[Submission]], written: list[Submission]
) -> None:
    """Answers that these posts are no longer: to another level, or to none."""
    kept = {(row.post_id, row.challenge_key, row.level) for row in written}
    stale = [
        row.pk
        for one in screened
        for row in present.get(one.post.pk, ())
        if (row.post_id, row.challenge_key, row.level) not in kept and _is_over(row, one)
    ]
    if stale:
        Submission.objects.filter(pk__in=stale).delete()


def _is_over(row: Submission, one: Screened) -> bool:
    if one.ruling.match == Match.REFUSED:
        return True
    if row.outcome == Outcome.ACCEPTED.value:
        return False
    still_there = one.counts and row.challenge_key == one.ruling.challenge_key
    return not (still_there and _is_settled(row, one))
