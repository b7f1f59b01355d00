from tests.challenges.rules.table import ACCEPTED, NOT_YET, WITH_TUTOR, Row, row, rows

LETTERS = [
    row("lipogram", "Un gros chat noir dort", ACCEPTED, "5 words do without “e”", letters="e"),
    row("lipogram", "A dog and a cat", ACCEPTED, "", letters="e"),
    row("lipogram", "Un rat #été @renee https://e.org/", ACCEPTED, "2 words", letters="e"),
    row("lipogram", "Oui", ACCEPTED, "Your one word", letters="É, é, a"),
    row("lipogram", "שלום", ACCEPTED, "", letters="e"),
    row("lipogram", "Un grand été", NOT_YET, "“été”", letters="e"),
    row("lipogram", "e\u0301t\u200be\u0301", NOT_YET, "“e”", letters="e"),
    row("lipogram", "Un bœuf, un œil", NOT_YET, "2 words still", letters="e"),
    row("lipogram", "Un bœuf", NOT_YET, "has “o”, “e”", letters="œ"),
    row("lipogram", "ＷＥ", NOT_YET, "", letters="e"),
    row("lipogram", "שלום", NOT_YET, "", letters="ש"),
    row("lipogram", "", NOT_YET, "no words of your own", letters="e"),
    row("lipogram", "😀 #rien 3", NOT_YET, "no words of your own", letters="e"),
    row("lipogram", "Un rat", WITH_TUTOR, "", letters=" ,"),
    row("univocal", "Le zèbre pense", ACCEPTED, "“e”"),
    row("univocal", "Hands and grass", ACCEPTED, "", vowel="a"),
    row("univocal", "My gym", ACCEPTED, "“y”"),
    row("univocal", "Le zèbre dort", NOT_YET, "“dort” has “o”"),
    row("univocal", "Le cœur bat", NOT_YET, "2 words", vowel="e"),
    row("univocal", "Les bêtes bleues", NOT_YET, "", vowel="a"),
    row("univocal", "Yes, les vents", NOT_YET, "“Yes” has “y”", vowel="e"),
    row("univocal", "Brr, pff", NOT_YET, "no vowel yet"),
    row("univocal", "", NOT_YET, "no words"),
    row("tautogram", "Léa lit l’histoire", NOT_YET, "Word 4 (“histoire”) begins with “h”"),
    row("tautogram", "Léa lit lentement", ACCEPTED, "All your 3 words begin with “l”"),
    row("tautogram", "Élan élégant, e\u0301trange", ACCEPTED, "", letter="e"),
    row("tautogram", "Big brown bears!", ACCEPTED, "", letter="B"),
    row("tautogram", "Œil ouvert, on #rit", ACCEPTED, "", letter="ô"),
    row("tautogram", "Big brown bears", NOT_YET, "Word 1", letter="c"),
    row("tautogram", "Léa lit", NOT_YET, "add one more"),
    row("tautogram", "Léa", NOT_YET, "add 2 more"),
    row("tautogram", "", NOT_YET),
    row("acrostic", "Petit oiseau\nicare\nose", ACCEPTED, "“Pio”", word="Pio"),
    row("acrostic", "@nia\nNuit\n\nŒil\n– étoile\n🎄 lune\n#noel", ACCEPTED, "", word="Noël"),
    row("acrostic", "Candy\nand\ntea", ACCEPTED, "", word="cat"),
    row("acrostic", "Oui\r\nnon", ACCEPTED, "", word="o-n !"),
    row("acrostic", "שלום\nים", ACCEPTED, "", word="שי"),
    row("acrostic", "Candy\nor\ntea", NOT_YET, "Line 2 begins with “o”; it needs “a”", word="cat"),
    row("acrostic", "Candy\nand", NOT_YET, "add line 3, which begins with “t”", word="cat"),
    row("acrostic", "C\na\nt\ns", NOT_YET, "spelled by line 3", word="cat"),
    row("acrostic", "#cat", NOT_YET, "no words", word="cat"),
    row("acrostic", "Candy", WITH_TUTOR, "", word="!"),
]
SHAPES = [
    row("snowball", "À la mer tous", ACCEPTED, "4 words"),
    row("snowball", "I am the only #snow", ACCEPTED),
    row("snowball", "L’un des", ACCEPTED),
    row("snowball", "o\u0302 la m\u200ber", ACCEPTED),
    row("snowball", "as vol œil", ACCEPTED),
    row("snowball", "un arc-en-ciel", NOT_YET, "has 9 letters"),
    row("snowball", "Un bel soleil", NOT_YET, "Word 3 (“soleil”) has 6 letters; it needs 4"),
    row("snowball", "tu y vas", NOT_YET, "Word 2 (“y”) has one letter; it needs 3"),
    row("snowball", "un bel", NOT_YET, "one more word, of 4 letters"),
    row("snowball", "un bel", NOT_YET, "3 more words", count=5),
    row("snowball", "🎉", NOT_YET, "no words"),
    row("abecedary", "Avec bonté, Chloé dansa", ACCEPTED, "4 words", length=4),
    row("abecedary", "A big cat ducked", ACCEPTED, "", length=3),
    row("abecedary", "À bientôt, cher d’Éon", ACCEPTED, "", length=5),
    row("abecedary", "Xylophones yield zest always", ACCEPTED, "", length=4, start="x"),
    row("abecedary", " ".join("abcdefghijklmnopqrstuvwxyz"), ACCEPTED, "26 words"),
    row("abecedary", "Avec bonté dansa", NOT_YET, "Word 3 (“dansa”)", length=3),
    row("abecedary", "Avec bonté", NOT_YET, "24 words to go", length="26"),
    row("abecedary", "Avec bonté", NOT_YET, "begins with “c”", length=3),
    row("abecedary", "שלום", NOT_YET, "it needs “a”"),
    row("abecedary", "", NOT_YET, "no words"),
    row("palindrome", "Élu par cette crapule", ACCEPTED, "18 letters"),
    row("palindrome", "E\u0301lu par cette crapule #envol", ACCEPTED),
    row("palindrome", "A man, a plan, a canal: Panama!", ACCEPTED),
    row("palindrome", "ana 🎉", ACCEPTED),
    row("palindrome", "Never odd or eve", NOT_YET, "Letter 1 is “n”"),
    row("palindrome", "aa", NOT_YET, "very short"),
    row("palindrome", "ישראל", NOT_YET),
    row("palindrome", "12321", NOT_YET, "no words"),
]
PERSON = [
    row("person_decides", "Bonjour", WITH_TUTOR, "answer you"),
    row("person_decides", "", WITH_TUTOR, "the tone", criterion="the tone"),
]


@rows(LETTERS)
def test_letters(entry: Row) -> None:
    entry.check()


@rows(SHAPES)
def test_shapes(entry: Row) -> None:
    entry.check()


@rows(PERSON)
def test_person(entry: Row) -> None:
    entry.check()
