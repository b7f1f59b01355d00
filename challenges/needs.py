"""What tutors hear from the challenges: who tried a level twice, who asks about a riddle, and what
was found about a post."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.models import PhotoRiddlePage, Question, Screening, Submission
from community.models import NeedReason
from community.people import accounts_of
from community.tutoring.kinds import QUESTION, asks
from community.tutoring.needs import (
    Batch,
    FoundNeed,
    NeedKind,
    enter_need_kind,
    enter_need_source,
)
from community.tutoring.remarks import Remark, enter_remark_source
from microblog.models import Post
from rulebook import Outcome

NOT_YET, RIDDLE = "not_yet", "riddle"
TWICE = 2
SETTERS_TIME = timedelta(minutes=30)
"""How long whoever set a riddle has to answer before tutors see the question."""


def stuck(batch: Batch) -> Iterator[FoundNeed]:
    """Whoever answered one level twice, and it isn't there yet. Riddles are guessed at: that is
    their game. Five queries at most."""
    tried = _tried([post.pk for post in batch.posts])
    if not tried:
        return
    owners = accounts_of({person.pk: person for person in batch.people.values()}.values())
    before = _attempts(owners, tried.values())
    posts = {post.pk: post for post in batch.posts}
    for row in tried.values():
        passed, missed = before[owners[row.account_id], row.challenge_key, row.level]
        if not passed and len(missed) >= TWICE:
            title = row.challenge.title if row.challenge else ""
            yield FoundNeed(
                NOT_YET,
                posts[row.post_id],
                {
                    "challenge": title,
                    "level": row.level_number,
                    "rules": [finding.rule for finding in row.verdict.missing],
                },
            )


def _tried(posts: Sequence[int]) -> dict[int, Submission]:
    """By post: the level that it isn't there yet with, where it passed none."""
    rows = Submission.objects.filter(post__in=posts).select_related("challenge")
    riddles = set(
        PhotoRiddlePage.objects.filter(
            translation_key__in={row.challenge_key for row in rows}
        ).values_list("translation_key", flat=True)
        if rows
        else ()
    )
    passed = {row.post_id for row in rows if row.outcome == Outcome.ACCEPTED.value}
    return {
        row.post_id: row
        for row in rows
        if row.outcome == Outcome.NOT_YET.value
        and row.post_id not in passed
        and row.challenge_key not in riddles
    }


Attempts = Mapping[tuple[int, Any, Any], tuple[bool, set[int]]]
"""By person, challenge and level: whether it was passed, and the posts that weren't there yet."""


def _attempts(owners: Mapping[int, int], tried: Any) -> Attempts:
    found: dict[tuple[int, Any, Any], tuple[bool, set[int]]] = defaultdict(lambda: (False, set()))
    rows = Submission.objects.filter(
        account__in=owners, challenge_key__in={row.challenge_key for row in tried}
    )
    done = set(rows.accepted().values_list("post", flat=True))
    for account, key, level, outcome, post in rows.values_list(
        "account", "challenge_key", "level", "outcome", "post"
    ):
        place = (owners[account], key, level)
        passed, missed = found[place]
        if outcome == Outcome.ACCEPTED.value:
            found[place] = (True, missed)
        elif outcome == Outcome.NOT_YET.value and post not in done:
            missed.add(post)  # what passed one level wasn't meant for the next
    return found


def passed_since(reasons: Sequence[NeedReason]) -> set[int]:
    """Those whose level was passed after all, by any post. Two queries."""
    if not reasons:
        return set()
    stuck_at = {
        row.post_id: (row.challenge_key, row.level)
        for row in Submission.objects.filter(
            post__in=[reason.post_id for reason in reasons], outcome=Outcome.NOT_YET.value
        )
    }
    accepted = Submission.objects.accepted().filter(
        account__in={reason.post.author_id for reason in reasons},
        challenge_key__in={key for key, _level in stuck_at.values()},
    )
    passed = set(accepted.values_list("account", "challenge_key", "level"))
    return {
        reason.pk
        for reason in reasons
        if reason.post_id not in stuck_at
        or (reason.post.author_id, *stuck_at[reason.post_id]) in passed
    }


def riddle_questions(batch: Batch) -> Iterator[FoundNeed]:
    """Questions about a riddle that isn't told yet. Two queries at most."""
    asking = {post.pk: post for post in batch.posts if asks(post)}
    if not asking:
        return
    matched = Screening.objects.filter(post__in=asking, decision=Screening.Match.MATCHED)
    rows = list(matched.values_list("post", "challenge_key", "challenge__title"))
    riddles = PhotoRiddlePage.objects.filter(
        translation_key__in={key for _post, key, _title in rows}, revealed_at=None
    )
    keys = set(riddles.values_list("translation_key", flat=True)) if rows else set()
    for pk, key, title in rows:
        if key in keys:
            post = asking[pk]
            yield FoundNeed(
                RIDDLE, post, {"riddle": title or ""}, shows_at=post.said_at + SETTERS_TIME
            )


def told_since(reasons: Sequence[NeedReason]) -> set[int]:
    """Those that whoever set the riddle has answered or set aside. One query."""
    if not reasons:
        return set()
    told = Question.objects.exclude(state=Question.State.OPEN)
    told = told.filter(post__in=[reason.post_id for reason in reasons])
    posts = set(told.values_list("post", flat=True))
    return {reason.pk for reason in reasons if reason.post_id in posts}


def remarks(posts: Sequence[Post]) -> dict[int, Remark]:
    """What was found about each post as an answer: the best of it. One query."""
    rows = Submission.objects.filter(post__in=[post.pk for post in posts])
    rows = rows.select_related("challenge").order_by("level_number")
    found: dict[int, Remark] = {}
    for row in rows:
        if row.post_id not in found or row.outcome == Outcome.ACCEPTED.value:
            found[row.post_id] = _remark(row)
    return found


def _remark(row: Submission) -> Remark:
    verdict = row.verdict
    told = verdict.present if row.outcome == Outcome.ACCEPTED.value else verdict.missing
    return Remark(
        state=row.outcome,
        title=gettext("“%(challenge)s”, level %(level)s: %(outcome)s")
        % {
            "challenge": row.challenge.title if row.challenge else "",
            "level": row.level_number,
            "outcome": row.get_outcome_display(),
        },
        lines=[str(finding.explanation) for finding in told],
        rules=[finding.rule for finding in verdict.missing],
    )


enter_need_kind(
    NeedKind(
        NOT_YET,
        _("Not yet, twice"),
        lambda params: (
            gettext("Tried “%(challenge)s” twice, level %(level)s, and something is still missing.")
            % {"challenge": params.get("challenge", ""), "level": params.get("level", "")}
        ),
        of_person=True,
        settled=passed_since,
    )
)
enter_need_kind(
    NeedKind(
        RIDDLE,
        _("About a riddle"),
        lambda params: (
            gettext("They ask about the riddle “%(riddle)s”.")
            % {"riddle": params.get("riddle", "")}
        ),
        instead_of=(QUESTION,),
        topics=("riddles",),
        settled=told_since,
    )
)
enter_need_source(stuck)
enter_need_source(riddle_questions)
enter_remark_source(remarks)
