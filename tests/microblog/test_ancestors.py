"""All that a post hangs on, in one query."""

import pytest

from microblog.ancestors import HIGHEST, find_ancestors
from microblog.models import Post
from tests.builders import NOON

pytestmark = pytest.mark.django_db


def a_chain(account, length: int, *, name: str = "a") -> list[Post]:
    posts: list[Post] = []
    for number in range(length):
        above = posts[-1] if posts else None
        post = Post(
            network="mastodon",
            uri=f"{name}/{number}",
            author=account,
            text=str(number),
            said_at=NOON,
            parent=above,
            root=posts[0] if posts else None,
        )
        post.save()
        posts.append(post)
    return posts


def test_the_nearest_comes_first(rex_account):
    chain = a_chain(rex_account, 4)
    found = find_ancestors([chain[3].pk, chain[1].pk, chain[0].pk])
    assert [ancestor.text for ancestor in found[chain[3].pk]] == ["2", "1", "0"]
    assert [ancestor.post_id for ancestor in found[chain[1].pk]] == [chain[0].pk]
    assert chain[0].pk not in found


def test_any_number_of_posts_costs_one_query(rex_account, django_assert_num_queries):
    posts = [post for name in "abcdef" for post in a_chain(rex_account, 5, name=name)]
    with django_assert_num_queries(1):
        find_ancestors([post.pk for post in posts])
    with django_assert_num_queries(0):
        assert find_ancestors([]) == {}


def test_a_circle_ends(rex_account):
    one, two = a_chain(rex_account, 2)
    Post.objects.filter(pk=one.pk).update(parent=two)
    assert len(find_ancestors([one.pk])[one.pk]) == HIGHEST
