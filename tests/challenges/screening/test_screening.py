"""What is decided about a post, and that it is written down also where it counts for nothing."""

import pytest

from challenges.catalogue import page_address
from challenges.models import Screening, Submission
from community.models import Consent, LearningEvent, Participant
from microblog.gateways.base import Visibility
from microblog.models import Post
from tests.builders import a_connection, heard_account, said
from tests.challenges.story import a_challenge, launched, manners, person_behind, reply, run

pytestmark = pytest.mark.django_db
Match, Detector = Screening.Match, Screening.Detector


@pytest.fixture
def social(db):
    return a_connection()


@pytest.fixture
def challenge(db):
    return a_challenge(hashtags="MaPhoto")


@pytest.fixture
def launch(challenge, social):
    return launched(challenge, social)


def decision(post: Post) -> Screening:
    run("screen")
    return Screening.objects.get(post=post)


def test_a_reply_to_the_launch_counts(social, challenge, launch):
    row = decision(reply(launch, on=social))
    assert (row.decision, row.detector) == (Match.MATCHED, Detector.THREAD)
    assert row.challenge_key == challenge.translation_key
    assert row.challenge_id == challenge.pk


def test_a_reply_deep_in_the_thread_counts_even_if_its_middle_arrives_last(social, launch):
    middle_uri = "https://social.example/users/nia/statuses/middle"
    deep = said("Tout en bas", on=social, parent_uri=middle_uri)
    assert decision(deep).decision == Match.NO_CHALLENGE
    said("Au milieu", on=social, by="nia", uri=middle_uri, parent_uri=launch.uri)
    assert decision(deep).decision == Match.MATCHED


def test_the_challenges_own_hashtag_counts_without_a_reply(social, challenge):
    row = decision(said("#MaPhoto", on=social))
    assert (row.decision, row.detector) == (Match.MATCHED, Detector.HASHTAG)


def test_the_moocs_hashtag_alone_belongs_to_no_challenge(social, challenge):
    assert decision(said("Bonjour #Envol", on=social)).decision == Match.NO_CHALLENGE


def test_a_challenge_that_claims_the_moocs_hashtag_does_not_get_everything(social):
    a_challenge(hashtags="Envol")
    assert decision(said("Bonjour #Envol", on=social)).decision == Match.NO_CHALLENGE


def test_a_mention_that_links_the_page_counts(social, challenge):
    bot = heard_account("social-bot")
    row = decision(
        said(
            "@bot voilà", on=social, mentions=(bot,), links=(f"{page_address(challenge)}?utm_x=1",)
        )
    )
    assert (row.decision, row.detector) == (Match.MATCHED, Detector.LINK)


def test_passing_the_link_on_is_no_answer(social, challenge):
    row = decision(said("Regardez", on=social, links=(page_address(challenge),)))
    assert row.decision == Match.NO_CHALLENGE


def test_the_thread_goes_before_another_challenges_hashtag(social, launch, challenge):
    a_challenge(title="Autre", hashtags="Autre")
    assert decision(reply(launch, "#Autre", on=social)).challenge_id == challenge.pk


def test_of_several_the_one_launched_last_is_meant(social, challenge):
    other = a_challenge(title="Autre", hashtags="Autre")
    launched(other, social)
    assert decision(said("#MaPhoto #Autre", on=social)).challenge_id == other.pk


def test_answers_to_an_earlier_round_count(social, challenge, launch):
    launched(challenge, social)
    assert decision(reply(launch, on=social)).decision == Match.MATCHED


def test_what_this_site_says_is_no_answer(social, launch):
    assert decision(launch).decision == Match.OURS


def test_a_closed_challenge_takes_no_answers(social, challenge, launch, now):
    challenge.closed_at = now
    challenge.save()
    row = decision(reply(launch, on=social, photos=["Une tasse bleue"]))
    assert row.decision == Match.CLOSED
    assert not Submission.objects.exists()


def test_machines_do_not_take_part(social, launch):
    robot = heard_account("robot", is_bot=True)
    assert decision(reply(launch, on=social, by=robot)).decision == Match.BOT


def test_words_in_private_are_left_alone(social, launch):
    post = reply(launch, on=social, visibility=Visibility.FOLLOWERS)
    assert decision(post).decision == Match.NOT_PUBLIC


def test_words_in_private_to_us_count(social, launch):
    bot = heard_account("social-bot")
    post = reply(launch, on=social, visibility=Visibility.DIRECT, mentions=(bot,))
    assert decision(post).decision == Match.MATCHED


def test_nothing_is_kept_about_those_who_want_nothing_kept(social, launch):
    post = reply(launch, on=social)
    run("screen")
    Participant.objects.filter(pk=person_behind(post.author).pk).update(consent=Consent.NOTHING)
    again = reply(launch, on=social, photos=["Une tasse bleue"])
    Post.objects.filter(pk=post.pk).update(answered_fingerprint="")
    assert decision(again).decision == Match.REFUSED
    assert decision(post).decision == Match.REFUSED
    assert not Submission.objects.exists()


def test_a_deleted_answer_is_taken_out_and_an_accepted_one_stays_credited(social, launch, now):
    waiting = reply(launch, on=social, by="nia")
    passed = reply(launch, on=social, photos=["Une tasse bleue"])
    run("screen")
    Post.objects.update(deleted_at=now, text="", answered_fingerprint="")
    assert decision(waiting).decision == Match.DELETED
    assert [row.post for row in Submission.objects.all()] == [passed]


def test_what_an_organiser_took_out_stays_out(social, launch):
    post = reply(launch, on=social)
    run("screen")
    Screening.objects.filter(post=post).update(decision=Match.DETACHED)
    Post.objects.filter(pk=post.pk).update(answered_fingerprint="")
    assert decision(post).decision == Match.DETACHED


def test_strangers_take_part_without_joining(social, launch):
    post = reply(launch, on=social)
    assert not Participant.objects.exists()
    run("screen")
    person = person_behind(post.author)
    assert (person.embarked_at, person.consent) == (None, Consent.COUNT)


def test_those_who_only_pass_by_become_nobody(social, challenge):
    decision(said("Bonjour", on=social))
    assert not Participant.objects.exists()


def test_embarking_by_a_post(social, challenge):
    manners(hashtags="Envol")
    post = said("Je souhaite embarquer ! #Envol", on=social)
    assert decision(post).decision == Match.EMBARKED
    assert person_behind(post.author).embarked_at


def test_an_answer_may_embark_too(social, launch):
    post = reply(launch, "J’embarque #Envol", on=social)
    assert decision(post).decision == Match.MATCHED
    assert person_behind(post.author).embarked_at


def test_screening_again_changes_nothing(social, launch):
    reply(launch, on=social, photos=["Une tasse bleue"])
    assert run("screen") == 2
    before = list(Submission.objects.values())
    assert run("screen") == 0
    Post.objects.update(answered_fingerprint="")
    run("screen")
    assert list(Submission.objects.values()) == before


def test_a_post_that_breaks_the_judgement_stops_nobody_else(social, launch, caplog):
    odd = reply(launch, on=social, by="nia")
    Post.objects.filter(pk=odd.pk).update(hashtags=5)
    other = reply(launch, on=social)
    assert decision(other).decision == Match.MATCHED
    assert decision(odd).decision == Match.FAULT
    assert not Post.objects.unanswered().exists()
    assert f"Post {odd.pk} could not be judged" in caplog.text


def test_those_aboard_have_their_first_deeds_logged_whatever_they_write(social):
    said("Je souhaite embarquer ! #Envol", on=social)
    said("Voici un lien", on=social, links=("https://a.example",))
    said("Voici un lien", on=social, by="nia", links=("https://a.example",))
    run("screen")
    events = LearningEvent.objects.filter(kind=LearningEvent.Kind.FIRST_LINK)
    assert [event.post.author.handle for event in events] == ["rex@social.example"]
