"""Answers in rows: passed once, by whichever account, and accepted for ever."""

import pytest

from challenges.models import Screening, Submission
from challenges.screening import screen_batch
from community.models import AccountLink
from microblog.models import Post, Sighting
from microblog.recording import record_posts
from tests.builders import NOON, a_connection, heard_post
from tests.challenges.building import a_riddle, translated
from tests.challenges.story import (
    DESCRIBED,
    PHOTO,
    a_challenge,
    launched,
    level,
    person_behind,
    reply,
    run,
)

pytestmark = pytest.mark.django_db
TAG = ("hashtags", {"hashtags": []})
CUP = "Une tasse bleue posée sur une table"


@pytest.fixture
def social(db):
    return a_connection()


@pytest.fixture
def launch(social):
    """Three levels: a photo, a described photo, a hashtag."""
    page = a_challenge(level("Photo", PHOTO), level("Said", PHOTO, DESCRIBED), level("Tag", TAG))
    return launched(page, social)


def answers(post: Post) -> dict[int, str]:
    rows = Submission.objects.filter(post=post).order_by("level_number")
    return {row.level_number: row.outcome for row in rows}


def edit(post: Post, connection, text: str, **fields) -> None:
    heard = heard_post(text, uri=post.uri, remote_id="1", **fields)
    record_posts(connection, [heard], via=Sighting.Via.THREAD, now=NOON)


def test_a_post_passes_all_levels_whose_rules_hold(social, launch):
    post = reply(launch, on=social, photos=[CUP])
    run("screen")
    assert answers(post) == {1: "accepted", 2: "accepted", 3: "not_yet"}


def test_a_level_is_passed_once_and_the_next_is_judged(social, launch):
    first = reply(launch, on=social, photos=[""])
    run("screen")
    second = reply(launch, on=social, photos=[CUP])
    run("screen")
    assert answers(first) == {1: "accepted", 2: "not_yet"}
    assert answers(second) == {2: "accepted", 3: "not_yet"}


def test_of_two_posts_in_one_batch_the_earlier_one_passes(social, launch):
    first, second = (reply(launch, on=social, photos=[CUP]) for _ in range(2))
    run("screen")
    assert answers(first)[1] == answers(first)[2] == "accepted"
    assert answers(second) == {3: "not_yet"}


def test_with_nothing_left_to_pass_a_post_is_matched_and_no_answer(social, launch):
    reply(launch, "#tag", on=social, photos=[CUP])
    late = reply(launch, "#encore", on=social, photos=[CUP])
    run("screen")
    assert answers(late) == {}
    assert Screening.objects.get(post=late).decision == Screening.Match.MATCHED


def test_what_one_account_passed_its_persons_other_account_need_not(social, launch):
    one = reply(launch, on=social, by="nia", photos=[CUP])
    run("screen")
    other = reply(launch, on=social, by="nia2", photos=[CUP])
    AccountLink.objects.create(
        account=other.author, participant=person_behind(one.author), proof="code"
    )
    run("screen")
    assert answers(other) == {3: "not_yet"}


def test_an_edit_changes_the_same_answer(social, launch):
    post = reply(launch, on=social)
    run("screen")
    before = Submission.objects.get(post=post)
    edit(post, social, "Voilà", photos=[""])
    run("screen")
    after = Submission.objects.get(post=post, level_number=1)
    assert (before.outcome, after.outcome, after.pk) == ("not_yet", "accepted", before.pk)


def test_accepted_stays_accepted_whatever_an_edit_does(social, launch):
    post = reply(launch, on=social, photos=[""])
    run("screen")
    accepted = Submission.objects.get(post=post, outcome="accepted")
    edit(post, social, "Plus de photo")
    run("screen")
    assert Submission.objects.get(pk=accepted.pk).findings == accepted.findings
    assert answers(post)[1] == "accepted"


def test_an_answer_that_leaves_the_challenge_is_one_no_more(social):
    a_challenge(hashtags="MaPhoto")
    post = reply(launched(a_riddle(), social), on=social)
    loose = Post.objects.get(pk=reply(post, "#MaPhoto", on=social, by="nia").pk)
    Post.objects.filter(pk=loose.pk).update(parent=None, root=None, parent_uri="")
    run("screen")
    assert answers(loose) == {1: "not_yet"}
    Post.objects.filter(pk=loose.pk).update(hashtags=[], fingerprint="edited")
    run("screen")
    assert answers(loose) == {}


def test_a_thread_is_judged_by_the_whole_chain(social):
    launch = launched(a_challenge(level("Thread", ("thread", {"count": 3}))), social)
    one = reply(launch, "Un", on=social)
    two = reply(one, "Deux", on=social)
    three = reply(two, "Trois", on=social)
    between = reply(two, "Moi aussi", on=social, by="nia")
    run("screen")
    assert [answers(post) for post in (one, two, three, between)] == [
        {1: "not_yet"},
        {1: "not_yet"},
        {1: "accepted"},
        {},
    ]


def test_a_thread_that_becomes_whole_later_is_judged_again(social):
    launch = launched(a_challenge(level("Thread", ("thread", {"count": 3}))), social)
    middle = "https://social.example/users/rex/statuses/middle"
    one = reply(launch, "Un", on=social)
    three = reply(launch, "Trois", on=social)
    Post.objects.filter(pk=three.pk).update(parent=None, parent_uri=middle)
    run("screen")
    reply(one, "Deux", on=social, uri=middle)
    run("screen")
    assert answers(three) == {1: "accepted"}


def test_a_riddle_is_found_in_any_of_its_languages(social):
    page = a_riddle(answers="phare")
    translated(page, "en", title="What is it?", answers="lighthouse")
    launch = launched(page, social)
    found = reply(launch, "Is it a lighthouse?", on=social, language="en")
    denied = reply(launch, "Ce n'est pas un phare", on=social, by="nia", language="fr")
    run("screen")
    assert (answers(found), answers(denied)) == ({1: "accepted"}, {1: "not_yet"})
    assert Submission.objects.get(post=found).challenge.locale.language_code == "en"


def test_what_a_person_said_holds_until_the_words_change(social, olga):
    launch = launched(a_challenge(level("Look", ("person_decides", {}))), social)
    post = reply(launch, "Voilà", on=social)
    run("screen")
    assert answers(post) == {1: "with_tutor"}
    Submission.objects.update(outcome="not_yet", note="Plus court !", decided_by=olga)
    Post.objects.update(answered_fingerprint="")
    run("screen")
    assert Submission.objects.get().note == "Plus court !"
    edit(post, social, "Plus court")
    run("screen")
    row = Submission.objects.get()
    assert (row.outcome, row.note, row.decided_by) == ("with_tutor", "", None)


def test_a_post_edited_while_it_is_judged_is_judged_once_more(social, launch):
    post = reply(launch, on=social)
    stale = list(Post.objects.filter(pk=post.pk))
    edit(post, social, "Avec photo", photos=[""])
    screen_batch(stale, now=NOON)
    assert list(Post.objects.unanswered().filter(pk=post.pk))
    run("screen")
    assert answers(post)[1] == "accepted"


def test_two_workers_judging_one_post_leave_one_answer(social, launch):
    post = reply(launch, on=social, photos=[""])
    same = list(Post.objects.filter(pk=post.pk))
    run("screen")
    before = list(Submission.objects.values("pk", "outcome"))
    screen_batch(same, now=NOON)
    assert list(Submission.objects.values("pk", "outcome")) == before


def test_a_remark_between_people_is_no_answer_unless_it_hits(social):
    """An organiser who answers a player's question, or a player who agrees, lacks nothing."""
    riddle = launched(a_riddle(), social)
    question = reply(riddle, "Est-ce que ça se mange ?", by="nia", on=social)
    remark = reply(question, "Non, mais ça brille", by="olga", on=social)
    found = reply(remark, "Alors c'est un phare !", by="tomas", on=social)
    run("screen")
    assert set(Submission.objects.values_list("post", "outcome")) == {
        (question.pk, "not_yet"),
        (found.pk, "accepted"),
    }
    assert remark.screening.decision == Screening.Match.MATCHED, "it belongs to the conversation"
