"""Which question a post answers: as people write it, and as nobody should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.live.chat.recognising import Recognised, Saying, named_number, recognise
from community.models import ChatAnswer

How = ChatAnswer.How
QUESTIONS = {
    1: ("Qui es-tu ?", "Who are you?"),
    2: ("Comment as-tu commencé ?", ""),
    3: ("Et demain ?", "And tomorrow?"),
}

LABELS = [
    ("A1 Je suis Nia", 1, True),
    ("a1: je suis Nia", 1, True),
    ("A1. Je suis Nia", 1, True),
    ("R1 Je suis Nia", 1, True),
    ("r 1 je suis Nia", 1, True),
    ("R.1 je suis Nia", 1, True),
    ("A-2 par hasard", 2, True),
    ("A 2 : par hasard", 2, True),
    ("Réponse 2 : par hasard", 2, True),
    ("Reponse 2 par hasard", 2, True),
    ("answer 3 who knows", 3, True),
    ("@envol@social.example A2 par hasard", 2, True),
    ("#TchatEnvol A2 par hasard", 2, True),
    ("Bonjour !\n\nA2 par hasard", 2, True),
    ("Par hasard #A2 #TchatEnvol", 2, True),
    ("par hasard (R2)", 2, True),
    ("Oui, A2 : par hasard", 2, True),
    ("« R3 » rien du tout", 3, True),
    ("A02 par hasard", 2, True),
    ("Ａ２ par hasard", 2, True),
    ("A٣ demain", 3, True),
    ("A1\ufe0f\u20e3 Je suis Nia", 1, True),
    ("\u200bA1\u200b Je suis Nia", 1, True),
    ("Q1 Je suis Nia", 1, True),
    ("A1 et A2 en un message", 1, True),
    ("Mes élèves ont le niveau A2", 2, False),
    ("Une feuille A4 suffit", 4, False),
    ("A10 le dixième", 10, True),
    ("A 2 enfants, on s'organise", None, False),
    ("Elle a 2 chats", None, False),
    ("à 1 heure", None, False),
    ("R2D2 est un robot", None, False),
    ("BA1 et BA2", None, False),
    ("A1000", None, False),
    ("https://example.org/A1", None, False),
    ("@a1 bonjour", None, False),
    ("#A1bis bonjour", None, False),
    ("Rien du tout", None, False),
    ("", None, False),
]


@pytest.mark.parametrize(("text", "number", "is_sure"), LABELS)
def test_labels(text, number, is_sure):
    assert named_number(text) == (number, is_sure)


CASES = [
    ("named", Saying("A2 Par hasard", True), (2, How.NAMED)),
    ("named under another question", Saying("A2 Par hasard", False, thread=1), (2, How.NAMED)),
    ("no hashtag, no thread", Saying("A2 Par hasard", False), None),
    ("in the thread", Saying("Par hasard", False, thread=2), (2, How.THREAD)),
    ("a vague number in the thread", Saying("En A3, je crois", False, thread=2), (2, How.THREAD)),
    ("an unknown number in the thread", Saying("A9 Par hasard", False, thread=2), (2, How.THREAD)),
    ("quoted", Saying("Par hasard", False, quoted=2), (2, How.QUOTE)),
    ("quoted under another", Saying("Par hasard", True, thread=1, quoted=2), (2, How.QUOTE)),
    ("during the event", Saying("Par hasard", True, meanwhile=3), (3, How.LIKELY)),
    ("during, without the hashtag", Saying("Par hasard", False, meanwhile=3), None),
    ("during, a number in passing", Saying("Le niveau A2", True, meanwhile=3), (2, How.LIKELY)),
    ("during, an unknown number", Saying("A9 Hasard", True, meanwhile=3), (3, How.LIKELY)),
    ("between two events", Saying("Par hasard", True), None),
    ("an unknown number", Saying("A9 Par hasard", True), None),
    ("question nought", Saying("A0 Par hasard", True), None),
    ("a label alone", Saying("A1 #Chat", True), None),
    ("a label and a point", Saying("A1 ... !", True), None),
    ("a nod", Saying("A1 👍", True), (1, How.NAMED)),
    ("a picture", Saying("A1", True, has_media=True), (1, How.NAMED)),
    ("a link", Saying("A1 https://example.org", True), (1, How.NAMED)),
    ("the question said again", Saying("Q1 Qui es-tu ? #Chat", True), None),
    ("said again in English", Saying("Q1: Who are you?", True), None),
    ("said again with an answer", Saying("Q1 Qui es-tu ? Nia !", True), (1, How.NAMED)),
    ("silence in the thread", Saying("@envol …", False, thread=1), None),
]


@pytest.mark.parametrize(("name", "saying", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_answers_what(name, saying, expected):
    assert recognise(saying, QUESTIONS) == (Recognised(*expected) if expected else None)


numbers = st.one_of(st.none(), st.integers(-1, 120))
SHARP = st.text(alphabet="AaRrQq019 .:#@[]()-\n\u200b️⃣éＡ２https/", max_size=400)


@given(
    text=st.one_of(st.text(max_size=400), SHARP),
    bears=st.booleans(),
    thread=numbers,
    quoted=numbers,
    meanwhile=numbers,
)
def test_nothing_that_is_written_breaks_it(text, bears, thread, quoted, meanwhile):
    saying = Saying(text, bears, thread=thread, quoted=quoted, meanwhile=meanwhile)
    found = recognise(saying, QUESTIONS)
    assert found is None or found.number in QUESTIONS
    if not bears and thread not in QUESTIONS and quoted not in QUESTIONS:
        assert found is None


@given(st.sampled_from([1, 2, 3]), st.text(max_size=100))
def test_whatever_follows_a_label_it_stays_one(number, words):
    assert named_number(f"A{number}: {words}") == (number, True)
