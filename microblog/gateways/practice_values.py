"""Rows of the practice timeline as any gateway tells them."""

from django.utils.html import strip_tags

from microblog.gateways.base import HeardAccount, HeardMedia, HeardPost, MediaKind, Visibility
from microblog.models import Account, Post


def heard_account(account: Account) -> HeardAccount:
    return HeardAccount(
        uri=account.uri,
        handle=account.handle,
        display_name=account.display_name,
        url=account.url,
        avatar_url=account.avatar.url if account.avatar else account.avatar_url,
        note=strip_tags(account.note),
        is_bot=account.is_bot,
        remote_id=account.uri,
    )


def heard_post(post: Post) -> HeardPost:
    """The row as any gateway tells it; its fingerprint is the row's own."""
    return HeardPost(
        uri=post.uri,
        remote_id=post.uri,
        author=heard_account(post.author),
        created_at=post.said_at,
        text=post.text,
        html=post.html,
        url=post.url,
        language=post.language,
        visibility=Visibility(post.visibility),
        content_warning=post.content_warning,
        is_sensitive=post.is_sensitive,
        edited_at=post.edited_at,
        parent_uri=post.parent_uri,
        parent_remote_id=post.parent_uri,
        hashtags=tuple(post.hashtags),
        mentions=tuple(heard_account(mention.account) for mention in post.mentions.all()),
        links=tuple(post.links),
        media=tuple(
            HeardMedia(
                kind=MediaKind(media.kind),
                url=media.url,
                alt_text=media.alt_text,
                width=media.width or 0,
                height=media.height or 0,
            )
            for media in post.media.all()
        ),
    )
