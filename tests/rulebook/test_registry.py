import pytest

from rulebook import Finding, Outcome, Rulebook, RuleSpec, UnknownRule, accepted, not_yet
from rulebook.messages import gettext
from rulebook.registry import Params


@pytest.fixture
def book() -> Rulebook[str]:
    book: Rulebook[str] = Rulebook()

    @book.rule("longer", summary=lambda params: gettext("Longer than %(than)s.", **params))
    def longer(facts: str, params: Params) -> Finding:
        size = len(facts)
        if size > params["than"]:
            return accepted(gettext("%(size)s.", size=size))
        return not_yet(gettext("Only %(size)s.", size=size))

    @book.rule("loud", summary=lambda _params: gettext("Loud."))
    def loud(facts: str, _params: Params) -> Finding:
        return accepted(gettext("Loud.")) if facts.isupper() else not_yet(gettext("Quiet."))

    return book


def test_judging_keeps_the_order_and_names_the_rules(book: Rulebook[str]) -> None:
    verdict = book.judge("HEY", [RuleSpec("loud"), RuleSpec("longer", {"than": 3})])
    assert [(finding.rule, finding.outcome) for finding in verdict.findings] == [
        ("loud", Outcome.ACCEPTED),
        ("longer", Outcome.NOT_YET),
    ]


def test_one_rule_may_be_asked_twice(book: Rulebook[str]) -> None:
    verdict = book.judge("hey", [RuleSpec("longer", {"than": 1}), RuleSpec("longer", {"than": 9})])
    assert [str(finding.explanation) for finding in verdict.findings] == ["3.", "Only 3."]


def test_no_rules_accept(book: Rulebook[str]) -> None:
    assert book.judge("hey", []).outcome is Outcome.ACCEPTED


def test_summaries_come_in_the_order_of_the_specs(book: Rulebook[str]) -> None:
    specs = [RuleSpec("longer", {"than": 3}), RuleSpec("loud")]
    assert [str(summary) for summary in book.summaries(specs)] == ["Longer than 3.", "Loud."]


def test_a_book_lists_its_rules_as_entered(book: Rulebook[str]) -> None:
    assert [rule.key for rule in book] == ["longer", "loud"]
    assert len(book) == 2


def test_an_unknown_rule_says_its_key(book: Rulebook[str]) -> None:
    with pytest.raises(UnknownRule, match="quiet"):
        book.judge("hey", [RuleSpec("quiet")])
    with pytest.raises(UnknownRule, match="quiet"):
        book.summaries([RuleSpec("quiet")])


def test_two_rules_cannot_share_a_key(book: Rulebook[str]) -> None:
    with pytest.raises(ValueError, match="'loud'"):
        book.rule("loud", summary=lambda _params: gettext("Loud."))(
            lambda _facts, _params: accepted(gettext("Loud."))
        )
