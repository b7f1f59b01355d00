import pytest

from challenges.rules import PostFacts, wording
from tests.challenges.rules.table import ACCEPTED, NOT_YET, WITH_TUTOR, Row, post, row, rows

FAMILY = "👨‍👩‍👧‍👦"
LINK = "https://example.org/a?b=c"
WORDS = [
    row("contains_words", "Le Soleil brille", ACCEPTED, "“soleil”", words=["soleil"]),
    row("contains_words", "l’arbre", ACCEPTED, "", words=["arbre"]),
    row("contains_words", "I DON’T mind", ACCEPTED, "", words=["don't"]),
    row("contains_words", "un arc-en-ciel", ACCEPTED, "", words=["arc en ciel"]),
    row("contains_words", "e\u0301te\u0301", ACCEPTED, "", words=["été"]),
    row("contains_words", "so\u200bleil", ACCEPTED, "", words=["soleil"]),
    row("contains_words", "Mon cœur", ACCEPTED, "", words=["coeur"]),
    row("contains_words", "Miaou 🐱!", ACCEPTED, "", words=["🐱"]),
    row("contains_words", "Des soleils", NOT_YET, "“soleil”", words=["soleil"]),
    row("contains_words", "un pecheur", NOT_YET, "", words=["pêcheur"]),
    row("contains_words", "#soleil", NOT_YET, "", words=["soleil"]),
    row("contains_words", "rien", NOT_YET, "2 words", words=["soleil", "lune"]),
    row("contains_words", "la lune", ACCEPTED, "“lune”", words=["soleil", "lune"], count=1),
    row("contains_words", "la lune", NOT_YET, "One more", words=["le", "la", "les"], count=2),
    row("contains_words", "la lune", WITH_TUTOR, "tutor", words=[]),
    row("avoids_words", "Il fait beau", ACCEPTED, "without", words=["soleil", "lune"]),
    row("avoids_words", "Les soleils", ACCEPTED, "", words=["soleil"]),
    row("avoids_words", "Le SOLEIL !", NOT_YET, "“soleil”", words=["soleil"]),
    row("avoids_words", "It is very good", NOT_YET, "very good", words=["very good"]),
    row("avoids_words", "", NOT_YET, "no words of your own", words=["soleil"]),
    row("avoids_words", "Bonjour", WITH_TUTOR),
]
LENGTHS = [
    row("at_most_characters", "Bonjour", ACCEPTED, "7 characters", count=7),
    row("at_most_characters", f"Bonjour #envol @nia@example.org {LINK}", ACCEPTED, "7", count=7),
    row("at_most_characters", "Bonjour !", NOT_YET, "make it 2 shorter", count=7),
    row("at_most_characters", "Bonjour!", NOT_YET, "make it one shorter", count=7),
    row("at_most_characters", "#envol", NOT_YET, "no words of your own", count=7),
    row("exactly_characters", "e\u0301te\u0301", ACCEPTED, "exactly 3", count=3),
    row("exactly_characters", f"a{FAMILY}b🇫🇷", ACCEPTED, "exactly 4", count=4),
    row("exactly_characters", "\u200ba\u200b\u2060b\u200f", ACCEPTED, "exactly 2", count=2),
    row("exactly_characters", "  a\r\nb \n", ACCEPTED, "exactly 3", count=3),
    row("exactly_characters", "le #chat dort\n#envol @nia", ACCEPTED, "exactly 7", count=7),
    row("exactly_characters", "שלום", ACCEPTED, "exactly 4", count=4),
    row("exactly_characters", "abc", NOT_YET, "add 2", count=5),
    row("exactly_characters", "abc", NOT_YET, "add one", count=4),
    row("exactly_characters", "abc", NOT_YET, "take one away", count=2),
    row("exactly_characters", "abc", NOT_YET, "has 3 characters: take 2 away", count="1"),
    row("exactly_characters", " \u200b ", NOT_YET, "no words", count=1),
    row("at_least_words", "L'arbre en fleur", ACCEPTED, "4 words", count=4),
    row("at_least_words", "Aujourd’hui, don't !", NOT_YET, "write one more", count=3),
    row("at_least_words", "un arc-en-ciel", ACCEPTED, "2 words", count=2),
    row("at_least_words", f"Un #beau @nia {LINK} jour 🎉", NOT_YET, "2 words so far", count=3),
    row("at_least_words", "红色灯塔", ACCEPTED, "4 words", count=4),
    row("at_least_words", "🎉 1️⃣", NOT_YET, "no words", count=1),
    row("at_least_words", "مرحبا بكم جميعا", ACCEPTED, "3 words", count=3),
]
FRENCH = "Ce matin, je suis allée au marché avec ma sœur."
ENGLISH = "This morning I went to the market with my sister."
LANGUAGES = [
    row("language", FRENCH, ACCEPTED, "français", language="fr"),
    row("language", ENGLISH, ACCEPTED, "English", language="en-GB"),
    row("language", post(FRENCH, language="en"), ACCEPTED, "", language="fr"),
    row("language", post(ENGLISH, language="fr"), NOT_YET, "English. Write", language="fr"),
    row("language", post("Bonjour", language="fr-BE"), ACCEPTED, "", language="fr"),
    row("language", post("Bonjour", language="en"), ACCEPTED, "", language="fr"),
    row("language", post("Miaou", language="en"), NOT_YET, "few more words", language="fr"),
    row("language", post("OK", language=""), NOT_YET, "too short", language="fr"),
    row("language", "منارة حمراء جميلة قرب البحر الأزرق", NOT_YET, "", language="fr"),
    row("language", "منارة حمراء جميلة قرب البحر الأزرق", ACCEPTED, "العربية", language="ar"),
    row("language", post("nuqneH", language="tlh"), ACCEPTED, "tlh", language="tlh"),
    row("language", post("nuqneH", language="en"), WITH_TUTOR, "tlh", language="tlh"),
    row("language", f"#fr {LINK} 😀", NOT_YET, "no words", language="fr"),
    row("language", FRENCH, WITH_TUTOR),
]


@rows(WORDS)
def test_words(entry: Row) -> None:
    entry.check()


@rows(LENGTHS)
def test_lengths(entry: Row) -> None:
    entry.check()


@rows(LANGUAGES)
def test_languages(entry: Row) -> None:
    entry.check()


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("le #chat dort", "le dort"),
        ("I'm #1 and #1er", "I'm #1 and"),
        ("écris à nia@example.org", "écris à"),
        ("(voir https://example.org/x).", "(voir )."),
        ("voir www.example.org/x, puis", "voir , puis"),
        ("voir example.org/x… puis", "voir puis"),
        ("@nia @tomas@example.org: salut", ": salut"),
        ("un\n\n#envol\ndeux", "un\n\ndeux"),
        ("3 @ 2 & C# et/ou", "3 @ 2 & C# et/ou"),
        ("#تحدي مرحبا", "مرحبا"),
    ],
)
def test_hashtags_mentions_and_links_are_no_prose(said: str, own: str) -> None:
    assert wording.prose(PostFacts(said)) == own


def test_a_link_shown_by_its_host_is_no_prose() -> None:
    facts = PostFacts("Lis example.org, vite", links=("https://example.org/long", "http://[bad"))
    assert wording.prose(facts) == "Lis , vite"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("l'arbre qu’il aime", ["l", "arbre", "qu", "il", "aime"]),
        ("aujourd'hui presqu’île", ["aujourd'hui", "presqu’île"]),
        ("don’t it's o'clock", ["don’t", "it's", "o'clock"]),
        ("Qu'est-ce que c'est ?", ["Qu", "est-ce", "que", "c", "est"]),
        ("« bien-être » – 'oui'", ["bien-être", "oui"]),
        ("❤️ 2️⃣ 42 \u2067שלום\u2069", ["42", "שלום"]),
    ],
)
def test_words_are_read_with_their_apostrophes(text: str, read: list[str]) -> None:
    assert [word.shown for word in wording.words(text)] == read


def test_base_letters_fold_accents_and_ligatures() -> None:
    assert wording.letters("Œuvré, ÆØŁ ſtraße ﬁn n\u0303") == "oeuvreaeolstrassefinn"


def test_a_very_long_word_is_cut_where_it_is_quoted() -> None:
    assert str(wording.words("é" * 500)[0]) == "é" * 29 + "…"
