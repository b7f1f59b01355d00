"""The practice timeline's verbs, in one place for the rooms above."""

from microblog.timeline.identity import open_practice_account
from microblog.timeline.notices import count_unread, mark_read, notify_each
from microblog.timeline.photos import forget_unused_photos
from microblog.timeline.reacting import follow, report, toggle_boost, toggle_favourite, unfollow
from microblog.timeline.writing import delete_post, edit_post, write_post

__all__ = [
    "count_unread",
    "delete_post",
    "edit_post",
    "follow",
    "forget_unused_photos",
    "mark_read",
    "notify_each",
    "open_practice_account",
    "report",
    "toggle_boost",
    "toggle_favourite",
    "unfollow",
    "write_post",
]
