"""What holds for every rule, whatever it is about."""

import importlib
import pkgutil
from typing import Any

import pytest
from django.utils import translation

import tests.challenges.rules as tables
from challenges.rules import RULES, MediaFacts, PostFacts
from rulebook import Message, Outcome, RuleSpec
from tests.challenges.rules.table import Row

UNFRIENDLY = ("fail", "wrong", "error", "invalid", "incorrect")
BARE = PostFacts("")
RICH = PostFacts(
    "Un phare, a lighthouse: « e\u0301té » — 🏖️ שלום\u200b\n#envol",
    hashtags=("envol",),
    links=("https://example.org", "http://[", ""),
    media=(MediaFacts("image", "IMG_1.jpg"), MediaFacts("video")),
    is_reply=True,
    thread=("a", "b"),
)
ODD_PARAMS: list[dict[str, Any]] = [
    {},
    dict.fromkeys(("count", "length"), "many"),
    dict.fromkeys(("count", "length"), -3),
    dict.fromkeys(("count", "length"), float("inf")),
    dict.fromkeys(("count", "length", "words", "answers", "letters", "language", "vowel")),
    dict.fromkeys(
        ("hashtags", "words", "answers", "near_misses"), [None, 3, "", " ", "%(x)s", "#"]
    ),
    dict.fromkeys(
        ("letters", "vowel", "letter", "word", "start", "language", "criterion"), "% 100%"
    ),
    dict.fromkeys(("letters", "vowel", "letter", "word", "start", "language", "criterion"), 7),
    dict.fromkeys(("letters", "vowel", "letter", "word", "start", "language", "criterion"), "é"),
]


def all_rows() -> list[Row]:
    modules = [
        importlib.import_module(f"{tables.__name__}.{found.name}")
        for found in pkgutil.iter_modules(tables.__path__)
        if found.name not in {"test_every_rule", "test_properties"}
    ]
    lists = [value for module in modules for value in vars(module).values() if type(value) is list]
    return [entry for entries in lists for entry in entries if isinstance(entry, Row)]


@pytest.mark.parametrize("key", [rule.key for rule in RULES])
def test_every_rule_has_a_row_for_each_side(key: str) -> None:
    outcomes = {entry.outcome for entry in all_rows() if entry.rule == key}
    if key == "person_decides":
        assert outcomes == {Outcome.WITH_TUTOR}
    else:
        assert {Outcome.ACCEPTED, Outcome.NOT_YET} <= outcomes


@pytest.mark.parametrize("params", ODD_PARAMS)
@pytest.mark.parametrize("facts", [BARE, RICH])
def test_no_rule_stumbles_over_odd_fields(facts: PostFacts, params: dict[str, Any]) -> None:
    specs = [RuleSpec(rule.key, params) for rule in RULES]
    verdict = RULES.judge(facts, specs)
    said = [finding.explanation for finding in verdict.findings] + RULES.summaries(specs)
    with translation.override("en"):
        assert all(str(message).strip() for message in said)


def spoken() -> list[Message]:
    judged = [RULES[row.rule].judge(row.facts, row.params).explanation for row in all_rows()]
    return judged + [RULES[row.rule].summary(row.params) for row in all_rows()]


def test_every_sentence_is_friendly_and_whole() -> None:
    for message in spoken():
        for template in filter(None, (message.singular, message.plural)):
            assert not any(word in template.lower() for word in UNFRIENDLY), template
            assert template[0].isupper() or template.startswith(("“", "%(")), template
            assert template.endswith((".", "!", "?", "%(criterion)s")), template


def test_every_sentence_survives_storage() -> None:
    for message in spoken():
        assert Message.from_json(message.to_json()) == message


def test_every_rule_says_what_its_fields_are() -> None:
    for rule in RULES:
        assert rule.judge.__doc__, rule.key
