import json

import pytest
from django.utils import translation

from rulebook import Message
from rulebook.messages import gettext, ngettext


def test_a_message_is_its_sentence_with_its_params() -> None:
    assert str(gettext("Add %(count)s words to %(place)s.", count=2, place="“là”")) == (
        "Add 2 words to “là”."
    )


def test_a_percent_sign_needs_no_doubling_where_there_are_no_params() -> None:
    assert str(gettext("You are 100% there.")) == "You are 100% there."


def test_a_percent_sign_in_a_param_stays_as_it_is() -> None:
    assert str(gettext("“%(word)s” is there.", word="%(word)s 5%")) == "“%(word)s 5%” is there."


def test_each_text_of_a_list_stands_between_quotation_marks() -> None:
    with translation.override("en"):
        assert str(gettext("Without %(letters)s.", letters=["e", "a"])) == "Without “e”, “a”."


@pytest.mark.parametrize(
    ("count", "said"), [(1, "One post."), (0, "0 posts by nia."), (2, "2 posts by nia.")]
)
def test_the_count_chooses_the_form(count: int, said: str) -> None:
    with translation.override("en"):
        assert str(ngettext("One post.", "%(count)s posts by %(who)s.", count, who="nia")) == said


def test_a_message_is_translated_when_it_is_read() -> None:
    message = gettext("Yes")
    with translation.override("fr"):
        assert str(message) == "Oui"
    with translation.override("en"):
        assert str(message) == "Yes"


def test_a_plural_is_translated_by_the_rules_of_the_reader() -> None:
    message = ngettext("%(count)d hour", "%(count)d hours", 0)
    with translation.override("en"):
        assert str(message) == "0 hours"
    with translation.override("fr"):
        assert str(message).startswith("0")


@pytest.mark.parametrize(
    "message",
    [
        gettext("Plain."),
        gettext("With “%(word)s” and %(size)s.", word="é", size=3),
        gettext("With %(words)s.", words=["é", "à"]),
        ngettext("One.", "%(count)s.", 0),
        ngettext("One.", "%(count)s for %(who)s.", 5, who="nia"),
    ],
)
def test_a_message_survives_storage(message: Message) -> None:
    assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message


def test_a_plain_message_is_stored_without_a_plural() -> None:
    assert gettext("Plain.").to_json() == {"singular": "Plain.", "params": {}}
