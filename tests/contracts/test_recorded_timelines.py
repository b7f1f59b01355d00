"""Reading three real servers: pages, threads, notifications, and how they refuse."""

from datetime import UTC, datetime, timedelta

import pytest

from microblog.gateways.base import (
    Draft,
    Gone,
    Never,
    NotBefore,
    ReactionKind,
    TryAgain,
    Unauthorised,
)
from tests.contracts.recordings import NOTIFICATIONS, RECORDED_AT, TAG, replayed

PUBLISH = "POST /api/v1/statuses"
WHO = "GET /api/v1/accounts/verify_credentials"


@pytest.fixture(params=["gotosocial", "takahe", "snac"])
def recording(request):
    with replayed(request.param) as recording:
        yield recording


def test_a_hashtag_is_read_page_by_page(recording):
    recording.server.pages(TAG, "15_hashtag_timeline_page1", "15_hashtag_timeline_page2_max_id")

    heard = recording.gateway.fetch_hashtag("photodevinette", "")

    assert [post.remote_id for post in heard.posts] == recording.server.list_ids(TAG)
    assert heard.complete
    assert {"photodevinette"} <= {tag for post in heard.posts for tag in post.hashtags}


def test_what_was_read_is_not_paged_through_again(recording):
    recording.server.pages(TAG, "15_hashtag_timeline_page1", "15_hashtag_timeline_page2_max_id")
    late = datetime(2026, 11, 21, 0, 55, tzinfo=UTC).isoformat()

    heard = recording.gateway.fetch_hashtag("photodevinette", late)

    assert len(heard.posts) == 3
    assert len(recording.server.asked(f"GET {TAG}")) == 1


def test_limit_and_types_are_always_sent(recording):
    recording.server.pages(NOTIFICATIONS, "14_notifications_all")

    recording.gateway.fetch_mentions("")

    for request in recording.server.asked(f"GET {NOTIFICATIONS}"):
        assert request.asked("limit") == "40"
        assert set(request.query["types[]"]) == {"mention", "favourite", "reblog", "follow"}


def test_an_unknown_hashtag_is_silence(recording):
    if recording.name == "gotosocial":
        recording.server.show("15_hashtag_timeline_unknown_tag")
    else:
        recording.server.pages(
            "/api/v1/timelines/tag/jamaisutilise", "15_hashtag_timeline_unknown_tag"
        )

    assert recording.gateway.fetch_hashtag("jamaisutilise", "").posts == ()


def test_an_accented_hashtag(recording):
    recording.server.pages("/api/v1/timelines/tag/défi", "15_hashtag_timeline_accented")

    posts = recording.gateway.fetch_hashtag("défi", "").posts

    assert len(posts) == (0 if recording.name == "snac" else 2)
    assert all("défi" in post.hashtags for post in posts)
    (first, *_) = recording.server.asked("GET /api/v1/timelines/tag/d%C3%A9fi")
    assert first.path.isascii()


def test_all_mentions_and_reactions_are_heard_once(recording):
    recording.server.pages(NOTIFICATIONS, "14_notifications_all")

    heard = recording.gateway.fetch_mentions("")

    kinds = [reaction.kind for reaction in heard.reactions]
    assert len(heard.posts) == 7
    assert len({post.uri for post in heard.posts}) == 7
    assert kinds.count(ReactionKind.FOLLOW) == 3
    assert kinds.count(ReactionKind.FAVOURITE) == 2
    assert kinds.count(ReactionKind.BOOST) == 1
    riddle = recording.raw("01_status_public_hashtag")["uri"]
    assert {reaction.post.uri for reaction in heard.reactions if reaction.post} == {riddle}
    assert all("twittmooc" in str(post.mentions) for post in heard.posts)


def test_mentions_from_other_servers(recording):
    recording.server.pages(NOTIFICATIONS, "23_remote_notifications")

    heard = recording.gateway.fetch_mentions("")

    assert heard.posts
    assert not any(
        post.author.handle.endswith(f"@{recording.name}.example") for post in heard.posts
    )


def test_the_whole_thread(recording):
    riddle = recording.id_of("01_status_public_hashtag")

    posts = recording.gateway.fetch_thread(riddle).posts

    assert len(posts) == 5
    by_id = {post.remote_id: post for post in posts}
    deep = by_id[recording.id_of("03_reply_to_reply_mentions_three")]
    parent = by_id[recording.id_of("03_reply_to_reply")]
    assert deep.parent_uri == parent.uri
    assert by_id[recording.id_of("02_reply_correct")].parent_remote_id == riddle


def test_a_thread_with_a_hole_tells_what_the_server_tells(recording):
    root = recording.server.target_of("13_context_after_middle_deleted")
    recording.server.show("13_context_after_middle_deleted")

    posts = recording.gateway.fetch_thread(root).posts

    assert len(posts) == (2 if recording.name == "snac" else 0)


@pytest.mark.parametrize("name", ["19_error_bad_token", "19_error_no_token"])
def test_a_bad_token(recording, name):
    recording.server.show(name, on=WHO)
    recording.server.show(name, on=PUBLISH)

    with pytest.raises(Unauthorised):
        recording.gateway.verify()
    with pytest.raises(Unauthorised):
        recording.gateway.publish(Draft(key="1", text="Bonjour"))


def test_a_post_that_is_not_there(recording):
    with pytest.raises(Gone):
        recording.gateway.fetch_post(recording.server.target_of("19_error_404_status"))


@pytest.mark.parametrize(
    "name", ["19_error_too_long", "19_error_empty_status", "19_error_unknown_media"]
)
def test_what_the_server_refuses_to_publish(recording, name):
    """snac accepts all of these; the others' refusals are for a person to see."""
    recording.server.show(name, on=PUBLISH)
    draft = Draft(key="1", text="x")

    if recording.name == "snac":
        assert recording.gateway.publish(draft).uri
        return
    with pytest.raises(Never) as refused:
        recording.gateway.publish(draft)
    assert not isinstance(refused.value, Unauthorised | Gone)


def test_an_answer_to_nothing_is_gone_and_leaves_no_stray_post(recording):
    recording.server.show("19_error_reply_to_unknown", on=PUBLISH)

    with pytest.raises(Gone):
        recording.gateway.publish(Draft(key="1", text="réponse à rien", reply_to_id="999"))

    stray = recording.server.asked("DELETE /api/v1/statuses/")
    assert len(stray) == (0 if recording.name == "gotosocial" else 1)


def test_someone_elses_post_cannot_be_taken_back(recording):
    name = "19_error_delete_others_status"
    remote_id = recording.server.target_of(name)
    recording.server.show(name)

    if recording.name == "snac":  # it says 404, as for a post that is gone
        recording.gateway.delete(remote_id)
        return
    with pytest.raises(Never) as refused:
        recording.gateway.delete(remote_id)
    assert not isinstance(refused.value, Unauthorised | Gone)


def test_the_limit_of_gotosocial():
    """No Retry-After, and an ISO date by the server's own clock."""
    with replayed("gotosocial") as recording:
        recording.server.show("19_error_429_rate_limited", on=f"GET {NOTIFICATIONS}")
        with pytest.raises(NotBefore) as refused:
            recording.gateway.fetch_mentions("")

    assert timedelta(0) < refused.value.when - RECORDED_AT < timedelta(minutes=6)


def test_an_error_page_of_takahe_is_a_passing_fault():
    with replayed("takahe") as recording, pytest.raises(TryAgain):
        recording.server.show("19_error_malformed_id")
        recording.gateway.fetch_post("abc")
