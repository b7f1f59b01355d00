"""What the bot answers, to whom, how publicly, and how often."""

from datetime import timedelta

import pytest

from challenges.models import Screening, Submission
from community.models import Participant
from microblog.gateways.base import Visibility
from microblog.models import Account, Follow, OutboxPost, Post, Sighting
from microblog.recording import record_posts
from tests.builders import NOON, a_connection, heard_account, heard_post, said
from tests.challenges.building import a_riddle
from tests.challenges.story import (
    PHOTO,
    a_challenge,
    launched,
    level,
    manners,
    person_behind,
    reply,
    run,
)

pytestmark = pytest.mark.django_db
Silence = Screening.Silence
CUP = "Une tasse bleue posée sur une table"


@pytest.fixture
def social(db):
    return a_connection(language="en")


@pytest.fixture
def page(social):
    return a_challenge(level("Photo", PHOTO), level("Link", ("link", {})), hashtags="MaPhoto")


@pytest.fixture
def launch(page, social):
    return launched(page, social)


def answers() -> list[OutboxPost]:
    return list(OutboxPost.objects.filter(kind=OutboxPost.Kind.FEEDBACK).order_by("pk"))


def answer_to(post: Post) -> OutboxPost:
    run("screen", "feedback")
    return OutboxPost.objects.get(key=f"feedback:{post.pk}")


def silence_about(post: Post) -> str:
    run("screen", "feedback")
    assert not OutboxPost.objects.filter(key=f"feedback:{post.pk}").exists()
    return Screening.objects.get(post=post).silence


def edit(post: Post, connection, text: str, **fields) -> None:
    heard = heard_post(text, uri=post.uri, remote_id="1", **fields)
    record_posts(connection, [heard], via=Sighting.Via.THREAD, now=NOON)


def test_what_is_accepted_is_praised_in_public(social, launch):
    post = reply(launch, on=social, photos=[CUP])
    answer = answer_to(post)
    assert answer.text.startswith("@rex@social.example Well done! Level 1 of “Une photo”")
    assert "level 2, Link" in answer.text
    assert answer.visibility == "public"
    assert (answer.in_reply_to, answer.recipient, answer.is_answer) == (post, post.author, True)
    assert answer.connection == social


def test_what_is_missing_is_said_quietly_and_what_is_there_first(social):
    page = a_challenge(level("Photo", PHOTO, ("link", {})))
    answer = answer_to(reply(launched(page, social), on=social, photos=[CUP]))
    assert answer.visibility == "unlisted"
    there, missing = answer.text.index("has a photo"), answer.text.index("link")
    assert there < answer.text.index("One more step for “Une photo”") < missing


def test_what_waits_for_a_tutor_says_so(social):
    launch = launched(a_challenge(level("Look", ("person_decides", {}))), social)
    answer = answer_to(reply(launch, on=social))
    assert "A tutor will read your answer" in answer.text
    assert answer.visibility == "unlisted"


def test_a_riddles_answer_is_never_quoted(social):
    page = a_riddle(answers="phare")
    launch = launched(page, social)
    found = answer_to(reply(launch, "Un phare !", on=social, by="nia"))
    guess = answer_to(reply(launch, "Un moulin ?", on=social))
    assert "phare" not in found.text + guess.text
    assert "You found it" in found.text
    assert "moulin" not in guess.text


def test_each_is_spoken_to_in_their_own_language(social, launch):
    french = reply(launch, "Voilà", on=social, by="nia", photos=[CUP], language="fr")
    assert answer_to(french).language == "fr"
    Participant.objects.filter(pk=person_behind(french.author).pk).update(language="en")
    again = reply(launch, "Voilà", on=social, by="nia", links=("https://a.example",), language="fr")
    assert answer_to(again).language == "en"


def test_a_post_is_answered_once(social, launch):
    post = reply(launch, on=social)
    run("screen", "feedback")
    Post.objects.update(answered_fingerprint="")
    assert run("screen") and not run("feedback")
    assert [answer.key for answer in answers()] == [f"feedback:{post.pk}"]


def test_an_edit_changes_the_answer_and_makes_no_second_one(social, launch):
    post = reply(launch, on=social)
    before = answer_to(post)
    edit(post, social, "Avec photo", photos=[CUP])
    after = answer_to(post)
    assert (after.pk, after.version) == (before.pk, before.version + 1)
    assert "Well done" in after.text
    assert len(answers()) == 1


def test_an_edit_that_changes_no_verdict_changes_no_words(social, launch):
    post = reply(launch, "Voila", on=social, photos=[CUP])
    before = answer_to(post)
    edit(post, social, "Voilà", photos=[CUP])
    assert answer_to(post).version == before.version


def test_good_news_that_comes_without_an_edit_is_told(social):
    launch = launched(a_challenge(level("Thread", ("thread", {"count": 3}))), social)
    middle = "https://social.example/users/rex/statuses/middle"
    bot = heard_account("social-bot")
    one = reply(launch, "Un", on=social)
    three = reply(launch, "Trois", on=social, mentions=(bot,))
    Post.objects.filter(pk=three.pk).update(parent=None, parent_uri=middle)
    Post.objects.filter(pk=three.pk).update(hashtags=["envol"], links=[])
    Screening.objects.filter(post=three).delete()
    run("screen", "feedback")
    reply(one, "Deux", on=social, uri=middle)
    assert "Well done" in answer_to(three).text


def test_whoever_refuses_bots_is_counted_and_left_in_peace(social, launch):
    post = reply(launch, on=social, by=heard_account("rex", note="#NoBot"), photos=[CUP])
    assert silence_about(post) == Silence.REFUSES_BOTS
    assert Submission.objects.accepted().filter(post=post).exists()


def test_whoever_never_turned_to_us_is_not_spoken_to(social, page):
    post = said("#MaPhoto", on=social, photos=[CUP], via=Sighting.Via.HASHTAG)
    assert silence_about(post) == Silence.NOT_ASKED


def test_a_follower_is(social, page):
    post = said("#MaPhoto", on=social, photos=[CUP], via=Sighting.Via.HASHTAG)
    Follow.objects.create(follower=post.author, followed=social.account)
    assert answer_to(post)


def test_a_remark_among_people_is_not_corrected(social, launch):
    first = reply(launch, on=social, by="nia")
    remark = reply(first, "Joli !", on=social)
    Follow.objects.create(follower=remark.author, followed=social.account)
    assert silence_about(remark) == Silence.AMONG_PEOPLE


def test_a_site_may_keep_corrections_to_its_pages(social, launch):
    manners(answers_not_yet=False)
    assert silence_about(reply(launch, on=social)) == Silence.NOT_WANTED
    assert answer_to(reply(launch, on=social, photos=[CUP]))


def test_with_nothing_left_to_pass_nothing_is_said(social):
    launch = launched(a_challenge(), social)
    answer_to(reply(launch, on=social, photos=[CUP]))
    assert silence_about(reply(launch, on=social, photos=[CUP])) == Silence.NOTHING_NEW


def test_words_in_private_are_answered_in_private(social, launch):
    bot = heard_account("social-bot")
    post = reply(launch, on=social, photos=[CUP], visibility=Visibility.DIRECT, mentions=(bot,))
    assert answer_to(post).visibility == "direct"


def test_nobody_gets_more_than_enough_in_a_day(social, launch):
    manners(answers_per_person_per_day=2)
    posts = [reply(launch, f"{number}", on=social) for number in range(3)]
    run("screen", "feedback")
    assert len(answers()) == 2
    assert Screening.objects.get(post=posts[2]).silence == Silence.ENOUGH_TODAY
    later = reply(launch, "Demain", on=social)
    run("screen", "feedback", now=NOON + timedelta(days=2))
    assert OutboxPost.objects.filter(key=f"feedback:{later.pk}").exists()


def test_more_than_enough_in_an_hour_waits_for_the_next(social, launch):
    manners(answers_per_hour=2)
    for number in range(5):
        reply(launch, on=social, by=f"rex{number}")
    moment = NOON + timedelta(minutes=20)
    run("screen", "feedback", now=moment)
    hours = [answer.due_at - NOON for answer in answers()]
    assert hours == [
        timedelta(minutes=20),
        timedelta(minutes=20),
        timedelta(hours=1),
        timedelta(hours=1),
        timedelta(hours=2),
    ]


def test_at_night_the_bot_keeps_quiet_by_the_sites_own_clock(social, launch, settings):
    settings.TIME_ZONE = "Europe/Brussels"
    manners(quiet_from="22:00", quiet_until="07:00")
    reply(launch, on=social)
    night = NOON.replace(hour=23)  # 01:00 in Brussels
    run("screen", "feedback", now=night)
    assert [answer.due_at for answer in answers()] == [NOON.replace(day=5, hour=5)]


def test_an_answer_fits_into_the_networks_limit(social, page):
    social.character_limit = 80
    social.save()
    answer = answer_to(reply(launched(page, social), on=social, photos=[CUP]))
    assert len(answer.text) <= 80
    assert answer.text.startswith("@rex@social.example Well done!")


def test_a_post_that_nobody_heard_has_no_answer(social, launch):
    post = reply(launch, on=social)
    Sighting.objects.filter(post=post).delete()
    assert silence_about(post) == Silence.NO_WAY


def test_on_the_practice_timeline_those_with_a_login_are_answered_by_the_site(practice, nia, page):
    account = Account.objects.get(user=nia)
    post = Post.objects.create(
        network="practice",
        uri="https://envol.example/@nia/1",
        author=account,
        text="#MaPhoto",
        hashtags=["maphoto"],
        said_at=NOON,
        fingerprint="1",
    )
    answer = answer_to(post)
    assert answer.connection == practice
    assert answer.text.startswith("@nia ")


def test_dying_before_the_mark_makes_no_second_promise(social, launch):
    reply(launch, on=social)
    run("screen", "feedback")
    before = list(OutboxPost.objects.values())
    Screening.objects.update(told_fingerprint="")  # as if the mark had never been written
    run("feedback")
    assert list(OutboxPost.objects.values()) == before


def test_a_sentence_that_cannot_be_said_silences_nobody_else(social, launch):
    odd, other = reply(launch, on=social, by="nia"), reply(launch, on=social)
    run("screen")
    broken = [{"rule": "photo", "outcome": "not_yet", "explanation": {"singular": "%(x)d"}}]
    broken[0]["explanation"]["params"] = {"y": 1}
    Submission.objects.filter(post=odd).update(findings=broken)
    assert answer_to(other)
    assert silence_about(odd) == Silence.FAULT
