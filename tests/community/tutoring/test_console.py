"""The console's pages: who may see them, what they show, what they cost."""

from uuid import uuid4

import pytest
from django.urls import reverse

from community.models import Claim, Mentorship, Need, Tip
from community.tutoring.listing import PAGE, Key
from microblog.models import Account, Post
from tests.builders import a_connection, a_user, said
from tests.community.tutoring.waiting import aboard, account_of, need_of, person_of, says

pytestmark = pytest.mark.django_db
CONSOLE = "/en/tutoring/"


@pytest.fixture(autouse=True)
def voice(practice):
    return practice


@pytest.fixture
def need(nia) -> Need:
    says(aboard(nia), "Bonjour, je débute")
    return need_of(nia)


@pytest.fixture
def desk(client, tomas):
    client.force_login(tomas)
    return client


def page(client, address: str = CONSOLE) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", [CONSOLE, "/en/tutoring/tips/", "/en/tutoring/tips/new/"])
def test_only_tutors_come_in(client, nia, tomas, address):
    assert "/accounts/login/" in client.get(address)["Location"]
    client.force_login(nia)
    assert client.get(address).status_code == 403
    client.force_login(tomas)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "action", ["claim", "prolong", "release", "answered", "aside", "back", "use_tip", "retire_tip"]
)
def test_every_action_is_for_tutors_and_by_post_alone(client, nia, need, tomas, action):
    tip = Tip.objects.create(title_fr="A", text_fr="B")
    args = {"use_tip": [need.pk, tip.pk], "retire_tip": [tip.pk]}.get(action, [need.pk])
    address = reverse(f"tutoring:{action}", args=args)
    client.force_login(nia)
    assert client.post(address).status_code == 403
    client.force_login(tomas)
    assert client.get(address).status_code == 405


def test_the_queue_says_who_waits_and_why(desk, need):
    shown = page(desk)
    assert "Nia" in shown
    assert "Nobody has ever answered them." in shown
    assert "This is their very first post." in shown
    assert "je débute" in shown


def test_an_empty_queue_thanks(desk):
    assert "Everybody has been answered" in page(desk)


def test_filters_narrow_and_count(desk, need, tomas):
    said("How does it work? #Envol", on=a_connection(), hashtags=("envol",), language="en")
    says(aboard(a_user("ben")), "Et moi ?")
    assert "Nia" in page(desk, f"{CONSOLE}?network=practice")
    assert "Nia" not in page(desk, f"{CONSOLE}?network=mastodon")
    assert "Nia" not in page(desk, f"{CONSOLE}?kind=question")
    assert "Rex" in page(desk, f"{CONSOLE}?kind=question")
    assert "Question (1)" in page(desk)
    assert "Nia" not in page(desk, f"{CONSOLE}?mine=1")


def test_mine_are_my_mentees(desk, need, nia, tomas, now):
    Mentorship.objects.create(
        tutor=person_of(tomas), mentee=person_of(nia), place=1, started_at=now
    )
    assert "Nia" in page(desk, f"{CONSOLE}?mine=1")


def test_unknown_wishes_ask_for_everything(desk, need):
    assert "Nia" in page(desk, f"{CONSOLE}?language=xx&network=xx&after=nonsense&mine=yes")
    assert "Nobody waits here" in page(desk, f"{CONSOLE}?kind=xx")
    assert "Nia" in page(desk, f"{CONSOLE}?kind=%00")


@pytest.mark.parametrize("text", ["", "1-2", "a-b-c", "1-2-3-4", "9-" + "9" * 30 + "-1"])
def test_odd_places_in_the_queue_are_none_or_harmless(text):
    key = Key.parse(text)
    assert key is None or Key.parse(str(key)) == key


def test_the_queue_is_paged_without_gaps(desk):
    for number in range(PAGE + 3):
        says(aboard(a_user(f"new{number}")), "Bonjour")
    first = desk.get(CONSOLE)
    second = desk.get(first.context["older_url"])
    names = [w.need.person.name for answer in (first, second) for w in answer.context["waiters"]]
    assert len(names) == len(set(names)) == PAGE + 3
    assert second.context["older_url"] == ""


def test_the_page_costs_the_same_for_one_and_for_many(desk, count_queries):
    says(aboard(a_user("first")), "Quoi ? #Envol")
    page(desk)
    few = count_queries(lambda: page(desk))
    for number in range(PAGE + 5):
        says(aboard(a_user(f"new{number}")), "Quoi ? #Envol")
    assert count_queries(lambda: page(desk)) == few


def test_claiming_leads_beside_them_and_others_see_it(desk, client, need, tomas, olga):
    answer = desk.post(reverse("tutoring:claim", args=[need.pk]))
    assert answer["Location"] == reverse("tutoring:answer", args=[need.pk])
    assert "You sit beside them for 15 more minutes." in page(desk, _answer(need))
    client.force_login(olga)
    assert "taken by Tomas for 15 more minutes" in page(client)
    assert "Tomas sits beside them" in page(client, _answer(need))
    client.post(reverse("tutoring:claim", args=[need.pk]))
    assert Claim.objects.get().tutor == person_of(tomas)


def _answer(need: Need) -> str:
    return f"{CONSOLE}answer/{need.pk}/"


def test_an_answer_is_said_here_and_the_queue_is_empty(desk, need, nia, tomas):
    desk.post(reverse("tutoring:claim", args=[need.pk]))
    form = desk.get(_answer(need)).context["form"]
    sent = {"text": "@nia Bienvenue !", "number": form["number"].value(), "to": need.post_id}
    answer = desk.post(_answer(need), sent, follow=True)
    assert "Your answer is with Nia" in answer.content.decode()
    said_now = account_of(tomas).posts.get()
    assert said_now.parent == need.post
    assert "Everybody has been answered" in page(desk)
    again = desk.post(_answer(need), sent, follow=True)
    assert "Somebody was there in time" in again.content.decode()
    assert account_of(tomas).posts.count() == 1


def test_an_empty_answer_is_asked_for_again(desk, need):
    desk.post(reverse("tutoring:claim", args=[need.pk]))
    answer = desk.post(_answer(need), {"text": " "})
    assert answer.status_code == 422
    assert Claim.objects.open().exists()


def test_words_arent_lost_where_another_sits_there_now(desk, client, need, tomas, olga):
    client.force_login(olga)
    client.post(reverse("tutoring:claim", args=[need.pk]))
    client.force_login(tomas)
    answer = client.post(_answer(need), {"text": "Mes mots précieux"})
    assert "Mes mots précieux" in answer.content.decode()
    assert account_of(tomas).posts.count() == 0


def test_a_tip_fills_the_composer(desk, need, nia):
    tip = Tip.objects.create(title_fr="Accueil", text_fr="Prends ton temps.", topics=["welcome"])
    desk.post(reverse("tutoring:claim", args=[need.pk]))
    assert "Prends ton temps." in page(desk, _answer(need))
    used = desk.post(reverse("tutoring:use_tip", args=[need.pk, tip.pk]), follow=True)
    assert used.context["form"]["text"].value() == "@nia Prends ton temps."
    assert Claim.objects.get().tip == tip


def test_elsewhere_the_words_are_ready_to_take_along(desk):
    said("How? #Envol", on=a_connection(), hashtags=("envol",), language="en")
    says(aboard(a_user("ben")), "Bonjour")
    need = Need.objects.get(network="mastodon")
    desk.post(reverse("tutoring:claim", args=[need.pk]))
    shown = page(desk, _answer(need))
    assert "@rex@social.example" in shown
    assert "I have answered" in shown
    assert need.post.url in shown
    desk.post(reverse("tutoring:answered", args=[need.pk]))
    assert not Need.objects.waiting().filter(network="mastodon").exists()


def test_nobody_is_led_to_posts_of_others(desk, need, tomas):
    other = says(tomas, "Un message à moi")
    answer = desk.get(f"{_answer(need)}?to={other.pk}")
    assert answer.context["post"] == need.post


def test_who_keeps_progress_to_themself_shows_none(desk, need, nia):
    assert "gestures mastered" in page(desk, _answer(need)) or "gesture mastered" in page(
        desk, _answer(need)
    )
    person_of(nia).__class__.objects.filter(user=nia).update(consent="count")
    assert "They keep their progress to themselves." in page(desk, _answer(need))


def test_the_head_counts_for_tutors_alone(desk, client, need, nia):
    assert "Who needs me" in page(desk, "/en/timeline/")
    client.force_login(nia)
    assert "Who needs me" not in page(client, "/en/timeline/")


def test_a_login_without_an_account_here_is_led_to_one(desk, need, tomas):
    desk.post(reverse("tutoring:claim", args=[need.pk]))
    Account.objects.filter(user=tomas).update(user=None)
    assert "Open an account here" in page(desk, _answer(need))


def test_the_queue_folds_away_what_answers_a_riddle(desk, need):
    assert "je débute" in page(desk)
    Post.objects.filter(pk=need.post_id).update(veil=uuid4())
    assert "je débute" not in page(desk)
    assert "Hides an answer" in page(desk)
