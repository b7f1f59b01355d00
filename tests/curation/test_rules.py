"""What sifting rules make of an item, without a database."""

import pytest

from curation.sifting.rules import Facts, Rule, bare_words, decide, lines

ITEM = Facts(
    title="L'École et Mastodon",
    text="Une classe de CM2 écrit à l'océan. Les élèves racontent.",
    sources=frozenset({7}),
    topics=frozenset({"ecole"}),
    language="fr-CA",
    finders=3,
)


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ({"source": 7}, True),
        ({"source": 8}, False),
        ({"any_words": ("mastodon", "bluesky")}, True),
        ({"any_words": ("ECOLE",)}, True),
        ({"any_words": ("eleve",)}, False),  # whole words
        ({"any_words": ("classe de cm2",)}, True),
        ({"any_words": ("classe cm2",)}, False),
        ({"any_words": ("océan",), "only_title": True}, False),
        ({"any_words": ("l’école",), "only_title": True}, True),
        ({"all_words": ("école", "océan")}, True),
        ({"all_words": ("école", "lac")}, False),
        ({"any_words": ("lac",), "all_words": ("école",)}, False),
        ({"topic": "ecole"}, True),
        ({"topic": "lac"}, False),
        ({"language": "FR"}, True),
        ({"language": "en"}, False),
        ({"least_finders": 3}, True),
        ({"least_finders": 4}, False),
        ({"source": 7, "language": "en"}, False),
    ],
)
def test_a_rule_applies_where_all_that_it_asks_holds(rule, holds):
    verdict = decide(ITEM, [Rule(id=1, outcome="drop", **rule)])
    assert (verdict.outcome, verdict.decided_by) == (("drop", 1) if holds else ("", None))


def test_the_first_word_counts_and_topics_add_up():
    verdict = decide(
        ITEM,
        [
            Rule(id=1, source=7, add_topics=("école",), axis="with"),
            Rule(id=2, source=7, add_topics=("océan", "école"), axis="work", outcome="snooze"),
            Rule(id=3, source=7, depth="begin", outcome="drop"),
        ],
    )
    assert verdict.topics == ("école", "océan")
    assert (verdict.axis, verdict.depth) == ("with", "begin")
    assert (verdict.outcome, verdict.decided_by, verdict.snooze_days) == ("snooze", 2, 7)
    assert verdict.applied == (1, 2, 3)


def test_behind_a_rule_that_stops_nobody_looks():
    rules = [Rule(id=1, source=7, stops=True), Rule(id=2, source=7, outcome="drop")]
    assert decide(ITEM, rules).outcome == ""
    passed_by = [Rule(id=1, source=8, stops=True), Rule(id=2, source=7, outcome="drop")]
    assert decide(ITEM, passed_by).outcome == "drop"


@pytest.mark.parametrize(
    ("outcome", "expected"), [("", "publish"), ("snooze", "publish"), ("drop", "drop")]
)
def test_a_source_that_publishes_by_itself_is_only_overruled_by_setting_aside(outcome, expected):
    itself = Facts(title="Toots", sources=frozenset({7}), itself=True)
    rule = Rule(id=1, source=7, outcome=outcome, add_topics=("x",))
    assert decide(itself, [rule]).outcome == expected


def test_a_rule_has_its_say_once():
    again = Facts(title="Toots", sources=frozenset({7}), applied=frozenset({1}))
    assert decide(again, [Rule(id=1, source=7, outcome="drop")]).applied == ()


def test_words_are_bare():
    assert bare_words("Élève-s, ŒUVRE_2") == " eleve s œuvre 2 "
    assert lines(" un mot \n\n—\nÇa va") == ("un mot", "Ça va")
