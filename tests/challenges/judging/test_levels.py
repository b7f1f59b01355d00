"""The pure part: which of several levels a post passes, waits for, or comes nearest to."""

from uuid import UUID

import pytest

from challenges.judging import judge, judge_levels
from challenges.levels import Level
from challenges.rules import MediaFacts, PostFacts
from rulebook import Outcome, RuleSpec

PHOTO = PostFacts(text="Voilà", media=(MediaFacts("image", "Une tasse bleue posée sur une table"),))
WORDS = PostFacts(text="Voilà")


def a_level(number: int, *rules: str) -> Level:
    specs = tuple(RuleSpec(key) for key in rules)
    return Level(id=UUID(int=number), number=number, title="", task="", tip="", specs=specs)


def judged(facts: PostFacts, *levels: Level, passed: tuple[int, ...] = ()) -> dict[int, Outcome]:
    found = judge_levels(facts, levels, passed=[UUID(int=number) for number in passed])
    return {one.level.number: one.verdict.outcome for one in found}


def test_every_level_whose_rules_all_hold_is_passed():
    levels = a_level(1, "photo"), a_level(2, "photo", "photos_described")
    assert judged(PHOTO, *levels) == {1: Outcome.ACCEPTED, 2: Outcome.ACCEPTED}


def test_of_the_others_only_the_nearest_is_told():
    levels = (
        a_level(1, "link", "hashtags"),
        a_level(2, "photo", "link"),
        a_level(3, "link", "mention"),
    )
    assert judged(PHOTO, *levels) == {2: Outcome.NOT_YET}


def test_of_two_equally_near_the_earlier_one_is_told():
    assert judged(WORDS, a_level(1, "link"), a_level(2, "photo")) == {1: Outcome.NOT_YET}


def test_what_was_passed_is_not_judged_again():
    levels = a_level(1, "photo"), a_level(2, "link")
    assert judged(PHOTO, *levels, passed=(1, 2)) == {}


def test_what_waits_for_a_tutor_is_kept_beside_the_nearest():
    levels = a_level(1, "person_decides"), a_level(2, "link"), a_level(3, "person_decides", "photo")
    assert judged(PHOTO, *levels) == {
        1: Outcome.WITH_TUTOR,
        2: Outcome.NOT_YET,
        3: Outcome.WITH_TUTOR,
    }


@pytest.mark.parametrize("key", ["no_such_rule", ""])
def test_a_rule_that_nobody_knows_is_left_to_a_tutor(key, caplog):
    verdict = judge(PHOTO, [RuleSpec("photo"), RuleSpec(key)])
    assert verdict.outcome is Outcome.WITH_TUTOR
    assert [finding.rule for finding in verdict.findings] == ["photo", key]
    assert "could not judge" in caplog.text
