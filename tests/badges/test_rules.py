"""The badge rules as tables: what somebody did, what is asked, what they are told."""

import pytest
from django.utils.translation import override

from badges.rules import RULES, Ask, Deed, EventFacts, counted, evidence, is_earned, reach
from rulebook import Outcome, RuleSpec

HELPED_3 = {"events": ["helped"], "count": 3, "distinct": "person"}


def deeds(*rows: tuple) -> tuple[Deed, ...]:
    """(kind, other, subject, *tags) each; numbered from 1."""
    return tuple(
        Deed(number, kind, subject or "", other, frozenset(tags))
        for number, (kind, other, subject, *tags) in enumerate(rows, 1)
    )


def helped(*others: int) -> tuple[Deed, ...]:
    return deeds(*(("helped", other, "") for other in others))


@pytest.mark.parametrize(
    ("done", "params", "counts"),
    [
        ((), {"events": ["helped"]}, []),
        (helped(1), {"events": ["helped"]}, [1]),
        (helped(1), {"events": ["brought"]}, []),
        (helped(1, 1, 1, 1), {"events": ["helped"], "count": 9}, [1, 2]),  # two per pair
        (helped(1, 1, 1, 1), {"events": ["helped"], "count": 9, "per_person": 3}, [1, 2, 3]),
        (helped(1, 1, 2, 2, 3), HELPED_3, [1, 3, 5]),
        (helped(1, 2, 1, 2), {"events": ["helped"], "per_person": 1}, [1, 2]),
        (deeds(("level_accepted", None, "a"), ("level_accepted", None, "a")),
         {"events": ["level_accepted"], "count": 5}, [1, 2]),
        (deeds(("level_accepted", None, "a"), ("level_accepted", None, "a"),
               ("level_accepted", None, "b"), ("level_accepted", None, "")),
         {"events": ["level_accepted"], "distinct": "challenge"}, [1, 3]),
        (deeds(("level_accepted", None, "a", "writing"), ("level_accepted", None, "b", "photo")),
         {"events": ["level_accepted"], "tag": " Writing "}, [1]),
        (deeds(("first_photo", None, ""), ("first_link", None, ""), ("first_post", None, "")),
         {"events": ["first_photo", "first_link"]}, [1, 2]),
        # The cap per pair isn't used up by what doesn't count anyway.
        (deeds(("helped", 1, "a"), ("helped", 1, "a"), ("helped", 1, "b")),
         {"events": ["helped"], "distinct": "challenge"}, [1, 3]),
        (helped(1), {"events": [], "count": None, "distinct": "nonsense", "tag": None}, []),
        (helped(1), {}, []),
        (helped(1), {"events": ["helped"], "count": "many", "per_person": -4}, [1]),
    ],
)  # fmt: skip
def test_what_counts(done, params, counts):
    assert [deed.event for deed in counted(done, Ask.read(params))] == counts


@pytest.mark.parametrize(
    ("key", "params", "facts", "outcome", "says"),
    [
        ("events", HELPED_3, EventFacts(helped(1, 2)), "not_yet", "1 more person to help"),
        ("events", HELPED_3, EventFacts(helped(1)), "not_yet", "2 more people to help"),
        ("events", HELPED_3, EventFacts(helped(1, 2, 3)), "accepted", "3 different newcomers"),
        ("events", {"events": []}, EventFacts(), "with_tutor", "Somebody of the team"),
        ("events", {"events": ["first_post"]}, EventFacts(), "not_yet", "Write a first message"),
        ("events", {"events": ["helped", "brought"], "count": 2}, EventFacts(helped(1)),
         "not_yet", "Once more, and you are there."),
        ("events", {"events": ["level_accepted"], "tag": "Photo", "count": 2}, EventFacts(),
         "not_yet", "2 more levels to pass about “photo”"),
        ("badges", {"badges": [7]}, EventFacts(names={7: "Weaver"}), "not_yet", "Weaver"),
        ("badges", {"badges": [7]}, EventFacts(held=frozenset({7})), "accepted", "builds on"),
        ("badges", {"badges": [7, 8]}, EventFacts(held=frozenset({7})), "not_yet", "builds on"),
        ("badges", {"badges": []}, EventFacts(), "with_tutor", "team"),
        ("by_hand", {}, EventFacts(), "with_tutor", "team"),
        ("any", {"rules": ()}, EventFacts(), "with_tutor", "team"),
        ("all", {"rules": ()}, EventFacts(), "with_tutor", "team"),
    ],
)  # fmt: skip
def test_findings(key, params, facts, outcome, says):
    finding = RULES[key].judge(facts, params)
    with override("en"):
        assert (finding.outcome.value, says in str(finding.explanation)) == (outcome, True)


def spec(kind: str, count: int = 1) -> RuleSpec:
    return RuleSpec("events", {"events": [kind], "count": count})


POST, PHOTO, REPLY = (spec(f"first_{what}") for what in ("post", "photo", "reply"))
BY_HAND = RuleSpec("by_hand")


def any_of(*rules: RuleSpec) -> RuleSpec:
    return RuleSpec("any", {"rules": rules})


def all_of(*rules: RuleSpec) -> RuleSpec:
    return RuleSpec("all", {"rules": rules})


@pytest.mark.parametrize(
    ("specs", "kinds", "earned", "proofs"),
    [
        ((), "post", False, []),  # without rules: by hand
        ((POST,), "post", True, [1]),
        ((POST, PHOTO), "post", False, [1]),
        ((POST, PHOTO), "photo post", True, [2, 1]),
        ((any_of(POST, PHOTO),), "photo", True, [1]),
        ((any_of(POST, PHOTO),), "reply", False, []),
        ((all_of(POST, PHOTO),), "photo", False, []),
        ((all_of(POST, PHOTO),), "photo post", True, [2, 1]),
        ((any_of(all_of(POST, PHOTO), REPLY),), "photo", False, []),
        ((any_of(all_of(POST, PHOTO), REPLY),), "photo reply", True, [2]),
        ((any_of(all_of(POST, PHOTO), REPLY), POST), "photo reply", False, [2]),
        ((any_of(BY_HAND, POST),), "post", True, [1]),
        ((any_of(BY_HAND, POST),), "photo", False, []),
        ((BY_HAND,), "post", False, []),
        ((BY_HAND, POST), "post", False, [1]),
        ((all_of(BY_HAND, POST),), "post", False, []),
    ],
)
def test_all_must_hold_and_groups_nest(specs, kinds, earned, proofs):
    facts = EventFacts(deeds(*((f"first_{kind}", None, "") for kind in kinds.split())))
    assert is_earned(facts, specs) is earned
    assert evidence(facts, specs) == proofs


def test_evidence_is_no_longer_than_what_is_asked():
    facts = EventFacts(helped(1, 2, 3, 4, 5))
    assert evidence(facts, (RuleSpec("events", HELPED_3),)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("specs", "others", "ratio"),
    [
        ((RuleSpec("events", HELPED_3),), (), 0),
        ((RuleSpec("events", HELPED_3),), (1,), 1 / 3),
        ((RuleSpec("events", HELPED_3),), (1, 2, 3), 1),
        ((RuleSpec("events", HELPED_3), POST), (1, 2, 3), 1 / 2),
        ((any_of(POST, RuleSpec("events", HELPED_3)),), (1, 2), 2 / 3),
        ((), (), 0),
    ],
)
def test_how_far(specs, others, ratio):
    assert reach(RULES.judge(EventFacts(helped(*others)), specs)) == pytest.approx(ratio)


@pytest.mark.parametrize("rule", list(RULES), ids=lambda rule: rule.key)
def test_every_rule_takes_anything_an_editor_can_leave(rule):
    """Empty fields, and fields of a rule that was saved before it had them."""
    empty = {"events": None, "badges": None, "rules": None, "count": None, "distinct": None}
    for params in ({}, empty):
        assert rule.judge(EventFacts(), params).outcome is not Outcome.ACCEPTED
        assert str(rule.summary(params))


@pytest.mark.parametrize("kind", ["helped", "level_accepted", "first_reply", "brought"])
@pytest.mark.parametrize("number", [1, 2, 5])
def test_summaries_are_whole_sentences(kind, number):
    summary = str(RULES["events"].summary({"events": [kind], "count": number}))
    assert "%" not in summary
    assert summary
