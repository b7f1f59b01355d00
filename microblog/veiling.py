"""What others are still looking for is folded away: a post with a veil is shown for a click. A room
above marks posts (`Post.veil`) and knows who has found what."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from microblog.models import Post

Finds = Callable[[Any], Collection[UUID]]
"""What a user has found already: veils that hide nothing from them. One query."""

_finds: list[Finds] = []
_REMEMBERED = "_found_veils"


def enter_finds(finds: Finds) -> None:
    _finds.append(finds)


def is_veiled(post: Post, request: HttpRequest | None) -> bool:
    """Not from its author, nor from those who found it. Costs one query a request, and none where
    no post has a veil; a page without a request hides it."""
    if post.veil is None:
        return False
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return True
    return post.author.user_id != user.pk and post.veil not in _found_by(request)


def _found_by(request: HttpRequest) -> Collection[UUID]:
    """Remembered on the request, for a page may show many such posts."""
    found: Collection[UUID] | None = getattr(request, _REMEMBERED, None)
    if found is None:
        found = {key for finds in _finds for key in finds(request.user)}
        setattr(request, _REMEMBERED, found)
    return found
