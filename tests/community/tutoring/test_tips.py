"""The library that tutors grow: finding, writing, changing and retiring tips."""

import pytest

from challenges.rules import RULES
from community.models import Need, Tip
from community.tutoring.kinds import UNANSWERED
from community.tutoring.listing import dress_needs
from community.tutoring.remarks import Remark
from community.tutoring.tips import search_tips, suggest_tips
from community.tutoring.topics import BY_KEY, TOPICS, topics_of_rules
from tests.community.tutoring.waiting import aboard, need_of, person_of, says

pytestmark = pytest.mark.django_db
TIPS = "/en/tutoring/tips/"


def a_tip(title: str, *topics: str, **fields) -> Tip:
    return Tip.objects.create(title_fr=title, text_fr=f"{title} !", topics=list(topics), **fields)


@pytest.fixture
def need(practice, nia, now) -> Need:
    says(aboard(nia), "Voici ma photo")
    need = need_of(nia)
    dress_needs([need], reader=None, now=now)
    return need


def titles(tips) -> list[str]:
    return [tip.title_fr for tip in tips]


def test_what_is_missing_weighs_more_than_words_and_kinds(need):
    a_tip("Rien à voir", "riddles")
    a_tip("Accueil", "welcome")
    a_tip("Photo", "photos")
    a_tip("Décrire", "alt_text")
    remark = Remark("not_yet", "", rules=["photos_described"])
    assert titles(suggest_tips(need, remark=remark)) == ["Décrire", "Accueil", "Photo"]
    assert titles(suggest_tips(need, remark=None))[0] == "Accueil"


def test_among_equals_what_helped_before_comes_first(need):
    a_tip("Neuve", "welcome")
    a_tip("Éprouvée", "welcome", times_used=9, times_thanked=4)
    assert titles(suggest_tips(need, remark=None)) == ["Éprouvée", "Neuve"]


def test_the_newcomers_language_comes_first(need):
    need.language = "en"
    a_tip("Bienvenue", "welcome")
    Tip.objects.create(title_en="Welcome", text_en="Welcome!", topics=["welcome"])
    assert suggest_tips(need, remark=None)[0].title_en == "Welcome"


def test_retired_tips_are_offered_no_more(need, now):
    a_tip("Passée", "welcome", retired_at=now)
    assert suggest_tips(need, remark=None) == []


def test_search_finds_words_and_topics():
    a_tip("Le fil", "threads")
    a_tip("Le hashtag", "hashtags")
    assert titles(search_tips("fil")) == ["Le fil"]
    assert titles(search_tips("le HASH")) == ["Le hashtag"]
    assert titles(search_tips(topics=["threads"])) == ["Le fil"]
    assert titles(search_tips("fil", topics=["hashtags"])) == []


def test_a_topic_whose_name_is_part_of_another_isnt_found():
    a_tip("Photos", "photos")
    assert not search_tips(topics=["photo"]).exists()


def test_topics_know_rules_that_exist():
    known = {rule.key for rule in RULES}
    assert {rule for topic in TOPICS for rule in topic.rules} <= known
    assert topics_of_rules(["photo", "photos_described"]) == ["photos", "alt_text"]
    assert len(BY_KEY) == len(TOPICS)
    assert UNANSWERED not in BY_KEY


FORM = {"title_fr": "Un fil", "text_fr": "Réponds-toi.", "topics": ["threads"]}


def test_a_tutor_adds_a_tip(client, tomas):
    client.force_login(tomas)
    client.post(f"{TIPS}new/", FORM)
    tip = Tip.objects.get()
    assert (tip.created_by, tip.topics) == (person_of(tomas), ["threads"])
    assert "Réponds-toi." in client.get(f"{TIPS}?topic=threads").content.decode()
    assert "Réponds-toi." in client.get(f"{TIPS}?rule=thread").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"text_fr": ""}, {"title_fr": "", "text_fr": ""}, {"topics": []}, {"topics": ["x"]}]
)
def test_half_a_tip_is_asked_for_whole(client, tomas, wrong):
    client.force_login(tomas)
    assert client.post(f"{TIPS}new/", FORM | wrong).status_code == 422
    assert not Tip.objects.exists()


def test_its_author_and_organisers_change_and_retire_it(client, tomas, olga):
    mine = a_tip("À moi", "threads", created_by=person_of(tomas))
    other = a_tip("À Olga", "threads", created_by=person_of(olga))
    client.force_login(tomas)
    assert client.post(f"{TIPS}{other.pk}/edit/", FORM).status_code == 403
    assert client.post(f"{TIPS}{other.pk}/retire/").status_code == 403
    client.post(f"{TIPS}{mine.pk}/edit/", FORM)
    mine.refresh_from_db()
    assert mine.title_fr == "Un fil"
    assert mine.edited_at
    client.force_login(olga)
    client.post(f"{TIPS}{mine.pk}/retire/")
    assert titles(Tip.objects.in_use()) == ["À Olga"]
    retired = client.get(f"{TIPS}?retired=1").content.decode()
    assert "Un fil" in retired
    assert "Bring it back" in retired
    client.post(f"{TIPS}{mine.pk}/retire/", {"back": "1"})
    assert Tip.objects.in_use().count() == 2


def test_the_library_costs_the_same_for_few_and_many(client, tomas, count_queries):
    client.force_login(tomas)
    a_tip("Une", "threads", created_by=person_of(tomas))
    client.get(TIPS)
    few = count_queries(lambda: client.get(TIPS))
    for number in range(15):
        a_tip(f"{number}", "threads", created_by=person_of(tomas))
    assert count_queries(lambda: client.get(TIPS)) == few
