"""Whatever a person decided about a post can be taken back, once, and the last first."""

import pytest

from challenges.catalogue import challenge_of
from challenges.models import Decision, Screening, Submission
from challenges.repair.undoing import CannotUndo, undo_decision
from challenges.reviewing import (
    accept_answer,
    answers_to_review,
    ask_for_more,
    attach_post,
    detach_post,
)
from community.consent import change_consent, delete_person
from community.models import Consent, LearningEvent
from microblog.models import OutboxPost, Post
from tests.builders import NOON, a_connection, said
from tests.challenges.story import PHOTO, a_challenge, launched, level, person_behind, reply, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def social(db):
    return a_connection(language="en")


@pytest.fixture
def page(social):
    return a_challenge(level("Look", ("person_decides", {"criterion": "kindness"})))


@pytest.fixture
def post(page, social) -> Post:
    post = reply(launched(page, social), on=social)
    run("screen", "feedback")
    return post


def latest() -> Decision:
    return Decision.objects.latest("pk")


def undo(decision: Decision, by) -> Decision:
    undone = undo_decision(decision, by=by, now=NOON)
    run("screen", "credit")
    return undone


def deeds(kind: str = "level_accepted") -> int:
    return LearningEvent.objects.standing().filter(kind=kind).count()


def test_an_acceptance_is_taken_back_with_its_credit(post, tomas, olga):
    accept_answer(answers_to_review().get(), by=tomas, note="Lovely", now=NOON)
    run("credit")
    assert deeds() == 1
    undone = undo(latest(), olga)
    answer = Submission.objects.get()
    assert (answer.outcome, answer.note, answer.decided_by) == ("with_tutor", "", None)
    assert deeds() == 0
    assert (undone.action, undone.decided_by, undone.undoes.action) == ("undo", olga, "accept")


def test_accepted_again_it_counts_again(post, tomas, olga):
    accept_answer(answers_to_review().get(), by=tomas, now=NOON)
    run("credit")
    undo(latest(), olga)
    accept_answer(answers_to_review().get(), by=olga, now=NOON)
    run("credit")
    assert deeds() == 1
    assert LearningEvent.objects.filter(kind="level_accepted").count() == 1, "one row, standing"


def test_the_level_stays_passed_where_another_post_passed_it(page, social, tomas, olga):
    start = launched(page, social)
    posts = [reply(start, f"Voilà {number}", on=social) for number in range(2)]
    run("screen")
    for post in posts:
        accept_answer(Submission.objects.get(post=post), by=tomas, now=NOON)
    run("credit")
    undo(Decision.objects.get(post=posts[1]), olga)
    assert deeds() == 1


def test_words_that_were_not_said_yet_are_not_said(post, tomas):
    accept_answer(answers_to_review().get(), by=tomas, note="Lovely", now=NOON)
    assert "Lovely" in "".join(OutboxPost.objects.values_list("text", flat=True))
    undo(latest(), tomas)
    run("feedback")
    told = [promise.text for promise in OutboxPost.objects.filter(in_reply_to=post)]
    assert len(told) == 1 and "Lovely" not in told[0], "the machine's own words, once more"


def test_words_that_were_said_stay_said(post, tomas):
    accept_answer(answers_to_review().get(), by=tomas, note="Lovely", now=NOON)
    OutboxPost.objects.update(said_version=1)
    before = OutboxPost.objects.count()
    undo(latest(), tomas)
    assert OutboxPost.objects.count() == before


def test_asking_for_more_is_taken_back(post, tomas):
    ask_for_more(answers_to_review().get(), by=tomas, note="A photo?", now=NOON)
    undo(latest(), tomas)
    assert answers_to_review().get().note == ""


def test_attaching_is_taken_back(page, social, tomas):
    stray = said("Un mot doux", on=social)
    run("screen")
    attach_post(stray, challenge_of(page), by=tomas, now=NOON)
    assert Submission.objects.exists()
    undo(latest(), tomas)
    assert not Submission.objects.exists()
    assert Screening.objects.get(post=stray).decision == "no_challenge"


def test_detaching_is_taken_back_with_what_was_accepted(page, social, tomas):
    start = launched(a_challenge(level("A photo", PHOTO), title="Photo"), social)
    post = reply(start, on=social, photos=["Un lac"])
    run("screen", "credit")
    detach_post(post, by=tomas, now=NOON)
    undo(latest(), tomas)
    assert Submission.objects.get().outcome == "accepted"
    assert deeds() == 1


def test_undoing_is_done_once_and_never_itself_undone(post, tomas):
    accept_answer(answers_to_review().get(), by=tomas, now=NOON)
    decision = latest()
    undone = undo(decision, tomas)
    for again in (Decision.objects.get(pk=decision.pk), undone):
        with pytest.raises(CannotUndo):
            undo_decision(again, by=tomas, now=NOON)


def test_the_last_first(post, tomas):
    ask_for_more(answers_to_review().get(), by=tomas, note="A photo?", now=NOON)
    detach_post(post, by=tomas, now=NOON)
    asked, detached = Decision.objects.order_by("pk")
    with pytest.raises(CannotUndo):
        undo_decision(asked, by=tomas, now=NOON)
    undo(detached, tomas)
    undo(Decision.objects.get(pk=asked.pk), tomas)
    assert answers_to_review().get().post == post


def test_a_post_that_was_edited_since_is_judged_by_its_new_words(page, social, tomas):
    start = launched(a_challenge(level("A photo", PHOTO), title="Photo"), social)
    post = reply(start, "Rien", on=social)
    run("screen")
    detach_post(post, by=tomas, now=NOON)
    Post.objects.filter(pk=post.pk).update(fingerprint="edited", answered_fingerprint="edited")
    undo(latest(), tomas)
    assert Screening.objects.get(post=post).fingerprint == "edited"


def test_nothing_is_put_back_about_somebody_who_wants_nothing_kept(post, tomas):
    accept_answer(answers_to_review().get(), by=tomas, now=NOON)
    change_consent(person_behind(post.author), Consent.NOTHING, now=NOON)
    with pytest.raises(CannotUndo):
        undo_decision(latest(), by=tomas, now=NOON)
    assert not Submission.objects.exists()


def test_what_a_login_decided_that_is_gone_comes_back_without_its_name(post, tomas, olga):
    accept_answer(answers_to_review().get(), by=tomas, note="Lovely", now=NOON)
    detach_post(post, by=olga, now=NOON)
    delete_person(tomas, now=NOON)
    undo(latest(), olga)
    answer = Submission.objects.get()
    assert (answer.outcome, answer.decided_by) == ("accepted", None)
