"""Launch → reply → accepted → award → announcement, over HTTP, on a server with a memory."""

import json
from hashlib import sha256
from io import BytesIO

import pytest
from openbadges_bakery import unbake

from badges.models import Award
from challenges.models import Screening, Submission
from community.models import LearningEvent, Participant
from microblog.models import OutboxPost
from tests.fakes.mastodon_server import MastodonServer
from tests.journeys import loop

pytestmark = pytest.mark.django_db
Kind = LearningEvent.Kind


@pytest.fixture
def server(now):
    with MastodonServer(clock=loop.Clock(now), replies_in_tags=False) as server:
        yield server


@pytest.fixture
def played(server, now):
    """A riddle was launched, people played, and everything came to rest."""
    loop.connect(server, now)
    page = loop.write_riddle()
    loop.write_photo_challenge()
    loop.launch(page, now)
    loop.drain(now)
    answers = loop.people_play(server)
    loop.drain(loop.later(now))
    return answers


def answers_to(server, said):
    return [post.text for post in server.said_by_bot if post.parent is said]


def test_the_riddle_goes_out_with_its_picture_and_its_hashtags(server, played):
    riddle = server.said_by_bot[0]
    assert "#photoDevinette" in riddle.text
    assert "#Envol" in riddle.text
    assert riddle.media[0].alt_text
    assert riddle.visibility == "public"


def test_the_right_answer_is_accepted_and_the_word_is_not_given_away(server, played):
    question, found, _photo = played
    accepted = Submission.objects.accepted().get(post__uri=found.uri)
    assert accepted.level_number == 1
    [praise] = answers_to(server, found)
    assert "phare" not in praise.casefold()
    [hint] = answers_to(server, question)
    assert hint != praise


def test_a_stranger_takes_part_without_joining(server, played):
    photo = played[2]
    passed = Submission.objects.accepted().filter(post__uri=photo.uri)
    assert {row.level_number for row in passed} == {1, 2}
    person = Participant.objects.get(links__account__uri=photo.author.uri)
    assert person.embarked_at is None


def test_badges_are_awarded_baked_and_announced(server, played):
    award = Award.objects.get(
        badge_class__slug="premier-envol",
        recipient__links__account__uri=server.people["nia"].uri,
    )
    assertion = json.loads(unbake(BytesIO(award.baked.read())))
    assert assertion["type"] == "Assertion"
    assert assertion["recipient"]["type"] == "url"
    assert assertion["recipient"]["identity"] == hashed(
        server.people["nia"].uri, assertion["recipient"]["salt"]
    )
    assert played[1].url in json.dumps(assertion["evidence"])
    assert any(str(award.pk) in post.text for post in server.said_by_bot)


def hashed(identity: str, salt: str) -> str:
    return f"sha256${sha256((identity + salt).encode()).hexdigest()}"


def test_three_more_drains_change_nothing(server, played, now):
    before = everything(server)
    for hours in (2, 3, 4):
        assert loop.drain(loop.later(now, hours)).total() == 0
    assert everything(server) == before


def everything(server) -> dict[str, object]:
    return {
        "said": [(post.id, post.text) for post in server.said_by_bot],
        "screenings": sorted(Screening.objects.values_list("post", "decision")),
        "submissions": sorted(Submission.objects.values_list("post", "level_number", "outcome")),
        "events": sorted(LearningEvent.objects.values_list("kind", "source_key")),
        "awards": sorted(Award.objects.values_list("badge_class__slug", "recipient")),
        "promises": sorted(OutboxPost.objects.values_list("key", "said_version")),
    }


def test_an_edit_changes_the_answer_and_says_nothing_twice(server, played, now):
    question = played[0]
    [before] = answers_to(server, question)
    server.people["nia"].edit(question, "@envol est-ce un phare ?")
    loop.drain(loop.later(now, 3))
    [after] = answers_to(server, question)
    assert isinstance(after, str)
    assert len(answers_to(server, question)) == len([before])
    assert LearningEvent.objects.filter(kind=Kind.RIDDLE_SOLVED).count() == 1


def test_what_its_author_takes_back_loses_its_words_and_keeps_its_credit(server, played, now):
    found = played[1]
    server.people["nia"].delete(found)
    loop.drain(loop.later(now, 5))
    row = Submission.objects.accepted().get(post__uri=found.uri)
    assert row.post.deleted_at
    assert row.post.text == ""
    assert LearningEvent.objects.filter(kind=Kind.RIDDLE_SOLVED).count() == 1
