"""What this room tells about helps: what an answer still misses, and that a tip was applied."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from challenges.models import Screening, Submission
from community.models import Help, Participant
from community.tutoring.spotting import confirm, enter_work_source
from microblog.models import Post
from rulebook import Outcome

GESTURES: Mapping[str, str] = {
    "hashtags": "hashtag",
    "mention": "mention",
    "photo": "photo",
    "photos_described": "description",
    "link": "link",
    "quotation_with_source": "link",
    "thread": "thread",
    "content_warning": "warning",
}
"""Rules that ask for something one does, and what it is called in community.helping."""


def missing_gestures(posts: Collection[int]) -> dict[int, frozenset[str]]:
    """The posts that count for a challenge, each with what its answers still miss. Two queries."""
    matched = Screening.objects.filter(post__in=posts, decision=Screening.Match.MATCHED)
    found: dict[int, set[str]] = {post: set() for post in matched.values_list("post", flat=True)}
    if not found:
        return {}
    waiting = Submission.objects.filter(post__in=found, outcome=Outcome.NOT_YET.value)
    for answer in waiting.only("post", "findings"):
        found[answer.post_id] |= {
            GESTURES[finding.rule] for finding in answer.verdict.missing if finding.rule in GESTURES
        }
    return {post: frozenset(missing) for post, missing in found.items()}


enter_work_source(missing_gestures)


def thank_by_progress(
    rows: Sequence[Submission], people: Mapping[int, Participant], *, now: datetime
) -> int:
    """Answers that were accepted after one that wasn't yet, with a help in between: the tip was
    applied. What a person accepted says nothing about that. Three queries at most."""
    rows = [row for row in rows if row.decided_by_id is None]
    helped = {people[row.account_id].pk for row in rows}
    waiting = Help.objects.to_confirm().filter(helped__in=helped, reply__deleted_at=None)
    helps = list(waiting.select_related("reply"))
    if not helps:
        return 0
    before = _not_yet({deed.reply.parent_id for deed in helps if deed.reply.parent_id})
    applied = [
        deed
        for deed in helps
        if any(
            people[row.account_id].pk == deed.helped_id and _came_after(row, deed.reply, before)
            for row in rows
        )
    ]
    return confirm(applied, Help.Confirmation.APPLIED, now=now)


def _not_yet(posts: Collection[int]) -> set[tuple[int, object, object]]:
    """(post, challenge, level) of what was answered and not accepted."""
    rows = Submission.objects.filter(post__in=posts, outcome=Outcome.NOT_YET.value)
    return set(rows.values_list("post_id", "challenge_key", "level"))


def _came_after(
    row: Submission, reply: Post, before: Collection[tuple[int, object, object]]
) -> bool:
    """By an edit of the post that was answered, or by a later post for the same level."""
    if row.post_id == reply.parent_id:
        return row.post.edited_at is not None and row.post.edited_at > reply.said_at
    is_again = (reply.parent_id, row.challenge_key, row.level) in before
    return is_again and row.post.said_at > reply.said_at
