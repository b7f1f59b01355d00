"""What people write under a riddle: questions, guesses, both, and talk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.riddles.recognising import Asked, read_question

QUESTIONS = """
Est-ce que ça se mange ?
Ça se mange ?
ça se mange?
Est-ce un animal ?
Est-ce que c'est vivant
Est-ce vivant
Ça flotte ?
C'est dehors ?
C'est rouge ?
C'est en bois ?
On peut le tenir dans la main ?
Peut-on le tenir dans la main ?
Se mange-t-il
Y a-t-il de l'eau
Y a-t-il de l'eau tout près ?
Bonjour, est-ce qu'on en trouve en ville ?
Mmm... Est-ce que ça brille la nuit ?
Ce n'est pas vivant ?
Peux-tu nous dire où c'est
Qu'est-ce que c'est ?
Jolie photo ! Est-ce que ça vole ?
Is it alive?
Is it outdoors
Is it a boat?
Can you eat it
Does it float?
Isn't it made of wood?
Hello, does it shine at night?
Are there people inside?
What is it made of?
So, is this bigger than a car?
ça se mange ？
"""
BOTH = """
C'est un bateau ?
Un bateau ?
Bateau ?
C'est de la neige ?
Je pense que c'est un bateau ?
Ce serait le soleil, non ?
Le phare de la Vieille ?
It's a boat?
A boat?
Boat?
Could it be a moon?
Un bateau ! Est-ce que ça flotte ?
Peut-être une lampe ?
"""
GUESSES = """
Un bateau !
C'est un bateau
Je dis : un bateau.
I think it's a boat!
The moon.
On dirait une lampe
"""
TALK = """
Quelle belle photo !
J'adore cette photo de vacances prise au bord de la mer
Ah bon ?
Vraiment ?
Pas facile, celle-là !
Really?
What a lovely picture you took there
On cherche encore par ici
Il est tard, je reviens demain soir

?
🤔
"""


def lines(table: str) -> list[str]:
    return [line for line in table.split("\n") if line]


@pytest.mark.parametrize("text", lines(QUESTIONS))
def test_a_question_waits_for_a_person(text):
    found = read_question(text)
    assert found.asks and not found.names
    assert found.words and found.key


@pytest.mark.parametrize("text", lines(BOTH))
def test_a_guess_with_a_question_mark_is_both(text):
    found = read_question(text)
    assert found.asks and found.names


@pytest.mark.parametrize("text", lines(GUESSES))
def test_a_guess_asks_nothing(text):
    assert read_question(text).names and not read_question(text).asks


@pytest.mark.parametrize("text", [*lines(TALK), ""])
def test_talk_asks_nothing(text):
    found = read_question(text)
    assert not found.asks and not found.words and not found.key


@pytest.mark.parametrize(
    "said, again",
    [
        ("Est-ce que ça se mange ?", "ça se mange?"),
        ("Est-ce que ça se mange ?", "Bonjour ! Est-ce que cela se mange, s'il te plaît ?"),
        ("Est-ce un animal ?", "C'est un animal ?"),
        ("Est-ce que c'est vivant ?", "C'est vivant ?"),
        ("Est-ce que c'est vivant ?", "EST-CE VIVANT"),
        ("Y a-t-il des arbres ?", "Il y a un arbre ?"),
        ("Is it alive?", "It's alive?"),
        ("Does it float?", "does this float"),
    ],
)
def test_the_same_is_asked_in_other_words(said, again):
    assert read_question(said).key == read_question(again).key


@pytest.mark.parametrize(
    "said, other",
    [
        ("C'est vivant ?", "Ce n'est pas vivant ?"),
        ("Is it alive?", "Isn't it alive?"),
        ("Ça se mange ?", "Ça mange ?"),
        ("C'est grand ?", "C'est petit ?"),
        ("C'est plus grand qu'une voiture ?", "C'est moins grand qu'une voiture ?"),
        ("C'est quoi ?", "C'est où ?"),
    ],
)
def test_another_thing_is_another_question(said, other):
    assert read_question(said).key != read_question(other).key


def test_only_what_asks_is_repeated():
    found = read_question("Jolie photo ! Est-ce que ça vole ? Je cherche.")
    assert found.words == "Est-ce que ça vole ?"


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    found = read_question(text)
    assert found.asks == bool(found.words) == bool(found.key)


@given(
    st.sampled_from(lines(QUESTIONS) + lines(BOTH)), st.sampled_from(["  ", " \u202f", "\u200b"])
)
def test_case_and_spaces_change_nothing(text, space):
    twin = read_question(f"{space}{text.upper()}{space}")
    found = read_question(text)
    assert (twin.asks, twin.names, twin.key) == (found.asks, found.names, found.key)


def test_nothing_is_nothing():
    assert read_question("") == Asked()
