"""The rule editor: every rule has its block, and what no post can keep together is said at once."""

import pytest
from django.core.exceptions import ValidationError

from challenges.blocks import RULE_BLOCKS, LevelBlock
from challenges.blocks.fields import WordListBlock, split_words
from challenges.checks import every_rule_has_its_block, fields_read
from challenges.contradictions import contradictions
from challenges.levels import read_specs
from challenges.rules import RULES
from rulebook import RuleSpec
from tests.challenges.building import a_level

pytestmark = pytest.mark.usefixtures("in_english")


def test_rules_and_blocks_are_the_same_list():
    assert every_rule_has_its_block() == []
    assert [rule.key for rule in RULES] and {rule.key for rule in RULES} == set(RULE_BLOCKS)


def test_the_check_notices_a_block_without_a_rule(monkeypatch):
    monkeypatch.setitem(RULE_BLOCKS, "sings", RULE_BLOCKS["photo"])

    assert [error.id for error in every_rule_has_its_block()] == ["challenges.E002"]


def test_the_check_notices_a_rule_without_a_block(monkeypatch):
    monkeypatch.delitem(RULE_BLOCKS, "palindrome")

    assert [error.id for error in every_rule_has_its_block()] == ["challenges.E001"]


def test_the_check_notices_a_field_that_the_rule_never_reads(monkeypatch):
    monkeypatch.setitem(RULE_BLOCKS, "palindrome", RULE_BLOCKS["acrostic"])

    assert [error.id for error in every_rule_has_its_block()] == ["challenges.E003"]
    assert fields_read("acrostic") == {"word"}


@pytest.mark.parametrize("key", sorted(RULE_BLOCKS))
def test_what_the_editor_offers_at_first_gives_a_sentence(key):
    """The values that a new block has before anybody changes them make sense to its rule."""
    block = RULE_BLOCKS[key]()
    value = block.get_default()

    spec = RuleSpec(key, {name: value[name] for name in value})

    assert str(RULES.summaries([spec])[0])
    assert block.label and block.meta.group


def test_words_are_written_with_commas_and_kept_as_a_list():
    block = WordListBlock()

    assert block.value_from_form("bleu,  rouge vif;\nbleu") == ["bleu", "rouge vif"]
    assert block.value_for_form(["bleu", "rouge"]) == "bleu, rouge"
    assert block.clean(["bleu"]) == ["bleu"]
    assert block.to_python(["a", "b"]) == block.to_python("a,b") == ["a", "b"]
    assert split_words(" , ;") == []
    with pytest.raises(ValidationError):
        block.clean([])


def spec(key, **params):
    return RuleSpec(key, params)


@pytest.mark.parametrize(
    ("specs", "found"),
    [
        ([spec("at_most_characters", count=100), spec("exactly_characters", count=140)], "140"),
        ([spec("at_most_characters", count=20), spec("at_least_words", count=11)], "11"),
        ([spec("exactly_characters", count=20), spec("at_least_words", count=11)], "11"),
        ([spec("reply"), spec("starts_conversation")], "reply"),
        ([spec("contains_words", words=["Mer"]), spec("avoids_words", words=["mer"])], "Mer"),
        ([spec("lipogram", letters="e"), spec("tautogram", letter="é")], "letter e"),
        ([spec("lipogram", letters="ai"), spec("acrostic", word="ami")], "letter a"),
        ([spec("lipogram", letters="a"), spec("abecedary")], "alphabet"),
    ],
)
def test_contradictions_are_named(specs, found):
    sentences = contradictions(specs)

    assert sentences and found in sentences[0]


@pytest.mark.parametrize(
    "specs",
    [
        [],
        [spec("at_most_characters", count=140), spec("exactly_characters", count=140)],
        [spec("at_most_characters", count=21), spec("at_least_words", count=11)],
        [spec("lipogram", letters="e"), spec("univocal", vowel="a")],
        [spec("contains_words", words=["mer"]), spec("avoids_words", words=["terre"])],
        [spec("tautogram"), spec("lipogram")],
    ],
)
def test_what_can_be_kept_together_is_let_be(specs):
    assert contradictions(specs) == []


def level_value(rules):
    block = LevelBlock()
    return block, block.to_python(a_level(rules=rules)["value"])


def test_a_level_with_a_contradiction_is_not_saved():
    block, value = level_value(
        [("at_most_characters", {"count": 100}), ("exactly_characters", {"count": 140})]
    )

    with pytest.raises(ValidationError) as caught:
        block.clean(value)

    errors = caught.value.block_errors["rules"].non_block_errors
    assert "140" in str(errors)


def test_most_rules_stand_once_in_a_level():
    block, value = level_value([("photo", {"count": 1}), ("photo", {"count": 2})])

    with pytest.raises(ValidationError):
        block.clean(value)


def test_specs_are_plain_values():
    block, value = level_value(
        [
            ("contains_words", {"words": ["bleu", "rouge"], "count": 1}),
            ("reply", {"to_someone_else": True}),
            ("language", {"language": "fr"}),
        ]
    )

    assert list(read_specs(block.clean(value)["rules"])) == [
        spec("contains_words", words=["bleu", "rouge"], count=1),
        spec("reply", to_someone_else=True),
        spec("language", language="fr"),
    ]
