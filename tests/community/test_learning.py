"""The log of deeds: written once, and never changed."""

import pytest

from community.learning import NewEvent, log_learning_events
from community.models import LearningEvent, Participant
from community.people import participants_of
from microblog.models import Account
from tests.builders import NOON

pytestmark = pytest.mark.django_db
Kind = LearningEvent.Kind


@pytest.fixture
def person(db):
    return Participant.objects.create(name="Nia")


def deed(person, key="1", *, kind=Kind.HELPED, **fields) -> NewEvent:
    return NewEvent(kind=kind, source_key=key, participant_id=person.pk, occurred_at=NOON, **fields)


def test_new_deeds_are_written_and_returned(person):
    logged = log_learning_events([deed(person, "1", tags=("photo",)), deed(person, "2")])
    assert [event.source_key for event in logged] == ["1", "2"]
    assert LearningEvent.objects.get(source_key="1").tags == ["photo"]


def test_a_deed_is_logged_once_and_keeps_its_first_words(person):
    log_learning_events([deed(person, evidence_text="then")])
    assert log_learning_events([deed(person, evidence_text="now")]) == []
    assert LearningEvent.objects.get().evidence_text == "then"


def test_of_two_with_one_key_in_a_batch_the_first_counts(person):
    log_learning_events([deed(person, evidence_text="one"), deed(person, evidence_text="two")])
    assert LearningEvent.objects.get().evidence_text == "one"


def test_one_key_under_two_kinds_is_two_deeds(person):
    log_learning_events([deed(person), deed(person, kind=Kind.FIRST_POST)])
    log_learning_events([deed(person, kind=Kind.FIRST_PHOTO)])
    assert LearningEvent.objects.count() == 3


def test_nothing_to_log_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert log_learning_events([]) == []


@pytest.mark.parametrize("size", [1, 300])
def test_any_number_of_deeds_costs_four_queries(person, size, django_assert_num_queries):
    with django_assert_num_queries(4):
        log_learning_events(deed(person, str(number)) for number in range(size))


def test_strangers_become_participants_once(rex_account):
    one = participants_of([rex_account])[rex_account.pk]
    assert participants_of([rex_account, rex_account]) == {rex_account.pk: one}
    assert (one.name, one.consent, one.embarked_at) == ("Rex", "count", None)


def test_many_strangers_cost_what_one_costs(django_assert_num_queries):
    accounts = Account.objects.bulk_create(
        Account(network="mastodon", uri=f"https://a.example/{n}", handle=f"{n}@a.example")
        for n in range(150)
    )
    with django_assert_num_queries(7):  # two of them the transaction's own
        participants_of(accounts)
    assert Participant.objects.count() == 150
