import pytest
from django.utils import translation

from challenges.rules import RULES, PostFacts
from tests.challenges.rules.table import ACCEPTED, NOT_YET, WITH_TUTOR, Row, row, rows

LIGHTHOUSE = ["Un phare", "lighthouse"]


def guess(text: str, *answers: str) -> Row:
    return row("solves_riddle", text, ACCEPTED, "found it", answers=list(answers) or LIGHTHOUSE)


def no_guess(text: str, *answers: str) -> Row:
    return row("solves_riddle", text, NOT_YET, "yet", answers=list(answers) or LIGHTHOUSE)


GUESSES = [
    guess("phare"),
    guess("Est-ce que c’est un phare ?"),
    guess("C'EST LE PHARE !!!"),
    guess("des phares"),
    guess("un pha\u0301re"),
    guess("p\u200bhare"),
    guess("phaer"),
    guess("pharre"),
    guess("Is it a lighthouse? 🗼"),
    guess("the light-house"),
    guess("a light house"),
    guess("lihgthuose"),
    guess("@envol #photoDevinette je dirais un phare ou une tour"),
    guess("Je ne sais pas, un phare ?"),
    guess("I'm not sure but I think it's a lighthouse"),
    guess("Je ne suis pas tout à fait sûre que ce soit un phare"),
    guess("le chat", "chats"),
    guess("CHATS", "un chat"),
    guess("des chevaux", "cheval"),
    guess("a box", "boxes"),
    guess("la clé", "les clés"),
    guess("citron", "citrons"),
    guess("citran", "citron"),
    guess("l’arc en ciel", "un arc-en-ciel"),
    guess("la tour Eifel", "Tour Eiffel"),
    guess("la tour d'horloge", "la tour de l’horloge"),
    guess("un cœur", "coeur"),
    guess("1984", "1984"),
    guess("c’est 灯塔吗？", "灯塔"),
    guess("هل هي منارة؟", "منارة"),
    guess("A", "a"),
]
NO_GUESSES = [
    no_guess("un moulin"),
    no_guess("phase"),
    no_guess("phrase"),
    no_guess("lampadaire"),
    no_guess("phareouest"),
    no_guess("char", "chat"),
    no_guess("chars", "chats"),
    no_guess("chas", "chat"),
    no_guess("saison", "maison"),
    no_guess("dis-moi", "un mois"),
    no_guess("1985", "1984"),
    no_guess("une tour", "la tour Eiffel"),
    no_guess("it is a cat", "a"),
    no_guess("#phare"),
    no_guess("@phare https://example.org/phare"),
    no_guess(""),
]
DENIALS = [
    no_guess("It is not a lighthouse"),
    no_guess("It isn’t a lighthouse."),
    no_guess("Ce n'est pas un phare"),
    no_guess("c'est pas un phare"),
    no_guess("Pas un phare"),
    no_guess("Not a lighthouse!"),
    no_guess("This is no lighthouse"),
    no_guess("ni un moulin ni un phare"),
    no_guess("neither a mill nor a lighthouse"),
    no_guess("not a mill, or a lighthouse"),
    no_guess("Je ne pense pas que ce soit un phare"),
    no_guess("I don't think it's a lighthouse"),
    no_guess("Aucun phare ici"),
    no_guess("Ce n’est plus un phare"),
    no_guess("tout sauf un phare"),
    no_guess("a mill rather than a lighthouse"),
    no_guess("Le phare n'est pas la réponse"),
    no_guess("Un phare ce n'est pas"),
    no_guess("A lighthouse isn't what I see"),
    no_guess("C'est un moulin, pas un phare"),
]
NOT_REALLY_DENIALS = [
    guess("Isn't it a lighthouse?"),
    guess("N'est-ce pas un phare ?"),
    guess("Un phare, n'est-ce pas ?"),
    guess("a lighthouse isn't it"),
    guess("Ce ne serait pas un phare ?"),
    guess("Pourquoi pas un phare ?"),
    guess("Why not a lighthouse?"),
    guess("Sans aucun doute un phare"),
    guess("Not a mill, a lighthouse"),
    guess("Ce n'est pas un moulin mais un phare"),
    guess("ce n'est pas un moulin c'est un phare"),
    guess("Pas un moulin ! Un phare."),
    guess("Un phare qui n'est pas allumé"),
    guess("Un phare, pas un moulin"),
    guess("C'est un phare ce n'est pas un moulin"),
    guess("Un phare non ?"),
]
SETTINGS = [
    row("solves_riddle", "un phare", WITH_TUTOR, "", answers=[]),
    row("solves_riddle", "un phare", WITH_TUTOR, "", answers=["!?"]),
    row("solves_riddle", "coing", ACCEPTED, "", answers=["coings"], near_misses=["coins"]),
    row("solves_riddle", "poison", ACCEPTED, "", answers=["poisson"]),
    row("solves_riddle", "poison", NOT_YET, "", answers=["poisson"], near_misses=["le poison"]),
]


@rows(GUESSES)
def test_guesses(entry: Row) -> None:
    entry.check()


@rows(NO_GUESSES)
def test_other_texts(entry: Row) -> None:
    entry.check()


@rows(DENIALS)
def test_denials(entry: Row) -> None:
    entry.check()


@rows(NOT_REALLY_DENIALS)
def test_what_only_sounds_like_a_denial(entry: Row) -> None:
    entry.check()


@rows(SETTINGS)
def test_settings(entry: Row) -> None:
    entry.check()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_denied_answer_is_told_nothing_that_another_guess_is_not(language: str) -> None:
    params = {"answers": LIGHTHOUSE}
    with translation.override(language):
        denied, wrong, near = (
            str(RULES["solves_riddle"].judge(PostFacts(text), params).explanation)
            for text in ("pas un phare", "un moulin", "phase")
        )
    assert denied == wrong == near
