"""Replies under pages follow the wishes of whoever wrote them."""

from typing import Any

from django.dispatch import receiver

from challenges.catalogue import page_address
from cms.models import Comment
from community.models import Participant
from community.signals import forgotten, kept


@receiver(forgotten)
def forget_comments(person: Participant, **_kwargs: Any) -> None:
    Comment.objects.filter(post__author__link__participant=person).delete()


@receiver(kept)
def comments_of(person: Participant, **_kwargs: Any) -> dict[str, Any]:
    """The words are among the posts; here is where they stand. Being joined with somebody changes
    nothing: a comment is its account's."""
    rows = Comment.objects.filter(post__author__link__participant=person, post__deleted_at=None)
    return {
        "comments": [
            {
                "post": row.post.url or row.post.uri,
                "state": row.state,
                "page": page_address(row.talk.page) if row.talk.page else None,
            }
            for row in rows.select_related("post", "talk__page").order_by("pk")
        ]
    }
