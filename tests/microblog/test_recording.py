"""What was heard becomes rows, once, whatever order it comes in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from microblog.accounts import refuses_bots
from microblog.gateways.base import HeardReaction, ReactionKind
from microblog.models import Account, Follow, Media, Post, PostHashtag, Reaction, Sighting
from microblog.recording import record_posts, record_reactions
from tests.builders import a_connection, heard_account, heard_post, said

pytestmark = pytest.mark.django_db
VIA = Sighting.Via.HASHTAG


def test_a_post_is_written_with_all_its_parts(now):
    connection = a_connection()
    heard = heard_post(
        "Le phare #Envol", photos=["Un phare rouge"], mentions=(heard_account("tomas"),)
    )
    recorded = record_posts(connection, [heard], via=VIA, now=now)
    post = Post.objects.get()
    assert recorded.new == 1
    assert (post.author.handle, post.text) == ("rex@social.example", "Le phare #Envol")
    assert [media.alt_text for media in post.media.all()] == ["Un phare rouge"]
    assert [row.name for row in post.hashtag_rows.all()] == ["envol"]
    assert [mention.account.handle for mention in post.mentions.all()] == ["tomas@social.example"]
    assert post.sightings.get().remote_id == heard.remote_id


def test_hearing_the_same_again_changes_nothing(now):
    connection = a_connection()
    heard = heard_post("Bonjour #Envol", photos=["Une porte"])
    record_posts(connection, [heard], via=VIA, now=now)
    before = list(Post.objects.values())
    assert not record_posts(connection, [heard, heard], via=Sighting.Via.MENTION, now=now)
    assert list(Post.objects.values()) == before
    assert (Media.objects.count(), PostHashtag.objects.count()) == (1, 1)
    assert Sighting.objects.get().via == VIA, "how it was heard first stays known"


def test_an_edit_asks_for_a_new_answer(now):
    connection = a_connection()
    heard = heard_post("Mon chat #Envol", photos=[""])
    record_posts(connection, [heard], via=VIA, now=now)
    Post.objects.update(answered_fingerprint=Post.objects.get().fingerprint)
    described = (replace(heard.media[0], alt_text="Un chat roux dort"),)
    recorded = record_posts(connection, [replace(heard, media=described)], via=VIA, now=now)
    assert recorded.changed == 1
    assert Post.objects.unanswered().count() == 1
    assert Media.objects.get().alt_text == "Un chat roux dort"


def test_a_neighbour_cannot_edit_somebody_elses_post(now):
    connection = a_connection()
    heard = heard_post("Bonjour")
    record_posts(connection, [heard], via=VIA, now=now)
    forged = replace(heard, author=heard_account("mallory"), text="Au revoir")
    assert not record_posts(connection, [forged], via=VIA, now=now)
    assert Post.objects.get().text == "Bonjour"


def test_boosts_are_nobodys_words(now):
    boost = replace(heard_post(""), boost_of_uri="https://social.example/1")
    assert not record_posts(a_connection(), [boost], via=VIA, now=now)
    assert not Post.objects.exists()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
@pytest.mark.parametrize("by", ["uri", "remote_id"])
def test_a_thread_finds_its_root_in_any_order(now, order, by):
    connection = a_connection()
    root = heard_post("Que voyez-vous ?")
    answer = heard_post("Un phare ?", **_under(root, by))
    deeper = heard_post("Non !", **_under(answer, by))
    for index in order:
        record_posts(connection, [(root, answer, deeper)[index]], via=VIA, now=now)
    rows = {post.uri: post for post in Post.objects.all()}
    assert rows[deeper.uri].parent == rows[answer.uri]
    assert rows[deeper.uri].root == rows[answer.uri].root == rows[root.uri]
    assert rows[root.uri].root is None


def _under(parent, by):
    if by == "uri":
        return {"parent_uri": parent.uri}
    return {"parent_remote_id": parent.remote_id}


def test_a_whole_thread_in_one_batch(now):
    connection = a_connection()
    chain = [heard_post("0")]
    for number in range(1, 12):
        chain.append(heard_post(str(number), parent_uri=chain[-1].uri))
    record_posts(connection, reversed(chain), via=VIA, now=now)
    root = Post.objects.get(uri=chain[0].uri)
    assert Post.objects.filter(root=root).count() == 11


def test_a_late_parent_asks_for_new_answers_below_it(now):
    connection = a_connection()
    root = heard_post("Que voyez-vous ?")
    answer = said("Un phare ?", on=connection, parent_uri=root.uri)
    Post.objects.filter(pk=answer.pk).update(answered_fingerprint=answer.fingerprint)
    record_posts(connection, [root], via=VIA, now=now)
    assert answer in Post.objects.unanswered()


def test_posts_that_answer_each_other_in_a_circle_stay_harmless(now):
    connection = a_connection()
    one = heard_post("1", uri="https://evil.example/1", parent_uri="https://evil.example/2")
    two = heard_post("2", uri="https://evil.example/2", parent_uri="https://evil.example/1")
    record_posts(connection, [one, two], via=VIA, now=now)
    assert Post.objects.count() == 2


def test_names_follow_their_owner_and_mentions_never_empty_them(now):
    connection = a_connection()
    said("Bonjour", on=connection, by=heard_account("rex", note="J'aime les phares"))
    bare = replace(heard_account("rex"), display_name="", note="")
    said("Coucou @rex", on=connection, by="nia", mentions=(bare,))
    assert Account.objects.get(handle="rex@social.example").note == "J'aime les phares"
    said("Encore", on=connection, by=heard_account("rex", display_name="Rex le marin"))
    assert Account.objects.get(handle="rex@social.example").display_name == "Rex le marin"


def test_one_person_heard_through_two_servers_is_one_account(now):
    """One server tells the actor's uri, another only the address of the profile."""
    nia = heard_account("nia")
    said("Bonjour", on=a_connection("one"), by=nia)
    second = a_connection("two")
    said("Encore", on=second, by=replace(nia, uri=nia.url))
    assert Account.objects.filter(handle=nia.handle).count() == 1
    mallory = replace(nia, uri="https://evil.example/users/nia", url=nia.uri)
    said("C'est moi, Nia", on=second, by=mallory)
    assert Account.objects.filter(handle=nia.handle).count() == 2, "another host is another person"


@pytest.mark.parametrize(
    ("note", "refuses"),
    [("Marin. #NoBot", True), ("#nobots, merci", True), ("I am no bot", False), ("", False)],
)
def test_who_refuses_bots_says_so_about_themself(note, refuses):
    assert refuses_bots(note) is refuses


def test_a_renamed_post_is_followed_to_its_new_id(now):
    connection = a_connection()
    heard = heard_post("Bonjour")
    record_posts(connection, [heard], via=VIA, now=now)
    record_posts(connection, [replace(heard, remote_id="after-the-edit")], via=VIA, now=now)
    assert Sighting.objects.get().remote_id == "after-the-edit"


def test_reactions_are_written_once(now):
    connection = a_connection()
    heard = heard_post("Merci !")
    record_posts(connection, [heard], via=VIA, now=now)
    reaction = HeardReaction(ReactionKind.FAVOURITE, heard_account("tomas"), now, heard)
    follow = HeardReaction(ReactionKind.FOLLOW, heard_account("tomas"), now)
    assert record_reactions(connection, [reaction, reaction, follow], now=now) == 1
    assert record_reactions(connection, [reaction, follow], now=now) == 0
    assert Reaction.objects.get().account.handle == "tomas@social.example"
    assert Follow.objects.get().followed == connection.account


def test_a_batch_costs_the_same_whatever_its_size(now, count_queries):
    connection = a_connection()

    def batch(size):
        posts = [heard_post(f"{n} #Envol", by=f"p{n}", photos=["Un chat"]) for n in range(size)]
        return [*posts, *(heard_post("Oui", by="nia", parent_uri=post.uri) for post in posts)]

    small, large = batch(5), batch(100)
    few = count_queries(lambda: record_posts(connection, small, via=VIA, now=now))
    many = count_queries(lambda: record_posts(connection, large, via=VIA, now=now))
    assert many <= few + 2, "bulk writes may be cut in two, no more"
    later = now + timedelta(days=1)
    again = count_queries(lambda: record_posts(connection, large, via=VIA, now=later))
    assert again <= few


def test_a_post_dated_in_the_future_was_said_when_it_was_heard(now):
    social = a_connection()
    ahead = heard_post("Demain", at=now + timedelta(days=1))
    soon = heard_post("Bientôt", at=now + timedelta(seconds=90))
    record_posts(social, [ahead, soon], via=Sighting.Via.HASHTAG, now=now)
    assert Post.objects.get(uri=ahead.uri).said_at == now
    assert Post.objects.get(uri=soon.uri).said_at == soon.created_at, "a clock that is a bit fast"
