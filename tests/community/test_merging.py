"""Two people who turn out to be one: joined by hand, with a way back that loses nothing."""

import pytest
from django.utils.translation import override

from badges.models import Award
from badges.services import award_by_hand
from community.consent import change_consent
from community.learning import NewEvent, log_learning_events
from community.merging import CannotMerge, belongings, merge_by_hand, undo_merge
from community.models import AccountLink, Consent, Help, LearningEvent, Merge, Participant
from tests.badges.builders import a_badge
from tests.builders import NOON, a_connection, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def login(nia) -> Participant:
    return nia.participant


@pytest.fixture
def elsewhere(db) -> Participant:
    """The same woman on another network, before anybody knew."""
    post = said("Bonjour", on=a_connection(), by="nia_b")
    person = Participant.objects.create(
        name="Nia B.", consent="count", embarked_at=NOON, embarked_with=post
    )
    AccountLink.objects.create(account=post.author, participant=person, proof="heard")
    log_learning_events(
        [
            NewEvent(
                kind=LearningEvent.Kind.EMBARKED,
                source_key=str(person.pk),
                participant_id=person.pk,
                occurred_at=NOON,
                post_id=post.pk,
            )
        ]
    )
    return person


def owners() -> dict[str, int]:
    return dict(AccountLink.objects.values_list("account__handle", "participant"))


def test_all_that_one_did_was_done_by_the_other(elsewhere, login, olga):
    merge = merge_by_hand(elsewhere, into=login, by=olga, now=NOON)
    assert owners()["nia_b@social.example"] == owners()["nia"] == login.pk
    assert not Participant.objects.filter(pk=elsewhere.pk).exists()
    assert LearningEvent.objects.get(kind="embarked").participant == login
    assert (merge.name, merge.merged_by, merge.into) == ("Nia B.", olga, login)


def test_the_way_back_loses_nothing(elsewhere, login, tomas, olga):
    reply = said("Essaie avec un hashtag", on=a_connection("other"), by="tomas_b")
    helped = Help.objects.create(reply=reply, helper=tomas.participant, helped=elsewhere)
    badge = a_badge("premier-envol")
    award = award_by_hand(badge, to=elsewhere, by=olga, now=NOON)
    before = (owners(), Participant.objects.filter(pk=elsewhere.pk).values().get())
    kept = Participant.objects.filter(pk=login.pk).values().get()
    merge = merge_by_hand(elsewhere, into=login, by=olga, now=NOON)
    assert Award.objects.get().recipient == login
    person = undo_merge(merge, by=tomas, now=NOON)
    assert (owners(), Participant.objects.filter(pk=elsewhere.pk).values().get()) == before
    assert Participant.objects.filter(pk=login.pk).values().get() == kept
    helped.refresh_from_db()
    award.refresh_from_db()
    assert (helped.helped, award.recipient) == (person, person)
    assert LearningEvent.objects.get(kind="embarked").participant == person
    merge.refresh_from_db()
    assert merge.undone_by == tomas


def test_what_came_later_stays_with_whom_it_came_to(elsewhere, login, olga):
    merge = merge_by_hand(elsewhere, into=login, by=olga, now=NOON)
    log_learning_events(
        [
            NewEvent(
                kind=LearningEvent.Kind.FIRST_PHOTO,
                source_key=str(login.pk),
                participant_id=login.pk,
                occurred_at=NOON,
            )
        ]
    )
    undo_merge(merge, by=olga, now=NOON)
    assert LearningEvent.objects.get(kind="first_photo").participant == login


def test_it_is_undone_once(elsewhere, login, olga):
    merge = merge_by_hand(elsewhere, into=login, by=olga, now=NOON)
    undo_merge(merge, by=olga, now=NOON)
    with pytest.raises(CannotMerge):
        undo_merge(merge, by=olga, now=NOON)


def test_it_is_not_undone_without_the_one_that_they_became(elsewhere, login, olga):
    merge = merge_by_hand(elsewhere, into=login, by=olga, now=NOON)
    Participant.objects.filter(pk=login.pk).delete()
    with pytest.raises(CannotMerge):
        undo_merge(Merge.objects.get(pk=merge.pk), by=olga, now=NOON)


def test_a_double_click_joins_once(elsewhere, login, olga):
    merge_by_hand(elsewhere, into=login, by=olga, now=NOON)
    with pytest.raises(CannotMerge):
        merge_by_hand(elsewhere, into=login, by=olga, now=NOON)
    assert Merge.objects.count() == 1


def test_nobody_is_joined_with_themselves(login, olga):
    with pytest.raises(CannotMerge):
        merge_by_hand(login, into=login, by=olga, now=NOON)


def test_two_logins_stay_two(login, tomas, olga):
    with pytest.raises(CannotMerge, match="delete one of the two"):
        merge_by_hand(login, into=tomas.participant, by=olga, now=NOON)


def test_whoever_has_the_login_is_the_one_that_stays(elsewhere, login, olga):
    with pytest.raises(CannotMerge, match="the other one into it"):
        merge_by_hand(login, into=elsewhere, by=olga, now=NOON)


def test_whoever_wants_nothing_kept_is_left_alone(elsewhere, login, olga):
    change_consent(elsewhere, Consent.NOTHING, now=NOON)
    with pytest.raises(CannotMerge, match="stay apart"):
        merge_by_hand(elsewhere, into=login, by=olga, now=NOON)


def test_whoever_decides_sees_what_is_there(elsewhere, login):
    theirs, hers = belongings(elsewhere), belongings(login)
    assert (theirs.deeds, theirs.has_login, theirs.embarked_at) == (1, False, NOON)
    assert theirs.accounts == ["nia_b@social.example"]
    assert hers.has_login and hers.deeds == 0


def test_a_wish_to_keep_nothing_ends_the_way_back(elsewhere, login, olga):
    merge = merge_by_hand(elsewhere, into=login, by=olga, now=NOON)
    change_consent(login, Consent.NOTHING, now=NOON)
    merge.refresh_from_db()
    assert (merge.name, merge.before, merge.into_before, merge.rows) == ("", {}, {}, {})
    with pytest.raises(CannotMerge, match="keep nothing"):
        undo_merge(merge, by=olga, now=NOON)
    assert owners()["nia_b@social.example"] == login.pk


def test_who_chose_meanwhile_to_be_counted_only_is_not_shown_again(elsewhere, login, olga):
    change_consent(elsewhere, Consent.SHOW, now=NOON)
    change_consent(login, Consent.SHOW, now=NOON)
    merge = merge_by_hand(elsewhere, into=login, by=olga, now=NOON)
    change_consent(login, Consent.COUNT, now=NOON)
    assert undo_merge(merge, by=olga, now=NOON).consent == Consent.COUNT


def test_the_way_back_passes_over_what_is_gone(elsewhere, login, olga):
    friend = Participant.objects.create(name="Rex", consent="count")
    elsewhere.brought_by = friend
    elsewhere.save()
    merge = merge_by_hand(elsewhere, into=login, by=olga, now=NOON)
    friend.delete()
    assert undo_merge(merge, by=olga, now=NOON).brought_by is None


def test_nothing_stays_of_who_was_joined_with_somebody_who_was_joined(elsewhere, login, olga):
    between = Participant.objects.create(name="Nia C.", consent="count")
    merge = merge_by_hand(elsewhere, into=between, by=olga, now=NOON)
    merge_by_hand(between, into=login, by=olga, now=NOON)
    merge.refresh_from_db()
    assert (merge.into, merge.name, merge.before) == (None, "", {})
