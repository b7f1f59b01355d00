"""What holds for every text, found out with texts that nobody would think of."""

import json
import unicodedata
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from challenges.rules import RULES, MediaFacts, MentionFacts, PostFacts, wording
from rulebook import Outcome, RuleSpec, Verdict

LATIN = st.sampled_from("abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüÿ")
LATIN_WORDS = st.text(LATIN, min_size=1, max_size=12)
MARKS = st.sampled_from(
    ["#", "@", "https://", ".", "'", "’", "-", "«", "»", "“", "\n", "> ", "\u200b"]
)
TEXTS = st.lists(st.one_of(st.text(max_size=12), LATIN_WORDS, MARKS), max_size=20).map("".join)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS, st.lists(TEXTS))
NAMES = (
    "hashtags count to_someone_else words language letters vowel letter word length start answers "
    "near_misses criterion"
)
PARAMS = st.dictionaries(st.sampled_from(NAMES.split()), VALUES)
FACTS = st.builds(
    PostFacts,
    text=TEXTS,
    hashtags=st.lists(TEXTS, max_size=3).map(tuple),
    mentions=st.lists(st.builds(MentionFacts, TEXTS, st.booleans()), max_size=3).map(tuple),
    links=st.lists(TEXTS, max_size=3).map(tuple),
    media=st.lists(st.builds(MediaFacts, st.just("image"), TEXTS), max_size=3).map(tuple),
    content_warning=TEXTS,
    language=st.one_of(st.sampled_from(["", "fr", "en-GB"]), TEXTS),
    is_reply=st.booleans(),
    thread=st.lists(TEXTS, max_size=3).map(tuple),
)
RIDDLES = {
    "answers": ["Un phare", "the lighthouse", "l'arc-en-ciel", "Tour Eiffel", "cœur", "chats"],
    "near_misses": ["phrase"],
}
ANSWERS = st.sampled_from(RIDDLES["answers"])
BARE_ANSWERS = st.sampled_from(
    ["phare", "lighthouse", "arc-en-ciel", "tour eiffel", "cœur", "chat"]
)


def outcome(key: str, text: str, **params: Any) -> Outcome:
    return RULES[key].judge(PostFacts(text), params).outcome


@given(facts=FACTS, params=PARAMS)
def test_no_rule_ever_raises_and_every_verdict_can_be_stored(
    facts: PostFacts, params: dict[str, Any]
) -> None:
    specs = [RuleSpec(rule.key, params) for rule in RULES]
    verdict = RULES.judge(facts, specs)
    assert all(str(finding.explanation) for finding in verdict.findings)
    assert all(str(summary) for summary in RULES.summaries(specs))
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict


@given(text=TEXTS, params=PARAMS)
def test_composition_changes_nothing(text: str, params: dict[str, Any]) -> None:
    specs = [RuleSpec(rule.key, params) for rule in RULES]
    one, other = (PostFacts(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert RULES.judge(one, specs) == RULES.judge(other, specs)


@given(text=TEXTS, letter=st.sampled_from("aeiousz"))
def test_a_lipogram_is_a_text_without_the_letter(text: str, letter: str) -> None:
    letters = wording.letters(wording.prose(PostFacts(text)))
    holds = bool(letters) and letter not in letters
    assert (outcome("lipogram", text, letters=letter) is Outcome.ACCEPTED) == holds


@given(start=st.integers(1, 4), letters=st.lists(LATIN, min_size=60, max_size=60))
def test_every_snowball_is_accepted(start: int, letters: list[str]) -> None:
    stream = iter(letters)
    words = ["".join(next(stream) for _ in range(start + grown)) for grown in range(6)]
    assert outcome("snowball", " ".join(words), count=6) is Outcome.ACCEPTED


@given(half=st.text(LATIN, min_size=2, max_size=30), middle=st.one_of(st.just(""), LATIN))
def test_every_palindrome_is_accepted(half: str, middle: str) -> None:
    text = half.title() + " " + middle + ", " + half[::-1]
    assert outcome("palindrome", text) is Outcome.ACCEPTED


@given(word=LATIN_WORDS, rest=st.lists(LATIN_WORDS, min_size=12, max_size=12))
def test_every_acrostic_is_accepted(word: str, rest: list[str]) -> None:
    lines = [f"{initial}{end} {end}" for initial, end in zip(word, rest, strict=False)]
    assert outcome("acrostic", "\n".join(lines), word=word) is Outcome.ACCEPTED


@given(initial=LATIN, rest=st.lists(LATIN_WORDS, min_size=3))
def test_every_tautogram_is_accepted(initial: str, rest: list[str]) -> None:
    assert outcome("tautogram", " ".join(initial + end for end in rest)) is Outcome.ACCEPTED


@given(letters=st.text(LATIN, min_size=1, max_size=40), tag=st.text(LATIN, min_size=1))
def test_hashtags_and_mentions_leave_the_count_alone(letters: str, tag: str) -> None:
    for text in (letters, f"{letters} #{tag}", f"@{tag} {letters} @{tag}@example.org"):
        assert outcome("exactly_characters", text, count=len(letters)) is Outcome.ACCEPTED


@given(
    answer=BARE_ANSWERS,
    article=st.sampled_from(["", "le ", "la ", "un ", "une ", "the ", "a ", "des ", "l'"]),
    frame=st.sampled_from(["{}", "{} ?", "C'est {} !", "Est-ce que c’est {} ?", "is it {}?"]),
    change=st.sampled_from([str.upper, str.title, str.lower]),
    accent=st.sampled_from(["", "\u0301", "\u0308", "\u200b"]),
    place=st.integers(1, 4),
)
def test_an_answer_may_be_written_in_many_ways(
    answer: str, article: str, frame: str, change: Any, accent: str, place: int
) -> None:
    written = change(answer[:place] + accent + answer[place:])
    assert outcome("solves_riddle", frame.format(article + written), **RIDDLES) is Outcome.ACCEPTED


@given(
    answer=BARE_ANSWERS,
    frame=st.sampled_from(
        [
            "ce n'est pas un {}",
            "pas {}",
            "it isn't a {}",
            "it is not the {}!",
            "jamais un {}",
            "no {}",
        ]
    ),
)
def test_a_denied_answer_is_never_accepted(answer: str, frame: str) -> None:
    assert outcome("solves_riddle", frame.format(answer), **RIDDLES) is Outcome.NOT_YET


@settings(max_examples=50)
@given(text=TEXTS, answer=ANSWERS)
def test_no_answer_is_ever_told(text: str, answer: str) -> None:
    rule = RULES["solves_riddle"]
    for said in (text, answer, f"pas {answer}", f"{text} {answer}"):
        told = str(rule.judge(PostFacts(said), RIDDLES).explanation) + str(rule.summary(RIDDLES))
        for secret in RIDDLES["answers"] + RIDDLES["near_misses"]:
            assert wording.fold(secret) not in wording.fold(told)
            assert secret.split()[-1].lower() not in told.lower()
