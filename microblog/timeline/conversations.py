"""A thread around one post: what came before it, what answers it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from microblog.models import Account, Post
from microblog.timeline.streams import fetch_posts

MOST_ANSWERS = 60
"""Direct answers on one page, each with what hangs on it up to MOST_POSTS in all."""
MOST_ABOVE = 40
MOST_POSTS = 120
DEEPEST = 3
"""Further down, answers stand below each other instead of ever further to the right."""


@dataclass(slots=True)
class Branch:
    post: Post
    depth: int
    answers: list["Branch"] = field(default_factory=list)

    @property
    def is_far(self) -> bool:
        """Stands beside what it answers instead of under it: says so in words."""
        return self.depth == DEEPEST


@dataclass(frozen=True, slots=True)
class Conversation:
    """`above`: from the beginning down to the post.

    `more_after`: id of the last answer shown, where there are more.
    """

    above: Sequence[Post]
    post: Post
    answers: Sequence[Branch]
    more_after: int | None


def read_conversation(post: Post, *, reader: Account | None, after: int = 0) -> Conversation:
    """Ids of the whole thread are light; full posts are fetched for what is shown alone."""
    thread = post.thread_id
    rows = Post.objects.filter(root=thread) | Post.objects.filter(pk=thread)
    found = rows.readable_by(reader).values_list("pk", "parent_id", "deleted_at")
    family, children = _sort(sorted(found))
    first = [pk for pk in children[post.pk] if pk > after]
    shown = list(_walk(first[:MOST_ANSWERS], children))
    above = list(_climb(post.pk, family))[:MOST_ABOVE]
    posts = fetch_posts([post.pk, *above, *shown], reader=reader)
    more = first[MOST_ANSWERS - 1] if len(first) > MOST_ANSWERS else None
    answers = _grow(first[:MOST_ANSWERS], posts, children, depth=0)
    return Conversation([posts[pk] for pk in reversed(above)], posts[post.pk], answers, more)


def _sort(
    rows: Sequence[tuple[int, int | None, object]],
) -> tuple[dict[int, int | None], dict[int, list[int]]]:
    """Parents and children by id; a post taken back is shown only where it was answered."""
    answered = {parent for _pk, parent, _deleted in rows}
    children: dict[int, list[int]] = defaultdict(list)
    for pk, parent, deleted in rows:
        if parent is not None and (not deleted or pk in answered):
            children[parent].append(pk)
    return {pk: parent for pk, parent, _deleted in rows}, children


def _walk(first: Sequence[int], children: Mapping[int, list[int]]) -> Iterator[int]:
    """Answers before the answers to them, so that a cut leaves out the deepest."""
    level, room = list(first), MOST_POSTS
    while level and room:
        level = level[:room]
        yield from level
        room -= len(level)
        level = [child for pk in level for child in children.get(pk, ())]


def _climb(pk: int, family: Mapping[int, int | None]) -> Iterator[int]:
    seen = {pk}
    above = family.get(pk)
    while above is not None and above in family and above not in seen:
        seen.add(above)
        yield above
        above = family[above]


def _grow(
    level: Sequence[int],
    posts: Mapping[int, Post],
    children: Mapping[int, list[int]],
    *,
    depth: int,
) -> list[Branch]:
    """Below DEEPEST the branch of a grandchild follows its parent's on the same level."""
    branches = []
    for pk in level:
        if pk not in posts:
            continue
        branch = Branch(posts[pk], depth)
        below = _grow(children.get(pk, ()), posts, children, depth=min(depth + 1, DEEPEST))
        branches.append(branch)
        if depth < DEEPEST:
            branch.answers = below
        else:
            branches.extend(below)
    return branches
