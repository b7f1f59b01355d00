"""Moderators decide what stands under pages."""

from collections.abc import Iterable
from datetime import datetime

from cms.models import Comment
from cms.serving.shelf import forget_pages
from community.models import User

RIGHT = "cms.moderate_comment"
State = Comment.State


def decide(comments: Iterable[int], state: Comment.State, *, by: User, now: datetime) -> int:
    """Shows or hides these, at once for everybody; returns how many changed."""
    forget_pages()
    found = Comment.objects.filter(pk__in=list(comments)).exclude(state=state)
    return found.update(state=state, decided_by=by, decided_at=now)
