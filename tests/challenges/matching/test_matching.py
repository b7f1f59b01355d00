"""The pure decider: values in, one ruling out."""

from datetime import timedelta
from uuid import UUID

import pytest

from challenges.catalogue import Challenge, Edition
from challenges.facts import Reading
from challenges.matching import Atlas, decide, match_challenge
from challenges.models import Screening
from challenges.rules import PostFacts
from community.models import Consent, Participant
from microblog.hashtags import bare
from microblog.models import Account, Post
from tests.builders import NOON

Match, Detector = Screening.Match, Screening.Detector
HOST = "https://envol.example/fr/defis"


def a_challenge(number: int, *hashtags: str, is_open: bool = True) -> Challenge:
    edition = Edition(number, "fr", f"Défi {number}", f"{HOST}/{number}/", ())
    return Challenge(
        key=UUID(int=number),
        editions=(edition,),
        hashtags=frozenset(hashtags),
        families=(),
        is_open=is_open,
        is_riddle=False,
        is_revealed=False,
    )


ONE, TWO = a_challenge(1, "un"), a_challenge(2, "deux")
SHUT = a_challenge(3, "trois", is_open=False)
ATLAS = Atlas(
    challenges={challenge.key: challenge for challenge in (ONE, TWO, SHUT)},
    launches={
        100: (ONE.key, NOON),
        200: (TWO.key, NOON + timedelta(days=1)),
        300: (SHUT.key, NOON),
        900: (UUID(int=9), NOON),
    },
    launched={ONE.key: NOON, TWO.key: NOON + timedelta(days=1)},
    mooc_hashtags=frozenset({"envol"}),
)


def reading(*hashtags: str, above: tuple[int, ...] = (), to_us: bool = False, links=()) -> Reading:
    facts = PostFacts(text="Voilà", hashtags=hashtags, links=tuple(links))
    return Reading(facts, above=above, speaks_to_us=to_us)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (reading(above=(100,)), (ONE, Detector.THREAD)),
        (reading(above=(7, 8, 100)), (ONE, Detector.THREAD)),
        (reading(above=(200, 100)), (TWO, Detector.THREAD)),
        (reading("deux", above=(100,)), (ONE, Detector.THREAD)),
        (reading("un"), (ONE, Detector.HASHTAG)),
        (reading("un", "deux"), (TWO, Detector.HASHTAG)),
        (reading("un", "trois"), (ONE, Detector.HASHTAG)),
        (reading("un", "envol"), (ONE, Detector.HASHTAG)),
        (reading("envol"), None),
        (reading("unique"), None),
        (reading(above=(7,)), None),
        (reading(above=(900,)), None),
        (reading(links=[f"{HOST}/1/"]), None),
        (reading(to_us=True, links=[f"{HOST}/1?ref=x#y"]), (ONE, Detector.LINK)),
        (reading("envol", links=[f"{HOST}/1"]), (ONE, Detector.LINK)),
        (reading("deux", to_us=True, links=[f"{HOST}/1/"]), (ONE, Detector.LINK)),
        (reading(to_us=True, links=["https://envol.example/", "not a link"]), None),
    ],
)
def test_where_a_post_belongs(said, expected):
    assert match_challenge(said, ATLAS) == expected


def test_a_challenge_that_claims_the_moocs_hashtag_has_only_its_others():
    greedy = a_challenge(4, "envol", "quatre")
    atlas = Atlas(challenges={greedy.key: greedy}, mooc_hashtags=frozenset({"envol"}))
    assert match_challenge(reading("envol"), atlas) is None
    assert match_challenge(reading("quatre"), atlas) == (greedy, Detector.HASHTAG)


def test_a_hashtag_is_known_without_its_accents():
    """As one server hands it on, and as a hurried thumb writes it."""
    photo = a_challenge(4, *bare(["défiphoto"]))
    atlas = Atlas(challenges={photo.key: photo}, mooc_hashtags=bare(["école"]))
    assert match_challenge(reading("defiphoto"), atlas) == (photo, Detector.HASHTAG)
    assert match_challenge(reading("défiphoto"), atlas) == (photo, Detector.HASHTAG)
    assert match_challenge(reading("ecole", "école"), atlas) is None


def a_post(**fields) -> Post:
    author = Account(handle="rex@social.example", is_bot=fields.pop("is_bot", False))
    return Post(author=author, visibility=fields.pop("visibility", "public"), **fields)


IN_THREAD = reading(above=(100,))
LONER = Participant(consent=Consent.NOTHING)
OUT = Screening(decision=Match.DETACHED, challenge_key=ONE.key)
BY_HAND = Screening(decision=Match.MATCHED, detector=Detector.BY_HAND, challenge_key=SHUT.key)
GONE = Screening(decision=Match.MATCHED, detector=Detector.BY_HAND, challenge_key=UUID(int=9))


@pytest.mark.parametrize(
    ("post", "said", "known", "expected"),
    [
        (a_post(), IN_THREAD, {}, Match.MATCHED),
        (a_post(), reading(), {}, Match.NO_CHALLENGE),
        (a_post(), reading(), {"embarks": True}, Match.EMBARKED),
        (a_post(), IN_THREAD, {"embarks": True}, Match.MATCHED),
        (a_post(), reading(above=(300,)), {}, Match.CLOSED),
        (a_post(deleted_at=NOON), IN_THREAD, {"author_is_ours": True}, Match.DELETED),
        (a_post(is_bot=True), IN_THREAD, {"author_is_ours": True}, Match.OURS),
        (a_post(is_bot=True), IN_THREAD, {}, Match.BOT),
        (a_post(), IN_THREAD, {"participant": LONER}, Match.REFUSED),
        (a_post(), IN_THREAD, {"participant": LONER, "before": BY_HAND}, Match.REFUSED),
        (a_post(visibility="followers"), IN_THREAD, {}, Match.NOT_PUBLIC),
        (a_post(visibility="direct"), reading(above=(100,), to_us=True), {}, Match.MATCHED),
        (a_post(visibility="unlisted"), IN_THREAD, {}, Match.MATCHED),
        (a_post(), IN_THREAD, {"before": OUT}, Match.DETACHED),
        (a_post(), reading(), {"before": BY_HAND}, Match.MATCHED),
        (a_post(), reading(), {"before": GONE}, Match.CLOSED),
    ],
)
def test_whether_a_post_counts(post, said, known, expected):
    assert decide(post, said, ATLAS, **known).match == expected


def test_what_was_attached_by_hand_keeps_its_challenge():
    ruling = decide(a_post(), IN_THREAD, ATLAS, before=BY_HAND)
    assert (ruling.challenge, ruling.detector) == (SHUT, Detector.BY_HAND)
