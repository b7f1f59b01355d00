"""The pages: volunteering, one's mentees, asking for a tutor, who is there."""

import re

import pytest
from django.urls import reverse

from community.learning import NewEvent, log_learning_events
from community.models import Help, LearningEvent, Load, Mentorship, Praise, Tutoring, TutorRequest
from community.tutoring.access import may_tutor
from community.tutoring.assigning import assign_tutors
from community.tutoring.handing_over import offer_mentee
from microblog.models import Account, Post
from microblog.timeline.services import write_post
from tests.community.tutoring.building import a_newcomer, a_tutor, given

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea(db):
    return a_tutor("lea", Load.NORMAL)


@pytest.fixture
def nia(db):
    return a_newcomer("nia")


def sign_in(client, person):
    client.force_login(person.user)
    return client


def text_of(answer) -> str:
    page = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_whoever_is_aboard_and_shown_volunteers(client, nia):
    sign_in(client, nia)
    assert not may_tutor(nia.user)
    answer = client.post("/en/tutoring/profile/", {"load": "light", "languages": ["fr", "en"]})
    assert answer["Location"] == "/en/tutoring/mentees/"
    tutoring = Tutoring.objects.get()
    assert (tutoring.places, tutoring.languages) == (1, ["fr", "en"])
    assert may_tutor(nia.user)
    assert client.get("/en/tutoring/mentees/").status_code == 200


TABS = {f"/en/tutoring/{page}" for page in ("", "tips/", "mentees/", "profile/")}


def tabs_on(page: str) -> tuple[set[str], list[str]]:
    """Where the tutors' tabs lead, and which of them is the page one is on."""
    tabs = re.findall(r'class="tabs__link" href="([^"]+)"( aria-current="page")?', page)
    return {address for address, _here in tabs}, [address for address, here in tabs if here]


@pytest.mark.parametrize("address", sorted(TABS))
def test_each_of_the_tutors_pages_leads_to_the_others(client, lea, address):
    page = sign_in(client, lea.participant).get(address).content.decode()
    assert tabs_on(page) == (TABS, [address])


def test_who_is_no_tutor_yet_sees_no_tabs_that_are_closed_to_them(client, nia):
    page = sign_in(client, nia).get("/en/tutoring/profile/").content.decode()
    assert tabs_on(page) == (set(), [])


@pytest.mark.parametrize("change", [{"embarked_at": None}, {"consent": "count"}])
def test_who_is_not_shown_or_not_aboard_reads_what_to_do_first(client, change):
    person = a_newcomer("zoe", **change)
    sign_in(client, person)
    client.post("/en/tutoring/profile/", {"load": "light", "languages": ["fr"]})
    assert not Tutoring.objects.exists()
    assert "Two things first" in text_of(client.get("/en/tutoring/profile/"))


WRONG = [
    ({"load": "all", "languages": ["fr"]}, "load"),
    ({"load": "light", "languages": []}, "languages"),
    ({"load": "light", "languages": ["xx"]}, "languages"),
    ({"load": "light", "languages": ["fr"], "topics": ["cooking"]}, "topics"),
    ({"load": "light", "languages": ["fr"], "away_until": "2026-05-04"}, "away_from"),
    (
        {
            "load": "light",
            "languages": ["fr"],
            "away_from": "2026-05-04",
            "away_until": "2026-05-03",
        },
        "away_until",
    ),
]


@pytest.mark.parametrize("data, field", WRONG)
def test_what_cannot_be_is_said_at_its_field(client, nia, data, field):
    answer = sign_in(client, nia).post("/en/tutoring/profile/", data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_paused_a_tutor_sees_nobody(client, lea, now):
    Tutoring.objects.update(paused_at=now)
    sign_in(client, lea.participant)
    assert client.get("/en/tutoring/mentees/").status_code == 403
    assert "An organiser has paused" in text_of(client.get("/en/tutoring/profile/"))
    client.post("/en/tutoring/profile/", {"load": "full", "languages": ["fr"]})
    assert Tutoring.objects.get().load == Load.NORMAL


def test_stopping_in_a_click(client, lea, nia):
    given(nia)
    sign_in(client, lea.participant).post("/en/tutoring/profile/stop/")
    assert not may_tutor(lea.participant.user)
    assert not Mentorship.objects.going_on().exists()


CLOSED = [
    ("mentees", ()),
    ("hand_over", (1,)),
]


@pytest.mark.parametrize("name, args", CLOSED)
def test_tutors_pages_are_for_tutors(client, nia, name, args):
    address = reverse(f"tutoring:{name}", args=args)
    assert client.get(address).status_code == 302
    assert sign_in(client, nia).get(address).status_code == 403


DOORS = ["celebrated", "answer_offer", "hand_over"]


@pytest.mark.parametrize("name", DOORS)
def test_nobody_acts_on_somebody_elses_mentorship(client, lea, nia, name, now):
    one = given(nia)
    stranger = a_tutor("omar").participant
    answer = sign_in(client, stranger).post(
        reverse(f"tutoring:{name}", args=[one.pk]), {"accept": "1", "to": stranger.pk}
    )
    assert answer.status_code in (302, 404)
    one.refresh_from_db()
    assert (one.tutor, one.ended_at, one.celebrated_at) == (lea.participant, None, None)


ASKING = ["ask", "not_now", "leave", "share", "stop"]


@pytest.mark.parametrize("name", ASKING)
def test_changes_are_posted_by_people_who_are_signed_in(client, nia, name):
    address = reverse(f"tutoring:{name}")
    assert "/accounts/login/" in client.post(address)["Location"]
    assert sign_in(client, nia).get(address).status_code == 405


def test_asking_for_a_tutor_and_meeting_them_in_the_logbook(client, lea, nia, now):
    sign_in(client, nia)
    assert "Would you like somebody beside you?" in text_of(client.get("/en/logbook/"))
    client.post("/en/tutoring/mine/ask/")
    assert "A tutor is on the way" in text_of(client.get("/en/logbook/"))
    assign_tutors(now)
    assert "@lea" in text_of(client.get("/en/logbook/"))
    assert "is your tutor now" in text_of(client.get("/en/timeline/notifications/"))
    client.post("/en/tutoring/mine/leave/", {"alone": "1"})
    assert not Mentorship.objects.going_on().exists()
    assert not TutorRequest.objects.exclude(asked_at=None).exists()


def test_not_now_keeps_the_logbook_quiet(client, lea, nia):
    sign_in(client, nia).post("/en/tutoring/mine/later/")
    assert "Would you like somebody" not in text_of(client.get("/en/logbook/"))


def test_nobody_is_offered_who_is_not_there(client, nia):
    assert "Would you like somebody" not in text_of(sign_in(client, nia).get("/en/logbook/"))


def test_one_may_ask_when_coming_aboard(client, practice):
    person = a_newcomer("zoe", embarked_at=None)
    data = {"name": "Zoé", "language": "fr", "consent": "show", "wants_tutor": "on"}
    sign_in(client, person).post("/en/embark/", data)
    assert TutorRequest.objects.get().participant == person


def test_sharing_with_ones_tutor_alone(client, lea, now):
    shy = a_newcomer("ines", consent="count")
    given(shy)
    sign_in(client, shy).post("/en/tutoring/mine/share/", {"share": "1"})
    assert Mentorship.objects.get().shares_progress
    client.post("/en/tutoring/mine/share/", {"keep": "1"})
    assert not Mentorship.objects.get().shares_progress


@pytest.fixture
def solved(lea, nia, now):
    """Nia, whom Lea accompanies, has just passed a level."""
    given(nia)
    account = Account.objects.get(link__participant=nia)
    post = write_post(account, text="Voilà mon défi", now=now)
    [event] = log_learning_events(
        [
            NewEvent(
                kind=LearningEvent.Kind.LEVEL_ACCEPTED,
                source_key="1",
                participant_id=nia.pk,
                occurred_at=now.replace(year=2099),
                post_id=post.pk,
            )
        ]
    )
    return event


def test_a_warm_word_ready_to_send(client, lea, solved):
    sign_in(client, lea.participant)
    page = text_of(client.get("/en/tutoring/mentees/"))
    assert "Nia passed a level of a challenge" in page
    client.post(f"/en/tutoring/praise/{solved.pk}/", {"say": "1", "words": "@nia Bravo !"})
    said = Post.objects.get(parent=solved.post)
    assert (said.text, said.author.handle) == ("@nia Bravo !", "lea")
    client.post(f"/en/tutoring/praise/{solved.pk}/", {"say": "1", "words": "@nia Encore"})
    assert Post.objects.filter(parent=solved.post).count() == 1
    assert "passed a level" not in text_of(client.get("/en/tutoring/mentees/"))


def test_a_warm_word_put_away(client, lea, solved):
    sign_in(client, lea.participant).post(f"/en/tutoring/praise/{solved.pk}/", {"dismiss": "1"})
    assert Praise.objects.get().was_said is False
    assert not Post.objects.filter(parent=solved.post).exists()


def test_what_is_kept_to_oneself_is_no_occasion(client, lea, solved, nia):
    nia.consent = "count"
    nia.save()
    page = text_of(sign_in(client, lea.participant).get("/en/tutoring/mentees/"))
    assert "passed a level" not in page


def test_thanks_are_read_by_name_only_of_those_who_show(client, lea, nia, now):
    account = Account.objects.get(link__participant=lea.participant)
    reply = write_post(account, text="Regarde là", now=now)
    Help.objects.create(
        reply=reply,
        helper=lea.participant,
        helped=nia,
        topic="question",
        confirmed_at=now,
        confirmed_by="thanks",
    )
    sign_in(client, lea.participant)
    assert "Nia thanked you" in text_of(client.get("/en/tutoring/mentees/"))
    nia.consent = "count"
    nia.save()
    assert "A newcomer thanked you" in text_of(client.get("/en/tutoring/mentees/"))


def test_handing_over_by_pages(client, lea, nia, now):
    one = given(nia)
    omar = a_tutor("omar").participant
    sign_in(client, lea.participant)
    address = f"/en/tutoring/mentees/{one.pk}/hand-over/"
    assert "Omar" in text_of(client.get(address))
    client.post(address, {"to": omar.pk})
    client.logout()
    sign_in(client, omar)
    assert "Would you go on with Nia?" in text_of(client.get("/en/tutoring/mentees/"))
    client.post(f"/en/tutoring/offers/{one.pk}/", {"accept": "1"})
    assert Mentorship.objects.going_on().get().tutor == omar


def test_who_would_rather_not(client, lea, nia, now):
    one = given(nia)
    omar = a_tutor("omar").participant
    offer_mentee(one, to=omar, now=now)
    sign_in(client, omar).post(f"/en/tutoring/offers/{one.pk}/", {"decline": "1"})
    one.refresh_from_db()
    assert (one.tutor, one.offered_to) == (lea.participant, None)


def test_the_tutors_of_this_mooc_are_public(client, lea):
    a_tutor("omar", Load.NONE)
    shy = a_tutor("shy").participant
    shy.consent = "count"
    shy.save()
    page = text_of(client.get("/en/tutoring/tutors/"))
    assert "Lea" in page and "Omar" in page and "Shy" not in page
    assert page.count("Has a place for you") == 1


def test_the_page_of_tutors_costs_the_same_for_few_and_many(client, lea, count_queries):
    client.get("/en/tutoring/tutors/")
    few = count_queries(lambda: client.get("/en/tutoring/tutors/"))
    for number in range(6):
        a_tutor(f"t{number}")
    assert count_queries(lambda: client.get("/en/tutoring/tutors/")) == few
