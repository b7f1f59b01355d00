"""What the home page tells of the life of the community, and what it keeps to itself."""

import pytest

from challenges.models import Submission
from community.models import Participant
from microblog.models import TimelineSettings
from tests.cms.conftest import a_challenge, a_conversation, a_post, about


@pytest.fixture
def seen(client, house):
    return lambda: client.get(house.home.get_url()).text


def test_the_latest_posts_of_people_who_agreed_are_shown(seen, nia, tomas):
    a_post(nia, "A heron at dawn")
    a_post(tomas, "Not for everybody", visibility="followers")
    Participant.objects.filter(user=tomas).update(consent="count")
    a_post(tomas, "Count me, show nothing")
    page = seen()
    assert "A heron at dawn" in page
    assert "Not for everybody" not in page
    assert "show nothing" not in page


def test_the_riddle_is_shown_with_its_conversation_told_once(seen, house, nia, tomas):
    question, *_rest = a_conversation(house.riddle, nia, tomas)
    page = seen()
    assert "Does it shine at night?" in page
    assert page.count(f'id="post-{question.pk}"') == 1


def test_nobody_meets_the_answer_of_the_riddle_beside_it(seen, house, nia, now):
    found = about(a_post(nia, "It is the lighthouse"), house.riddle)
    Submission.objects.create(
        post=found,
        account=found.author,
        challenge_id=house.riddle.pk,
        challenge_key=house.riddle.translation_key,
        level="00000000-0000-0000-0000-000000000001",
        level_number=1,
        outcome="accepted",
        judged_at=now,
    )
    assert "lighthouse" not in seen()


def test_a_closed_timeline_stays_inside(seen, house, nia):
    a_post(nia, "A heron at dawn")
    settings = TimelineSettings.for_site(house.home.get_site())
    settings.is_open = False
    settings.save()
    assert "A heron at dawn" not in seen()


def test_editors_choose_what_comes_first(seen, house):
    chosen = a_challenge(house.challenges, "Thank somebody")
    assert "What shines up there?" in seen().partition("now-playing")[2]
    house.home.featured_challenge_id = chosen.pk
    house.home.save()
    assert "Thank somebody" in seen().partition('id="now-playing"')[2][:400]


def test_a_closed_challenge_makes_room(seen, house, now):
    house.riddle.closed_at = now
    house.riddle.save()
    assert "What shines up there?" not in seen()
