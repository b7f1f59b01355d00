"""What a person decides: once, on record, and told to whom it concerns."""

import pytest

from challenges.catalogue import challenge_of
from challenges.forgetting import forget_answers
from challenges.models import Decision, Screening, Submission
from challenges.reviewing import (
    PostNotFound,
    accept_answer,
    answers_to_review,
    ask_for_more,
    attach_post,
    detach_post,
    find_post,
)
from community.models import Consent, LearningEvent, Participant
from microblog.gateways.base import Visibility
from microblog.models import OutboxPost, Post
from microblog.timeline.writing import write_post
from tests.builders import NOON, a_connection, said
from tests.challenges.story import a_challenge, launched, level, person_behind, reply, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def social(db):
    return a_connection(language="en")


@pytest.fixture
def page(social):
    return a_challenge(level("Look", ("person_decides", {"criterion": "kindness"})))


@pytest.fixture
def post(page, social):
    post = reply(launched(page, social), on=social)
    run("screen")
    return post


def said_about(post: Post) -> list[str]:
    answers = OutboxPost.objects.filter(in_reply_to=post).order_by("pk")
    return [answer.text for answer in answers]


def test_what_a_person_must_judge_waits(post):
    assert [answer.post for answer in answers_to_review()] == [post]


def test_accepting_credits_and_tells(post, tomas):
    run("feedback")
    assert accept_answer(answers_to_review().get(), by=tomas, note="How kind!", now=NOON)
    assert not answers_to_review().exists()
    run("credit", "feedback")
    assert LearningEvent.objects.filter(kind="level_accepted").count() == 1
    waits, praise = said_about(post) if len(said_about(post)) == 2 else ("", said_about(post)[0])
    assert "Well done" in praise and "How kind!" in praise
    assert Decision.objects.get().action == Decision.Action.ACCEPT


def test_accepting_twice_accepts_once(post, tomas, olga):
    answer = answers_to_review().get()
    assert accept_answer(answer, by=tomas, now=NOON)
    assert not accept_answer(answer, by=olga, now=NOON)
    assert Decision.objects.get().decided_by == tomas


def test_an_answer_that_was_said_already_is_followed_by_a_new_one(post, tomas):
    run("feedback")
    OutboxPost.objects.update(said_version=1)
    accept_answer(answers_to_review().get(), by=tomas, now=NOON)
    run("feedback")
    first, second = said_about(post)
    assert "A tutor will read" in first
    assert "Well done" in second


def test_an_answer_that_was_not_said_yet_changes_its_words(post, tomas):
    run("feedback")
    accept_answer(answers_to_review().get(), by=tomas, now=NOON)
    run("feedback")
    (only,) = said_about(post)
    assert "Well done" in only


def test_asking_for_more_says_what_is_missing_and_an_edit_comes_back(post, tomas):
    answer = answers_to_review().get()
    assert ask_for_more(answer, by=tomas, note="Add a thank-you.", now=NOON)
    assert not ask_for_more(answer, by=tomas, note="Again", now=NOON)
    (text,) = said_about(post)
    assert "Tomas has read your answer" in text and "Add a thank-you." in text
    run("feedback")
    assert len(said_about(post)) == 1
    Post.objects.filter(pk=post.pk).update(text="Merci !", fingerprint="edited")
    run("screen")
    assert answers_to_review().get() == answer


def test_whoever_refuses_bots_hears_of_it_on_the_page_alone(post, tomas):
    post.author.refuses_bots = True
    post.author.save()
    accept_answer(answers_to_review().get(), by=tomas, now=NOON)
    assert said_about(post) == []


def test_a_missed_post_is_attached_and_judged(social, page, olga):
    post = said("Sans mot-dièse", on=social)
    run("screen")
    screening = attach_post(post, challenge_of(page), by=olga, now=NOON)
    assert screening.decision == Screening.Match.MATCHED
    assert screening.detector == Screening.Detector.BY_HAND
    assert answers_to_review().get().post == post
    Post.objects.update(answered_fingerprint="")
    run("screen")
    assert Screening.objects.get(post=post).detector == Screening.Detector.BY_HAND


def test_attaching_does_not_override_a_persons_own_wish(social, page, post, olga):
    Participant.objects.filter(pk=person_behind(post.author).pk).update(consent=Consent.NOTHING)
    screening = attach_post(post, challenge_of(page), by=olga, now=NOON)
    assert screening.decision == Screening.Match.REFUSED
    assert not Submission.objects.exists()


def test_a_wrong_answer_is_taken_out_for_good_until_it_is_attached(page, post, olga):
    assert detach_post(post, by=olga, note="A joke", now=NOON)
    assert not detach_post(post, by=olga, now=NOON)
    Post.objects.update(answered_fingerprint="")
    run("screen")
    assert not Submission.objects.exists()
    attach_post(post, challenge_of(page), by=olga, now=NOON)
    assert answers_to_review().get().post == post
    actions = Decision.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["detach", "attach"]


def test_a_post_is_found_by_the_address_that_people_copy(post):
    assert find_post(post.url, now=NOON) == post
    assert find_post(post.uri, now=NOON) == post


def test_a_post_of_the_practice_timeline_is_found_by_the_address_of_its_page(practice, nia, now):
    own = write_post(nia.accounts.get(), text="Le bruit du frigo", now=now)
    pages = f"{practice.server_url}/fr/timeline/@{own.author.handle}/{own.number}/"
    assert find_post(pages, now=NOON) == own
    with pytest.raises(PostNotFound):
        find_post(f"{practice.server_url}/fr/timeline/@nobody/1/", now=NOON)


def test_a_private_post_is_not_shown_to_tutors(social, post):
    secret = said("Psst", on=social, visibility=Visibility.FOLLOWERS)
    social.is_enabled = False
    social.save()
    with pytest.raises(PostNotFound):
        find_post(secret.url, now=NOON)


def test_whoever_wants_to_be_forgotten_leaves_no_answer(post):
    forget_answers(person=person_behind(post.author))
    assert not Submission.objects.exists()
    assert Screening.objects.get(post=post).decision == Screening.Match.REFUSED
