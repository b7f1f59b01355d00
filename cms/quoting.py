"""Posts on pages of the house: quoted from the rows at each visit, so that they are there as long
as their authors stand by them."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from wagtail.fields import StreamValue

from community.models import Consent
from microblog.models import Connection, Post
from microblog.networks import Network
from microblog.timeline.streams import OPEN

QUOTE = "post"
"""The name of the block in a page's body."""


def quotable_posts(uris: Iterable[str]) -> dict[str, Post]:
    """By uri: readable for everybody, and by people who agree to be shown. Three queries."""
    ours = Connection.objects.filter(account=OuterRef("author"))
    shown = Q(author__link__participant__consent=Consent.SHOW) | Q(Exists(ours))
    found = list(
        Post.objects.alive()
        .filter(shown, uri__in=set(uris), visibility__in=OPEN)
        .select_related("author", "parent__author")
    )
    prefetch_related_objects(found, "media")
    return {post.uri: post for post in found}


def quoted_in(body: StreamValue, *, with_practice: bool) -> dict[str, Post]:
    """All posts that the body of a page quotes. `with_practice`: whether the reader may read the
    practice timeline."""
    uris = [block.value["address"] for block in body if block.block_type == QUOTE]
    posts = quotable_posts(uris) if uris else {}
    return {
        uri: post
        for uri, post in posts.items()
        if with_practice or post.network != Network.PRACTICE
    }


def known_address(address: str) -> str:
    """The uri of the post that this is the page of, as far as we have heard of it; else as it
    is."""
    posts = Post.objects.alive().order_by()
    if posts.filter(uri=address).exists():
        return address
    return posts.filter(url=address).values_list("uri", flat=True).first() or address
