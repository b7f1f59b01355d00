"""Posts that their authors took back."""

from datetime import datetime

from django.db import transaction

from microblog.doorbells import ring
from microblog.models import Media, Mention, Post, PostHashtag
from microblog.models.posts import PostQuerySet
from microblog.signals import taken_away


def forget_posts(posts: PostQuerySet, *, now: datetime) -> int:
    """Their authors took these posts back: remove their words here too. The rows stay, empty."""
    with transaction.atomic():
        ids = list(posts.alive().select_for_update().values_list("pk", flat=True))
        if not ids:
            return 0
        for media in Media.objects.filter(post__in=ids).exclude(file=""):
            media.file.delete(save=False)
        for model in (PostHashtag, Mention, Media):
            model._default_manager.filter(post__in=ids).delete()
        forgotten = Post.objects.filter(pk__in=ids).update(
            text="",
            html="",
            content_warning="",
            hashtags=[],
            links=[],
            quote_uri="",
            deleted_at=now,
            fingerprint="deleted",
        )
        taken_away.send(Post)
    ring("screen")
    return forgotten
