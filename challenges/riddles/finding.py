"""Who has found which riddle: from them nothing is veiled."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from challenges.levels import SOLVES_RIDDLE
from challenges.models import PhotoRiddlePage, Submission
from microblog.models import Post
from microblog.veiling import enter_finds
from rulebook import Outcome


def riddles_found_by(user: Any) -> Collection[UUID]:
    """With any of their accounts: an accepted answer that solves the riddle."""
    secret = PhotoRiddlePage.objects.filter(revealed_at=None).values("translation_key")
    answers = Submission.objects.accepted().filter(
        account__link__participant__user=user.pk, challenge_key__in=secret
    )
    rows = answers.order_by().values_list("challenge_key", "findings")
    return {key for key, findings in rows if any(map(_solves, findings))}


def _solves(finding: dict[str, Any]) -> bool:
    return bool(
        finding.get("rule") == SOLVES_RIDDLE and finding.get("outcome") == Outcome.ACCEPTED.value
    )


def lift_veils(key: UUID) -> int:
    """The answer is no secret any more."""
    return Post.objects.filter(veil=key).update(veil=None)


enter_finds(riddles_found_by)
