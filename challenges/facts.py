"""From rows to facts: all that is known about a batch of posts, in one query."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from challenges.rules import MediaFacts, MentionFacts, PostFacts
from microblog.ancestors import Ancestor, find_ancestors
from microblog.models import Post


@dataclass(frozen=True, slots=True)
class Reading:
    """One post with what it hangs on.

    above: the ids of the posts above it, nearest first, and of the oldest known one;
    speaks_to_us: it mentions an account of ours.
    """

    facts: PostFacts
    above: tuple[int, ...] = ()
    speaks_to_us: bool = False


def read_posts(posts: Sequence[Post], *, ours: Collection[int]) -> dict[int, Reading]:
    """By post id. Posts come with `mentions__account` and `media`; `ours` are our own accounts."""
    ancestors = find_ancestors([post.pk for post in posts if post.parent_id])
    return {post.pk: _read(post, ancestors.get(post.pk, []), ours) for post in posts}


def _read(post: Post, ancestors: list[Ancestor], ours: Collection[int]) -> Reading:
    mentions = post.mentions.all()
    above = [ancestor.post_id for ancestor in ancestors]
    if post.root_id and post.root_id not in above:
        above.append(post.root_id)
    facts = PostFacts(
        text=normalize("NFC", post.text),
        hashtags=tuple(post.hashtags),
        mentions=tuple(
            MentionFacts(mention.account.handle, is_ours=mention.account_id in ours)
            for mention in mentions
            if mention.account_id != post.author_id
        ),
        links=tuple(post.links),
        media=tuple(MediaFacts(item.kind, item.alt_text) for item in post.media.all()),
        content_warning=post.content_warning,
        language=post.language,
        is_reply=bool(post.parent_id or post.parent_uri),
        parent_is_ours=bool(ancestors) and ancestors[0].author_id in ours,
        quote_uri=post.quote_uri,
        thread=_thread(post, ancestors),
    )
    return Reading(facts, tuple(above), any(mention.account_id in ours for mention in mentions))


def _thread(post: Post, ancestors: list[Ancestor]) -> tuple[str, ...]:
    """What the author said to themself up to this post, first to last."""
    texts = [normalize("NFC", post.text)]
    for ancestor in ancestors:
        if ancestor.author_id != post.author_id:
            break
        texts.append(normalize("NFC", ancestor.text))
    return tuple(reversed(texts))
