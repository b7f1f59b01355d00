"""Rules changed: what would follow is shown first, and then done, told and on record."""

from datetime import timedelta

import pytest

from challenges.models import Decision, Rejudgement, Screening, Submission
from challenges.repair.rejudging import (
    AlreadyUnderWay,
    preview_rejudgement,
    rejudge_challenge,
    rejudge_post,
)
from challenges.repair.undoing import ask_to_undo
from challenges.reviewing import detach_post
from community.models import LearningEvent
from microblog.models import OutboxPost, Post
from microblog.steps import get_step
from tests.builders import NOON, a_connection
from tests.challenges.story import PHOTO, a_challenge, launched, level, reply, run

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def social(db):
    return a_connection(language="en")


@pytest.fixture
def page(social):
    return a_challenge(level("A photo", PHOTO))


@pytest.fixture
def start(page, social) -> Post:
    return launched(page, social)


@pytest.fixture
def answers(start, social) -> list[Post]:
    posts = [
        reply(start, "Voilà mon lac bleu", on=social, by="nia"),
        reply(start, "Ma cour d'école", on=social, by="rex", photos=["Une cour"]),
    ]
    run("screen", "credit", "feedback")
    return posts


def ask_for(page, *rules) -> None:
    """The organiser changes the rules of the only level, which keeps its id."""
    [block] = page.levels.raw_data
    changed = level("Anew", *rules) | {"id": block["id"]}
    page.levels = [changed]
    page.save_revision().publish()


def outcomes() -> dict[str, str]:
    rows = Submission.objects.values_list("account__handle", "outcome")
    return {handle.partition("@")[0]: outcome for handle, outcome in rows}


def test_the_preview_says_what_would_change_and_changes_nothing(page, answers):
    ask_for(page, ("link", {}))
    nobody = preview_rejudgement(page, now=LATER)
    ask_for(page)
    everybody = preview_rejudgement(page, now=LATER)
    assert nobody.total == 0 and nobody.strict == 1
    assert everybody.counts == {("not_yet", "with_tutor"): 1}
    assert [change.post for change in everybody.changes] == [answers[0]]
    assert everybody.read == everybody.posts == 2
    assert outcomes() == {"nia": "not_yet", "rex": "accepted"}
    assert not Decision.objects.exists()


def test_the_preview_comes_true(page, answers, olga):
    ask_for(page, ("hashtags", {"hashtags": []}))
    Post.objects.filter(pk=answers[0].pk).update(hashtags=["lac"])
    preview = preview_rejudgement(page, now=LATER)
    rejudge_challenge(page, by=olga, now=LATER)
    run("rejudge", "credit", "feedback", now=LATER)
    assert preview.counts == {("not_yet", "accepted"): 1}
    assert outcomes() == {"nia": "accepted", "rex": "accepted"}
    done = Rejudgement.objects.get()
    assert (done.posts, done.judged, done.changed) == (2, 2, 1)
    assert done.finished_at == LATER
    decision = Decision.objects.get()
    assert (decision.action, decision.decided_by, decision.post) == ("rejudge", olga, answers[0])
    praise = OutboxPost.objects.get(in_reply_to=answers[0])
    assert "Well done" in praise.text


def test_posts_that_answered_nothing_are_found_by_a_new_hashtag(page, start, social, olga):
    stray = reply(start, "#mesLacs", on=social, by="nia", hashtags=("meslacs",), photos=["Un lac"])
    Post.objects.filter(pk=stray.pk).update(parent=None, root=None, parent_uri="")
    run("screen")
    assert not Submission.objects.exists()
    page.hashtags = "mesLacs"
    page.save_revision().publish()
    rejudge_challenge(page, by=olga, now=LATER)
    run("rejudge", now=LATER)
    assert outcomes() == {"nia": "accepted"}


def test_one_new_judgement_at_a_time(page, answers, olga):
    rejudge_challenge(page, by=olga, now=LATER)
    with pytest.raises(AlreadyUnderWay):
        rejudge_challenge(page, by=olga, now=LATER)
    run("rejudge", now=LATER)
    assert rejudge_challenge(page, by=olga, now=LATER).finished_at is None


def test_a_new_judgement_is_taken_back_whole(page, answers, olga, tomas):
    ask_for(page, ("hashtags", {"hashtags": []}))
    Post.objects.update(hashtags=["lac"])
    rejudge_challenge(page, by=olga, now=LATER)
    run("rejudge", "credit", now=LATER)
    passed = LearningEvent.objects.filter(kind="level_accepted")
    assert passed.standing().count() == 2
    done = Rejudgement.objects.get()
    assert ask_to_undo(done, by=tomas, now=LATER)
    assert not ask_to_undo(done, by=olga, now=LATER)
    run("rejudge", "credit", now=LATER)
    assert outcomes() == {"nia": "not_yet", "rex": "accepted"}
    assert [event.post for event in passed.standing()] == [answers[1]]
    done.refresh_from_db()
    assert done.undone_at == LATER
    assert Decision.objects.get(action="undo").decided_by == tomas


def test_what_somebody_decided_since_is_left_alone_when_a_judgement_is_taken_back(
    page, answers, olga
):
    ask_for(page, ("hashtags", {"hashtags": []}))
    Post.objects.update(hashtags=["lac"])
    rejudge_challenge(page, by=olga, now=LATER)
    run("rejudge", now=LATER)
    detach_post(answers[0], by=olga, now=LATER)
    ask_to_undo(Rejudgement.objects.get(), by=olga, now=LATER)
    run("rejudge", now=LATER)
    assert outcomes() == {"rex": "accepted"}
    assert Screening.objects.get(post=answers[0]).decision == "detached"


def test_one_post_is_judged_anew(page, answers, tomas):
    assert rejudge_post(answers[0], by=tomas, now=LATER) == []
    ask_for(page, ("hashtags", {"hashtags": []}))
    Post.objects.filter(pk=answers[0].pk).update(hashtags=["lac"])
    post = Post.objects.get(pk=answers[0].pk)
    [change] = rejudge_post(post, by=tomas, now=LATER)
    assert (change.level_number, change.before, change.after) == (1, "not_yet", "accepted")
    assert Decision.objects.get().decided_by == tomas


def test_a_batch_costs_the_same_whatever_its_size(page, start, social, olga, count_queries):
    costs = []
    for people in (3, 40):
        for number in range(people):
            reply(start, "Voilà", on=social, by=f"rex{people}_{number}")
        ask_for(page, PHOTO)
        run("screen")
        ask_for(page, ("hashtags", {"hashtags": []}))
        Post.objects.exclude(pk=start.pk).update(hashtags=["lac"])
        rejudge_challenge(page, by=olga, now=LATER)
        costs.append(count_queries(lambda: get_step("rejudge").run(LATER)))
        run("rejudge", now=LATER)
    assert Rejudgement.objects.latest("pk").changed == 40
    assert costs[0] == costs[1]
