from microblog.models.accounts import Account, Follow
from microblog.models.connections import Connection, Cursor
from microblog.models.media import Media
from microblog.models.outbox import OutboxPost
from microblog.models.posts import Mention, Post, PostHashtag, Sighting
from microblog.models.reactions import Reaction
from microblog.models.timeline import Notification, Report, TimelineSettings

__all__ = [
    "Account",
    "Connection",
    "Cursor",
    "Follow",
    "Media",
    "Mention",
    "Notification",
    "OutboxPost",
    "Post",
    "PostHashtag",
    "Reaction",
    "Report",
    "Sighting",
    "TimelineSettings",
]
