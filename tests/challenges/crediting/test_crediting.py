"""What was accepted is logged once, whatever dies in between."""

import pytest

from challenges.crediting import credit_submissions
from challenges.models import Submission
from community.models import Consent, LearningEvent, Participant
from microblog.gateways.base import Visibility
from microblog.models import Post
from tests.builders import NOON, a_connection, heard_account
from tests.challenges.building import a_riddle
from tests.challenges.story import (
    PHOTO,
    a_challenge,
    launched,
    level,
    person_behind,
    reply,
    run,
)

pytestmark = pytest.mark.django_db
Kind = LearningEvent.Kind
CUP = "Une tasse bleue posée sur une table"


@pytest.fixture
def social(db):
    return a_connection()


@pytest.fixture
def page(social):
    return a_challenge(level("Photo", PHOTO), level("Link", ("link", {})))


@pytest.fixture
def launch(page, social):
    return launched(page, social)


def kinds(post: Post) -> set[str]:
    events = LearningEvent.objects.filter(participant=person_behind(post.author))
    return set(events.values_list("kind", flat=True))


def test_an_accepted_level_is_a_deed_with_its_evidence(social, page, launch):
    page.tags.add("photo")
    page.save()
    post = reply(launch, on=social, photos=[CUP])
    run("screen", "credit")
    event = LearningEvent.objects.get(kind=Kind.LEVEL_ACCEPTED)
    assert event.participant == person_behind(post.author)
    assert event.subject == f"challenge:{page.translation_key}"
    assert event.tags == ["photo", "level:1"]
    assert event.evidence_url == post.url
    assert "Une photo" in event.evidence_text


def test_what_is_not_accepted_is_no_deed(social, launch):
    reply(launch, on=social)
    assert run("screen") and not run("credit")


def test_a_riddle_that_is_found_is_one_more_deed(social):
    launch = launched(a_riddle(answers="phare"), social)
    found = reply(launch, "Un phare ?", on=social)
    guess = reply(launch, "Une tour ?", on=social, by="nia")
    run("screen", "credit")
    assert Kind.RIDDLE_SOLVED in kinds(found)
    assert Kind.RIDDLE_SOLVED not in kinds(guess)


def test_a_level_is_credited_once_to_a_person(social, launch, page):
    post = reply(launch, on=social, photos=[CUP])
    run("screen", "credit")
    again = reply(launch, on=social, photos=[CUP])
    Submission.objects.create(
        post=again,
        account=again.author,
        challenge_key=page.translation_key,
        level=Submission.objects.get(post=post, outcome="accepted").level,
        level_number=1,
        outcome="accepted",
        judged_at=NOON,
        accepted_at=NOON,
    )
    run("credit")
    assert LearningEvent.objects.filter(kind=Kind.LEVEL_ACCEPTED).count() == 1
    assert not Submission.objects.uncredited().exists()


def test_dying_between_the_log_and_the_mark_costs_nothing(social, launch):
    reply(launch, on=social, photos=[CUP])
    run("screen", "credit")
    before = list(LearningEvent.objects.values())
    Submission.objects.update(credited_at=None)  # as if the mark had never been written
    assert credit_submissions(NOON) == 1
    assert credit_submissions(NOON) == 0
    assert list(LearningEvent.objects.values()) == before


def test_nothing_is_logged_about_those_who_want_nothing_kept(social, launch):
    post = reply(launch, on=social, photos=[CUP])
    run("screen")
    LearningEvent.objects.all().delete()
    Participant.objects.filter(pk=person_behind(post.author).pk).update(consent=Consent.NOTHING)
    run("credit")
    assert not LearningEvent.objects.exists()
    assert not Submission.objects.uncredited().exists()


def test_what_was_said_in_private_gives_no_address(social, launch):
    bot = heard_account("social-bot")
    reply(launch, on=social, photos=[CUP], visibility=Visibility.DIRECT, mentions=(bot,))
    run("screen", "credit")
    assert set(LearningEvent.objects.values_list("evidence_url", flat=True)) == {""}


def test_the_first_of_each_deed_is_logged_once(social, launch):
    other = heard_account("nia")
    first = reply(launch, "#un", on=social)
    reply(
        launch,
        "#deux @nia https://example.org",
        on=social,
        photos=[CUP],
        mentions=(other,),
        links=("https://example.org",),
        content_warning="Lumière",
    )
    run("screen")
    assert kinds(first) == {
        Kind.FIRST_POST,
        Kind.FIRST_HASHTAG,
        Kind.FIRST_REPLY,
        Kind.FIRST_MENTION,
        Kind.FIRST_PHOTO,
        Kind.FIRST_DESCRIBED_PHOTO,
        Kind.FIRST_LINK,
        Kind.FIRST_CONTENT_WARNING,
    }
    assert LearningEvent.objects.get(kind=Kind.FIRST_HASHTAG).post == first


def test_a_thread_of_ones_own_is_a_first_deed(social, launch):
    one = reply(launch, "Un", on=social)
    reply(one, "Deux", on=social)
    run("screen")
    assert Kind.FIRST_THREAD in kinds(one)
