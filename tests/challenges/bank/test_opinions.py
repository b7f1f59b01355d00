"""One opinion per person who tried; shown as numbers, from three people on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from challenges.bank.opinions import NotTried, Opinions, opinions_about, rate
from challenges.models import Rating
from community.consent import change_consent
from community.exporting import export_person
from community.joining import person_of
from community.linking import merge_participants
from community.models import Consent
from microblog.models import Account, Reaction
from tests.builders import NOON, a_user
from tests.challenges.building import a_launch, a_mini_challenge, an_answer, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return a_mini_challenge()


def triers(page, practice, number: int) -> list:
    users = [a_user(f"trier{one}") for one in range(number)]
    for user in users:
        an_answer(page, "Here", by=user, on=practice)
    return users


def opine(page, user, difficulty=2, liked=True, at=NOON) -> Rating:
    return rate(page, person_of(user), difficulty=difficulty, liked=liked, now=at)


def test_only_whoever_tried_may_say_how_it_was(page, nia):
    with pytest.raises(NotTried):
        opine(page, nia)
    assert not Rating.objects.exists()


def test_a_word_may_change_and_stays_one(page, nia, practice):
    an_answer(page, "Not there yet", by=nia, on=practice, outcome="not_yet")
    opine(page, nia, 3, liked=False)
    opine(translated(page, "en", slug="one"), nia, 1, liked=True)

    rating = Rating.objects.get()
    assert (rating.difficulty, rating.liked) == (1, True)


def test_the_database_is_the_last_reviewer(page, nia):
    fields = {"challenge_key": page.translation_key, "participant": person_of(nia)}
    Rating.objects.create(**fields, rated_at=NOON)
    for wrong in (fields, {**fields, "participant": person_of(a_user("ada")), "difficulty": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.create(**wrong, rated_at=NOON)


def test_two_people_are_too_few_to_be_told(page, practice, in_english):
    first, second, third = triers(page, practice, 3)
    opine(page, first, 1)
    opine(page, second, 3)
    assert opinions_about(page) == Opinions()

    opine(page, third, 3, liked=False)
    told = opinions_about(page)
    assert (told.voters, told.felt, told.likers) == (3, "bold", 0)


def test_favourites_on_the_networks_are_counted_beside(page, practice, rex_account):
    post = a_launch(page, practice)
    Reaction.objects.create(kind="favourite", account=rex_account, post=post)
    Reaction.objects.create(kind="boost", account=rex_account, post=post)

    assert opinions_about(page) == Opinions(favourites=1)


def test_whoever_asks_what_is_kept_is_told(page, practice):
    (user,) = triers(page, practice, 1)
    opine(page, user, 3)
    (told,) = export_person(person_of(user))["opinions_about_challenges"]

    assert (told["challenge_key"], told["difficulty"]) == (page.translation_key, 3)


def test_whoever_wants_nothing_kept_takes_their_word_along(page, practice):
    (user,) = triers(page, practice, 1)
    opine(page, user)
    change_consent(person_of(user), Consent.NOTHING, now=NOON)

    assert not Rating.objects.exists()


@pytest.mark.parametrize(("later", "kept"), [(1, 3), (-1, 1)])
def test_two_people_who_are_one_have_one_word_the_later(page, practice, later, kept):
    other = a_mini_challenge("Other")
    first, second = triers(page, practice, 2)
    an_answer(other, "Here", by=second, on=practice)
    opine(page, first, 1)
    opine(page, second, 3, at=NOON + timedelta(days=later))
    opine(other, second, 2)
    into, person = person_of(first), person_of(second)
    merge_participants(person, into=into)

    ratings = Rating.objects.filter(participant=into)
    assert Rating.objects.count() == ratings.count() == 2
    assert ratings.get(challenge_key=page.translation_key).difficulty == kept


def address(page) -> str:
    return reverse("challenges:rate", args=[page.pk])


def test_saying_so_on_the_page(client, page, nia, practice):
    an_answer(page, "Here", by=nia, on=practice)
    client.force_login(nia)
    assert address(page) in client.get(page.url).content.decode()

    response = client.post(address(page), {"difficulty": "2", "liked": "on"})
    assert response.status_code == 302 and response.url.endswith("#opinions")
    assert Rating.objects.get().liked
    part = client.post(address(page), {"difficulty": "3"}, headers={"HX-Request": "true"})
    assert 'id="opinions"' in part.content.decode() and "<html" not in part.content.decode()
    assert (Rating.objects.get().difficulty, Rating.objects.get().liked) == (3, False)


def test_nobody_else_is_asked_or_heard(client, page, nia):
    assert address(page) not in client.get(page.url).content.decode()
    assert client.post(address(page), {"liked": "on"}).status_code == 302
    client.force_login(nia)
    assert address(page) not in client.get(page.url).content.decode()
    client.post(address(page), {"liked": "on"})
    client.post(address(page), {"difficulty": "9"})
    assert client.get(address(page)).status_code == 405
    page.unpublish()
    assert client.post(address(page), {"liked": "on"}).status_code == 404
    assert not Rating.objects.exists()


def test_a_machine_that_votes_is_slowed_down(client, page, nia):
    client.force_login(nia)
    answers = [client.post(address(page), {"liked": "on"}).status_code for _one in range(32)]

    assert answers[-1] == 403


def test_the_list_can_be_put_by_what_people_liked(client, practice):
    first, second = a_mini_challenge("First"), a_mini_challenge("Second")
    assert "sort=liked" not in client.get(first.get_parent().url).content.decode()
    for user in triers(second, practice, 3):
        opine(second, user)

    html = client.get(first.get_parent().url).content.decode()
    assert "sort=liked" in html and html.index("First") < html.index("Second")
    html = client.get(f"{first.get_parent().url}?sort=liked").content.decode()
    assert html.index("Second") < html.index("First")


def test_the_page_costs_the_same_whatever_was_said(client, page, practice, count_queries):
    assert Account.objects.exists()
    client.get(page.url)
    few = count_queries(lambda: client.get(page.url))
    for user in triers(page, practice, 6):
        opine(page, user)
    a_launch(page, practice)
    a_launch(page, practice, at=NOON + timedelta(days=3), again=True)

    assert count_queries(lambda: client.get(page.url)) <= few + 3  # the wall has pictures now
