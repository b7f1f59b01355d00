"""Who waits for a person, and why."""

import pytest

from challenges.screening import screen_posts
from community.consent import change_consent
from community.linking import merge_participants
from community.models import Consent, LiveEvent, Need, NeedReason, Participant
from community.tutoring.tending import tend
from microblog.gateways.base import Visibility
from microblog.models import Account, Post
from microblog.timeline.services import delete_post, edit_post
from tests.builders import NOON, a_connection, a_user, said
from tests.community.tutoring.waiting import (
    aboard,
    account_of,
    kinds_of,
    minutes,
    need_of,
    person_of,
    says,
)

pytestmark = pytest.mark.django_db
LATER = NOON + minutes(60)


@pytest.fixture(autouse=True)
def heard(practice):
    """The site has a voice here."""
    return practice


@pytest.fixture
def newcomer(nia):
    return aboard(nia)


def test_a_first_post_waits_for_an_answer(newcomer):
    post = says(newcomer, "Bonjour tout le monde")
    assert kinds_of(newcomer) == {"unanswered", "first_post"}
    need = need_of(newcomer)
    assert (need.post, need.since, need.network) == (post, NOON, "practice")


def test_several_posts_are_one_person_who_waits(newcomer):
    for number in range(5):
        says(newcomer, f"Message {number}", at=NOON + minutes(number))
    assert Need.objects.waiting().count() == 1
    assert need_of(newcomer).since == NOON


def test_an_answer_of_a_person_ends_the_wait(newcomer, tomas):
    post = says(newcomer, "Bonjour")
    says(tomas, "@nia Bienvenue !", to=post, at=LATER)
    need = Need.objects.get(person__user=newcomer)
    assert (need.closed_at, need.ending) == (LATER, "answered")


def test_an_answer_of_the_bot_is_none(newcomer, practice):
    post = says(newcomer, "Bonjour")
    Post.objects.create(
        network="practice",
        uri="https://envol.example/@envol/1",
        author=practice.account,
        parent=post,
        root=post,
        said_at=LATER,
        fingerprint="1",
    )
    says(newcomer, "Encore moi", at=LATER)
    assert kinds_of(newcomer) == {"unanswered", "first_post"}


def test_ones_own_thread_is_no_answer(newcomer):
    post = says(newcomer, "Bonjour")
    says(newcomer, "Suite", to=post, at=LATER)
    assert "unanswered" in kinds_of(newcomer)


def test_whoever_was_answered_once_waits_for_a_question_only(newcomer, tomas):
    says(tomas, "@nia Bienvenue !", to=says(newcomer, "Bonjour"), at=LATER)
    says(newcomer, "Il fait beau", at=LATER + minutes(1))
    assert kinds_of(newcomer) == set()
    says(newcomer, "Comment faire un fil ? #Envol", at=LATER + minutes(2))
    assert kinds_of(newcomer) == {"question"}


def test_an_old_first_post_that_is_heard_late_greets_nobody_twice(newcomer, tomas):
    says(tomas, "@nia Bienvenue !", to=says(newcomer, "Bonjour"), at=LATER)
    says(newcomer, "Mon vrai premier message", at=NOON - minutes(10))
    assert kinds_of(newcomer) == set()


def test_a_question_waits_for_an_answer_in_its_own_thread(newcomer, tomas):
    first = says(newcomer, "Bonjour")
    question = says(newcomer, "Comment faire un fil ? #Envol", at=NOON + minutes(1))
    says(tomas, "@nia Bienvenue !", to=first, at=LATER)
    assert kinds_of(newcomer) == {"question"}
    assert need_of(newcomer).post == question
    says(tomas, "@nia Réponds-toi.", to=question, at=LATER)
    assert kinds_of(newcomer) == set()


def test_a_question_mark_in_an_address_asks_nothing(newcomer, tomas):
    says(tomas, "@nia Bienvenue !", to=says(newcomer, "Bonjour"), at=LATER)
    says(newcomer, "À lire : https://example.org/?page=2 #Envol", at=LATER)
    assert kinds_of(newcomer) == set()


def test_an_edit_may_take_the_question_out(newcomer, tomas):
    says(tomas, "@nia Bienvenue !", to=says(newcomer, "Bonjour"), at=LATER)
    post = says(newcomer, "Comment ? #Envol", at=LATER)
    edit_post(post, text="J'ai trouvé #Envol", now=LATER)
    says(tomas, "Voilà", at=LATER)
    assert kinds_of(newcomer) == set()


def test_an_edit_doesnt_bring_back_what_was_answered(newcomer, tomas):
    post = says(newcomer, "Bonjour")
    says(tomas, "@nia Bienvenue !", to=post, at=LATER)
    edit_post(post, text="Bonjour à vous tous", now=LATER)
    says(tomas, "Il pleut", at=LATER)
    assert kinds_of(newcomer) == set()


def test_a_stranger_who_asks_us_becomes_known(practice):
    social = a_connection()
    said("Ça marche comment ? #Envol", on=social, hashtags=("envol",))
    screen_posts(NOON)
    need = Need.objects.waiting().get()
    assert need.network == "mastodon"
    assert not need.person.shows


def test_a_stranger_who_speaks_of_something_else_stays_unknown():
    said("Ça marche ?", on=a_connection())
    screen_posts(NOON)
    assert not Need.objects.exists()
    assert not Participant.objects.exists()


@pytest.mark.parametrize("visibility", [Visibility.FOLLOWERS, Visibility.DIRECT])
def test_private_posts_never_come_here(newcomer, visibility):
    says(newcomer, "Bonjour ?", visibility=visibility)
    assert not Need.objects.exists()


def test_people_who_refuse_bots_are_left_alone(newcomer):
    Account.objects.filter(user=newcomer).update(refuses_bots=True)
    says(newcomer, "Bonjour")
    assert not Need.objects.exists()


def test_whoever_wants_nothing_kept_leaves_the_queue(newcomer):
    says(newcomer, "Bonjour")
    change_consent(person_of(newcomer), Consent.NOTHING, now=LATER)
    assert not Need.objects.exists()
    says(newcomer, "Encore", at=LATER)
    assert not Need.objects.exists()


def test_a_post_taken_back_leaves_the_queue_at_once_and_is_tidied_later(newcomer):
    post = says(newcomer, "Bonjour")
    delete_post(post, now=LATER)
    assert not Need.objects.shown(now=LATER).exists()
    assert tend(LATER)
    assert Need.objects.get().ending == "gone"
    assert tend(LATER) == 0


def test_after_two_months_nobody_waits_any_more(newcomer):
    says(newcomer, "Bonjour")
    tend(NOON + minutes(61 * 24 * 60))
    assert not Need.objects.waiting().exists()


@pytest.fixture
def event(now):
    return LiveEvent.objects.create(
        title="La tête au carré",
        hashtag="LaTete",
        starts_at=NOON - minutes(5),
        ends_at=NOON + minutes(60),
    )


def greeted(newcomer, tomas):
    """So that nothing but the event makes them wait."""
    says(
        tomas,
        "@nia Bienvenue !",
        to=says(newcomer, "Bonjour", at=NOON - minutes(30)),
        at=NOON - minutes(20),
    )


def test_during_an_event_a_newcomer_waits_after_ten_minutes(newcomer, tomas, event):
    greeted(newcomer, tomas)
    for number in range(4):
        says(newcomer, f"Je suis en direct {number} #LaTete", at=NOON + minutes(number))
    assert not Need.objects.shown(now=NOON + minutes(9)).exists()
    tend(NOON + minutes(10))
    need = Need.objects.shown(now=NOON + minutes(10)).get()
    assert need.rank == Need.LIVE_FIRST
    assert NeedReason.objects.filter(kind="live", closed_at=None).count() == 1


def test_an_answer_during_the_event_ends_the_wait(newcomer, tomas, event):
    greeted(newcomer, tomas)
    says(newcomer, "Première phrase #LaTete")
    second = says(newcomer, "Deuxième phrase #LaTete", at=NOON + minutes(1))
    says(tomas, "@nia Bien vu, cite qui parle", to=second, at=NOON + minutes(2))
    assert not Need.objects.waiting().exists()
    says(newcomer, "Troisième phrase #LaTete", at=NOON + minutes(3))
    assert kinds_of(newcomer) == {"live"}


def test_what_was_live_passes_with_the_event(newcomer, tomas, event):
    greeted(newcomer, tomas)
    says(newcomer, "Première phrase #LaTete")
    tend(NOON + minutes(61))
    assert not Need.objects.waiting().exists()


def test_a_batch_costs_the_same_whatever_its_size_and_history(
    newcomer, tomas, event, count_queries
):
    def batch(size: int, at) -> int:
        for number in range(size):
            says(newcomer, f"Quoi {number} ? #LaTete #Envol", at=at, heard=False)
        return count_queries(lambda: screen_posts(at))

    greeted(newcomer, tomas)
    batch(3, NOON)
    assert batch(4, NOON + minutes(1)) == batch(40, NOON + minutes(2))


def test_merged_people_wait_once(newcomer, tomas):
    other = aboard(a_user("nina"))
    says(newcomer, "Bonjour")
    says(other, "Bonjour aussi", at=NOON + minutes(1))
    merge_participants(person_of(other), into=person_of(newcomer))
    assert Need.objects.waiting().get().person == person_of(newcomer)
    assert account_of(other).posts.count() == 1
