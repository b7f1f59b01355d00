"""What a post hangs on: all posts above it, in one query for a whole batch."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

HIGHEST = 200  # steps up; a longer thread is read from there on
_ABOVE = """
WITH RECURSIVE above (post_id, id, height) AS (
    SELECT id, parent_id, 1 FROM microblog_post WHERE parent_id IS NOT NULL AND id IN ({ids})
    UNION ALL
    SELECT above.post_id, post.parent_id, above.height + 1
    FROM above JOIN microblog_post post ON post.id = above.id
    WHERE post.parent_id IS NOT NULL AND above.height < {highest}
)
SELECT above.post_id, post.id, post.author_id, post.text
FROM above JOIN microblog_post post ON post.id = above.id
ORDER BY above.post_id, above.height
"""


@dataclass(frozen=True, slots=True)
class Ancestor:
    post_id: int
    author_id: int
    text: str


def find_ancestors(post_ids: Collection[int]) -> dict[int, list[Ancestor]]:
    """The posts above each of these, the nearest first; posts that answer nobody are left out."""
    found: dict[int, list[Ancestor]] = defaultdict(list)
    if post_ids:
        # Whole numbers from our own rows: nothing that a stranger wrote gets into the statement.
        ids = ",".join(str(int(pk)) for pk in post_ids)
        with connection.cursor() as cursor:
            cursor.execute(_ABOVE.format(ids=ids, highest=HIGHEST))
            for post_id, ancestor_id, author_id, text in cursor.fetchall():
                found[post_id].append(Ancestor(ancestor_id, author_id, text))
    return dict(found)
