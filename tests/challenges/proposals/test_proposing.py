"""An idea of the community: written here or posted, reviewed in Wagtail's workflow, credited."""

from dataclasses import replace
from uuid import uuid4

import pytest
from wagtail.models import WorkflowState

from challenges.launching import launch_challenge
from challenges.models import ChallengePage, MiniChallengePage, PhotoRiddlePage, Proposal
from challenges.proposals.pages import Idea
from challenges.proposals.proposing import MOST_WAITING, propose, propose_again, withdraw
from community.consent import change_consent
from community.models import Consent, LearningEvent, Participant
from microblog.models import OutboxPost, Post
from microblog.steps import get_step
from tests.builders import NOON, a_connection, said
from tests.challenges.building import a_photo, a_site
from tests.challenges.story import person_behind, run

pytestmark = pytest.mark.django_db
WINDOW = Idea(title="Ma fenêtre", intro="Montre ce que tu vois.", language="fr", rules=["photo"])


@pytest.fixture(autouse=True)
def site(db) -> None:
    a_site("fr")


@pytest.fixture
def proposal(nia) -> Proposal:
    return propose(WINDOW, by=nia.participant, ticket=uuid4())


def state_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def decide(page: ChallengePage, by, *, approve: bool, comment: str = "") -> None:
    task = page.specific.current_workflow_task_state
    if approve:
        task.approve(user=by, comment=comment)
    else:
        task.reject(user=by, comment=comment)
    run("propose")


def test_an_idea_becomes_a_draft_under_review(proposal, nia):
    page = proposal.page.specific
    assert isinstance(page, MiniChallengePage)
    assert (page.live, page.title, page.intro) == (False, "Ma fenêtre", "Montre ce que tu vois.")
    [level] = page.level_specs()
    assert [spec.key for spec in level.specs] == ["photo"]
    assert page.proposed_by == nia.participant
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert state_of(proposal) == "waiting"


def test_an_idea_of_several_lines_opens_in_the_editor(nia, olga, client):
    idea = replace(WINDOW, task="Ouvre la fenêtre.\nPuis <raconte>.\n\nSans te presser.")
    page = propose(idea, by=nia.participant, ticket=uuid4()).page
    client.force_login(olga)
    answer = client.get(f"/admin/pages/{page.pk}/edit/")
    assert answer.status_code == 200
    assert "Sans te presser." in answer.content.decode()


def test_an_approved_idea_is_a_challenge_and_its_author_credited(proposal, nia, olga):
    decide(proposal.page, olga, approve=True)
    assert state_of(proposal) == "accepted"
    assert ChallengePage.objects.get(pk=proposal.page_id).live
    deed = LearningEvent.objects.get(kind="proposed")
    assert deed.participant == nia.participant
    run("propose")
    assert LearningEvent.objects.filter(kind="proposed").count() == 1


def test_every_launch_says_whose_idea_it_was(proposal, nia, olga):
    a_connection(language="fr")
    decide(proposal.page, olga, approve=True)
    page = proposal.page.specific
    page.refresh_from_db()
    launch_challenge(page, by=olga, now=NOON)
    launch_challenge(page, by=olga, now=NOON, again=True)
    run("launch")
    assert all("Nia" in promise.text for promise in OutboxPost.objects.filter(kind="launch"))


def test_whoever_is_not_shown_is_not_named(proposal, nia, olga):
    a_connection(language="fr")
    Participant.objects.filter(pk=nia.participant.pk).update(consent=Consent.COUNT)
    decide(proposal.page, olga, approve=True)
    launch_challenge(ChallengePage.objects.get().specific, by=olga, now=NOON)
    run("launch")
    assert "Nia" not in OutboxPost.objects.get(kind="launch").text


def test_what_is_sent_back_is_said_better(proposal, nia, olga):
    decide(proposal.page, olga, approve=False, comment="Avec un exemple ?")
    assert state_of(proposal) == "returned"
    better = Idea(title="Ma fenêtre", intro="Par exemple un toit.", language="fr", rules=["photo"])
    proposal.refresh_from_db()
    assert propose_again(proposal, better)
    assert not propose_again(proposal, better), "a second click finds it sent"
    run("propose")
    assert state_of(proposal) == "waiting"
    decide(proposal.page, olga, approve=True)
    assert ChallengePage.objects.get(pk=proposal.page_id).intro == "Par exemple un toit."


def test_a_double_click_is_one_idea(nia):
    ticket = uuid4()
    first = propose(WINDOW, by=nia.participant, ticket=ticket)
    assert propose(WINDOW, by=nia.participant, ticket=ticket) == first
    assert MiniChallengePage.objects.count() == 1


def test_two_ideas_of_one_title_have_two_addresses(nia, tomas):
    for person in (nia, tomas):
        propose(WINDOW, by=person.participant, ticket=uuid4())
    assert len(set(ChallengePage.objects.values_list("slug", flat=True))) == 2


def test_a_riddle_asks_for_its_answer(nia):
    idea = Idea(
        title="Là-haut",
        intro="Qu'est-ce qui brille ?",
        language="fr",
        is_riddle=True,
        answers="phare",
        hints=["Près de l'eau"],
        photo=a_photo(),
    )
    page = propose(idea, by=nia.participant, ticket=uuid4()).page.specific
    assert isinstance(page, PhotoRiddlePage)
    assert (page.question, page.secrets[0]) == ("Qu'est-ce qui brille ?", ["phare"])
    assert page.level_specs()[0].asks_riddle


def test_it_is_taken_back_once(proposal):
    assert withdraw(proposal, now=NOON)
    assert not withdraw(proposal, now=NOON)
    assert state_of(proposal) == "withdrawn"
    assert proposal.page.specific.current_workflow_state is None


def test_a_draft_that_is_thrown_away_is_declined(proposal):
    proposal.page.specific.delete()
    run("propose")
    assert state_of(proposal) == "declined"
    assert not LearningEvent.objects.filter(kind="proposed").exists()


def test_a_post_with_the_hashtag_is_a_proposal(nia):
    text = "Photographier son petit-déjeuner sans le nommer ! Les autres devinent. #monDefi"
    post = said(text, on=a_connection(), by="rex", hashtags=("mondefi",))
    run("screen", "propose")
    run("screen", "propose")
    proposal = Proposal.objects.get()
    assert (proposal.post, proposal.state) == (post, "waiting")
    assert proposal.title == "Photographier son petit-déjeuner sans le nommer !"
    assert "#monDefi" not in proposal.page.specific.intro
    assert proposal.proposer == person_behind(post.author)


def test_a_post_that_was_taken_back_meanwhile_is_no_proposal():
    post = said("Une idée de défi #monDefi", on=a_connection(), hashtags=("mondefi",))
    run("screen")
    Post.objects.filter(pk=post.pk).update(deleted_at=NOON)
    run("propose")
    assert Proposal.objects.get().state == "withdrawn"
    assert not MiniChallengePage.objects.exists()


def test_whoever_wants_nothing_kept_proposes_nothing():
    social = a_connection()
    first = said("Bonjour à vous", on=social, hashtags=("envol",))
    run("screen")
    change_consent(person_behind(first.author), Consent.NOTHING, now=NOON)
    said("Une idée de défi #monDefi", on=social, hashtags=("mondefi",))
    run("screen", "propose")
    assert not Proposal.objects.exists()


def test_nobody_floods_the_organisers_desk_with_posts():
    social = a_connection()
    for number in range(MOST_WAITING + 3):
        said(f"Idée {number} #monDefi", on=social, hashtags=("mondefi",))
        if number % 4 == 0:
            run("screen")
    run("screen")
    assert Proposal.objects.count() == MOST_WAITING
    Proposal.objects.update(state=Proposal.State.DECLINED)
    said("Une idée de plus #monDefi", on=social, hashtags=("mondefi",))
    run("screen")
    assert Proposal.objects.count() == MOST_WAITING + 1


def test_hearing_costs_the_same_whatever_the_batch(count_queries):
    social = a_connection()
    costs = []
    for posts in (1, 2, 60):  # the first warms what is remembered
        for number in range(posts):
            by = f"rex{posts}_{number}"
            said(f"Idée {number} #monDefi", on=social, by=by, hashtags=("mondefi",))
        costs.append(count_queries(lambda: get_step("screen").run(NOON)))
    assert Proposal.objects.count() == 63
    assert costs[1] == costs[2]
