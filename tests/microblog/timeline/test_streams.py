from datetime import timedelta

import pytest

from microblog.gateways.base import Visibility
from microblog.models import Account, Post
from microblog.timeline.reacting import follow, toggle_boost, toggle_favourite
from microblog.timeline.streams import (
    Key,
    Timeline,
    hashtag_timeline,
    home_timeline,
    local_timeline,
    profile_timeline,
)
from microblog.timeline.writing import delete_post, write_post

MINUTE = timedelta(minutes=1)


def texts(timeline: Timeline) -> list[str]:
    return [post.text for post in timeline.page().posts]


def read_to_the_end(timeline: Timeline, size: int) -> list[str]:
    found, before = [], None
    for _page in range(50):
        page = timeline.page(before=before, size=size)
        found += [post.text for post in page.posts]
        before = page.older
        if before is None:
            return found
    raise AssertionError("it never ends")


def test_the_local_timeline_lists_what_is_public(nia_account, tomas_account, now):
    write_post(nia_account, text="1", now=now)
    write_post(tomas_account, text="2", now=now + MINUTE)
    write_post(nia_account, text="quiet", visibility=Visibility.UNLISTED, now=now)
    write_post(nia_account, text="secret", visibility=Visibility.DIRECT, now=now)
    gone = write_post(nia_account, text="gone", now=now)
    delete_post(gone, now=now)

    assert texts(local_timeline(None)) == texts(local_timeline(nia_account)) == ["2", "1"]


def test_the_bots_answers_stay_in_their_threads(nia_account, bot, now):
    riddle = write_post(bot, text="riddle", now=now)
    guess = write_post(nia_account, text="guess", in_reply_to=riddle, now=now + MINUTE)
    write_post(bot, text="answer", in_reply_to=guess, now=now + 2 * MINUTE)

    assert texts(local_timeline(None)) == ["guess", "riddle"]


def test_other_networks_have_their_own_timelines(rex_account, now):
    Post.objects.create(
        network="mastodon", author=rex_account, uri="x", text="far", said_at=now, fingerprint="f"
    )

    assert texts(local_timeline(None)) == []


def test_home_is_what_one_follows_and_oneself(nia_account, tomas_account, olga_account, bot, now):
    follow(nia_account, tomas_account, now=now)
    mine = write_post(nia_account, text="mine", now=now)
    write_post(tomas_account, text="followed", now=now + MINUTE)
    write_post(tomas_account, text="quiet", visibility=Visibility.UNLISTED, now=now + 2 * MINUTE)
    strange = write_post(olga_account, text="stranger", now=now)
    write_post(tomas_account, text="to a stranger", in_reply_to=strange, now=now)
    write_post(tomas_account, text="to me", in_reply_to=mine, now=now + 3 * MINUTE)
    write_post(bot, text="@nia direct", visibility=Visibility.DIRECT, now=now)

    assert texts(home_timeline(nia_account)) == ["to me", "quiet", "followed", "mine"]


def test_what_friends_pass_on_comes_home_with_their_name(
    nia_account, tomas_account, olga_account, now
):
    follow(nia_account, tomas_account, now=now)
    strange = write_post(olga_account, text="stranger", now=now)
    write_post(tomas_account, text="later", now=now + MINUTE)
    toggle_boost(tomas_account, strange, now=now + 2 * MINUTE)

    entries = home_timeline(nia_account).page().entries
    assert [(e.post.text, e.boosted_by) for e in entries] == [
        ("stranger", tomas_account),
        ("later", None),
    ]


def test_a_post_that_comes_twice_is_shown_once(nia_account, tomas_account, now):
    follow(nia_account, tomas_account, now=now)
    post = write_post(tomas_account, text="once", now=now)
    toggle_boost(tomas_account, post, now=now + MINUTE)

    assert texts(home_timeline(nia_account)) == ["once"]


def test_hashtags_match_exactly(nia_account, now):
    for text in ("#été", "#Été !", "#ete", "#étés"):
        write_post(nia_account, text=text, now=now)

    assert sorted(texts(hashtag_timeline(None, "été"))) == ["#Été !", "#été"]


def test_a_profile_shows_only_what_its_reader_may_read(nia_account, tomas_account, bot, now):
    write_post(bot, text="open", now=now)
    write_post(bot, text="@nia secret", visibility=Visibility.DIRECT, now=now + MINUTE)

    assert texts(profile_timeline(nia_account, bot)) == ["@nia secret", "open"]
    assert texts(profile_timeline(tomas_account, bot)) == ["open"]
    assert texts(profile_timeline(None, bot)) == ["open"]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_paging_loses_nothing_even_at_one_moment(
    nia_account, tomas_account, olga_account, now, size
):
    """Everything happens in the same microsecond: only the keys tell what comes next."""
    follow(nia_account, tomas_account, now=now)
    for number in range(5):
        write_post(tomas_account, text=f"own {number}", now=now)
        strange = write_post(olga_account, text=f"passed {number}", now=now)
        toggle_boost(tomas_account, strange, now=now)

    found = read_to_the_end(home_timeline(nia_account), size)
    assert found == [f"passed {n}" for n in range(4, -1, -1)] + [
        f"own {n}" for n in range(4, -1, -1)
    ]


def test_what_is_written_meanwhile_shifts_no_page(nia_account, now):
    for number in range(6):
        write_post(nia_account, text=str(number), now=now + number * MINUTE)
    first = local_timeline(None).page(size=3)
    write_post(nia_account, text="new", now=now + 60 * MINUTE)

    second = local_timeline(None).page(before=first.older, size=3)
    assert [post.text for post in second.posts] == ["2", "1", "0"]
    assert second.older is None


def test_news_are_what_others_wrote_since(nia_account, tomas_account, now):
    write_post(tomas_account, text="old", now=now)
    known = local_timeline(nia_account).page().newest
    write_post(tomas_account, text="new", now=now)
    write_post(nia_account, text="mine", now=now + MINUTE)

    timeline = local_timeline(nia_account)
    assert timeline.count_newer(known) == 1
    assert [post.text for post in timeline.newer(known).posts] == ["mine", "new"]


def test_posts_say_what_the_reader_did_with_them(nia_account, tomas_account, now):
    post = write_post(nia_account, text="post", now=now)
    write_post(tomas_account, text="answer", in_reply_to=post, now=now - MINUTE)
    toggle_favourite(tomas_account, post, now=now)
    toggle_favourite(nia_account, post, now=now)
    toggle_boost(tomas_account, post, now=now)

    shown = local_timeline(nia_account).page().posts[0]
    assert (shown.favourites, shown.boosts, shown.answers) == (2, 1, 1)
    assert (shown.is_favourite, shown.is_boosted) == (True, False)


@pytest.mark.parametrize("text", ["", "x", "1-2", "-1-0-5", "1-0-5-6", "９-0-1", "9" * 40 + "-0-1"])
def test_a_key_that_we_did_not_give_out_is_no_key_or_harmless(text, nia_account):
    assert local_timeline(None).page(before=Key.parse(text)).entries == []


def test_a_key_survives_its_address(now):
    key = Key(now + timedelta(microseconds=7), 1, 42)

    assert Key.parse(str(key)) == key


def test_five_posts_cost_as_many_queries_as_forty(nia_account, tomas_account, now, count_queries):
    follow(nia_account, tomas_account, now=now)

    def fill(count: int) -> None:
        others = Account.objects.filter(handle="tomas")
        for number in range(count):
            post = write_post(others.get(), text=f"@nia {number}", now=now)
            toggle_boost(tomas_account, post, now=now)

    fill(5)
    few = count_queries(lambda: home_timeline(nia_account).page(size=40))
    fill(35)
    many = count_queries(lambda: home_timeline(nia_account).page(size=40))

    assert few == many <= 7
