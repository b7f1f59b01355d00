"""People sign up by a post, from their own network."""

from datetime import timedelta

import pytest

from community.live.hearing import roles_in
from community.models import SignUp
from community.noticing import notice_posts
from microblog.models import Post
from tests.builders import NOON, a_connection, said
from tests.community.live.events import an_event
from tests.community.live.telling import somebody_shown

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def social():
    return a_connection()


def hear(*posts: Post) -> None:
    notice_posts(posts, now=NOON)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Je live-tweete ! #NuitRadio", {"live_tweet"}),
        ("J’aide, et j'y serai #NuitRadio", {"live_tweet", "help"}),
        ("I'll help with #NuitRadio", {"help"}),
        ("Qui aide ? #NuitRadio", set()),
        ("I will live-tweet it", {"live_tweet"}),
    ],
)
def test_offers_are_understood_whatever_their_signs(text, roles):
    assert roles_in(text) == roles


def test_a_post_with_the_hashtag_signs_up_once(social):
    event = an_event(starts=NOON + DAY, hashtag="NuitRadio")
    an_event(starts=NOON + 9 * DAY, hashtag="NuitRadio")
    somebody_shown("rex")
    hear(said("Je live-tweete #nuitradio", on=social, by="rex"))
    hear(said("Oui, je live-tweete #NuitRadio", on=social, by="rex"))
    assert [(one.event, one.role) for one in SignUp.objects.all()] == [(event, "live_tweet")]


@pytest.mark.parametrize(
    ("text", "fields", "consent"),
    [
        ("Je live-tweete #Autre", {}, "show"),
        ("Je live-tweete #NuitRadio", {"starts": NOON - DAY}, "show"),
        ("Je live-tweete #NuitRadio", {"state": "proposed"}, "show"),
        ("Je live-tweete #NuitRadio", {}, "nothing"),
    ],
)
def test_what_is_no_sign_up(social, text, fields, consent):
    an_event(**{"starts": NOON + DAY, "hashtag": "NuitRadio"} | fields)
    somebody_shown("rex", consent=consent)
    hear(said(text, on=social, by="rex"))
    assert not SignUp.objects.exists()


def test_hearing_sign_ups_costs_the_same_for_few_and_many(social, count_queries):
    an_event(starts=NOON + DAY, hashtag="NuitRadio")

    def batch(size: int, name: str) -> list[Post]:
        for number in range(size):
            somebody_shown(f"{name}{number}")
        return [
            said("J’aide #NuitRadio", on=social, by=f"{name}{number}") for number in range(size)
        ]

    few, many = batch(2, "ann"), batch(20, "bob")
    assert count_queries(lambda: hear(*few)) == count_queries(lambda: hear(*many))
    assert SignUp.objects.count() == 22
