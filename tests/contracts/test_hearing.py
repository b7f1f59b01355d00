"""What every gateway promises about hearing: nothing lost, nothing twice by its cursor, all in our
words.
"""

from datetime import timedelta

import pytest

from microblog.gateways.base import Draft, Gone, Heard, ReactionKind, Visibility


@pytest.fixture
def riddle(harness):
    return harness.gateway.publish(Draft(key="riddle", text="Où suis-je ? #photoDevinette"))


def uris(heard: Heard) -> set[str]:
    return {post.uri for post in heard.posts}


def test_a_mention_is_heard_whole(harness):
    uri = harness.says("nia", f"@{harness.bot} Est-ce un phare ? #Défi", alt_texts=["Un phare", ""])

    (post,) = harness.gateway.fetch_mentions("").posts

    assert (post.uri, post.remote_id) == (uri, harness.remote_id(uri))
    assert post.text == f"@{harness.bot} Est-ce un phare ? #Défi"
    assert post.author.handle.partition("@")[0] == "nia"
    assert post.hashtags == ("défi",)
    assert [media.alt_text for media in post.media] == ["Un phare", ""]
    assert [person.handle.partition("@")[0] for person in post.mentions] == [harness.bot]
    assert post.created_at.utcoffset() == timedelta(0)


def test_a_direct_message_is_heard_as_one(harness):
    harness.says("nia", f"@{harness.bot} en secret", visibility=Visibility.DIRECT)

    (post,) = harness.gateway.fetch_mentions("").posts

    assert post.visibility is Visibility.DIRECT


def test_words_of_others_that_name_nobody_are_no_mentions(harness):
    harness.says("nia", "Bonjour tout le monde")
    harness.says("tomas", "@nia bonjour")

    assert harness.gateway.fetch_mentions("").posts == ()


def test_cursors_lose_nothing(harness):
    heard: set[str] = set()
    said: set[str] = set()
    cursor = ""
    for round_number in range(4):
        for number in range(round_number * 15):
            said.add(harness.says("nia", f"@{harness.bot} message {round_number}.{number}"))
        answer = harness.gateway.fetch_mentions(cursor)
        heard |= uris(answer)
        cursor = answer.cursor
        assert answer.complete

    assert heard == said


def test_a_long_silence_is_caught_up_with_in_bounded_steps(harness):
    said = {harness.says("nia", f"numéro {number} #défi") for number in range(230)}
    heard: set[str] = set()
    cursor, calls, complete = "", 0, False
    while not complete:
        answer = harness.gateway.fetch_hashtag("défi", cursor)
        heard |= uris(answer)
        cursor, complete, calls = answer.cursor, answer.complete, calls + 1
        assert calls < 10

    assert heard == said


def test_nothing_new_is_a_small_answer_and_no_error(harness):
    cursor = harness.gateway.fetch_mentions("").cursor

    assert harness.gateway.fetch_mentions(cursor) == Heard(cursor=cursor)


def test_reactions_are_heard_with_the_post_they_are_about(harness, riddle):
    harness.favourites("tomas", riddle.uri)
    harness.boosts("olga", riddle.uri)
    harness.follows("rex")

    heard = harness.gateway.fetch_mentions("")

    reactions = {
        reaction.account.handle.partition("@")[0]: (
            reaction.kind,
            reaction.post.uri if reaction.post else "",
        )
        for reaction in heard.reactions
    }
    assert reactions == {
        "tomas": (ReactionKind.FAVOURITE, riddle.uri),
        "olga": (ReactionKind.BOOST, riddle.uri),
        "rex": (ReactionKind.FOLLOW, ""),
    }
    assert heard.posts == ()


@pytest.mark.parametrize("asked", ["défi", "Défi", "DÉFI", "de\u0301fi"])
def test_a_hashtag_is_heard_however_it_is_written(harness, asked):
    uri = harness.says("nia", "Ma photo #Défi")
    harness.says("nia", "Pas la même chose : #defi")

    assert uris(harness.gateway.fetch_hashtag(asked, "")) == {uri}


def test_a_hashtag_that_nobody_used_is_silence(harness):
    heard = harness.gateway.fetch_hashtag("jamaisutilise", "")

    assert (heard.posts, heard.complete) == ((), True)


def test_a_thread_is_heard_at_any_depth(harness, riddle):
    first = harness.says("nia", "Un phare ?", reply_to=riddle.uri)
    second = harness.says("tomas", "Presque !", reply_to=first)
    third = harness.says("nia", "Alors un moulin", reply_to=second)
    other = harness.says("olga", "Une tour ?", reply_to=riddle.uri)
    harness.says("rex", "Rien à voir")

    posts = {post.uri: post for post in harness.gateway.fetch_thread(riddle.remote_id).posts}

    assert set(posts) == {first, second, third, other}
    assert (
        posts[first].parent_remote_id == riddle.remote_id or posts[first].parent_uri == riddle.uri
    )
    assert posts[third].parent_uri == second


def test_the_thread_of_what_is_gone(harness, riddle):
    harness.gateway.delete(riddle.remote_id)

    with pytest.raises(Gone):
        harness.gateway.fetch_thread(riddle.remote_id)


def test_an_edit_is_seen_when_the_post_is_asked_for(harness):
    uri = harness.says("nia", f"@{harness.bot} un fare")
    (before,) = harness.gateway.fetch_mentions("").posts
    harness.edits("nia", uri, f"@{harness.bot} un phare #défi")

    after = harness.gateway.fetch_post(before.remote_id)

    assert (after.uri, after.text) == (uri, f"@{harness.bot} un phare #défi")
    assert after.hashtags == ("défi",)
    assert after.edited_at is not None


def test_a_deletion_is_seen_when_the_post_is_asked_for(harness):
    uri = harness.says("nia", f"@{harness.bot} oublie ça")
    remote_id = harness.remote_id(uri)
    harness.deletes("nia", uri)

    with pytest.raises(Gone):
        harness.gateway.fetch_post(remote_id)


def test_a_post_is_found_by_its_addresses(harness):
    uri = harness.says("nia", "Trouvez-moi")
    post = harness.gateway.resolve(uri)

    assert post.uri == uri
    assert harness.gateway.resolve(post.url or uri) == post


@pytest.mark.parametrize("address", ["https://nowhere.example/@nia/1", "not an address", ""])
def test_what_cannot_be_found_is_gone(harness, address):
    with pytest.raises(Gone):
        harness.gateway.resolve(address)
