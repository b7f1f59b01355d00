"""Rules about words, length and letters."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from challenges.blocks.fields import RuleBlock, WordListBlock, count_block

LANGUAGES = [
    ("fr", _("French")),
    ("en", _("English")),
    ("nl", _("Dutch")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("it", _("Italian")),
    ("pt", _("Portuguese")),
]
VOWELS = [(vowel, vowel) for vowel in "aeiouy"]
letters_only = RegexValidator(r"^[^\W\d_]+$", _("Write letters only, without spaces."))
one_letter = RegexValidator(r"^[^\W\d_]$", _("Write one letter."))


class QuotationRule(RuleBlock):
    class Meta:
        label = _("Has a quotation with its source")
        group = _("Words")


class ContainsWordsRule(RuleBlock):
    words = WordListBlock(
        label=_("Words"), help_text=_("Words or short phrases, separated by commas.")
    )
    count = count_block(
        _("How many of them"), _("0 means all of them."), default=0, least=0, most=100
    )

    class Meta:
        label = _("Contains words")
        group = _("Words")


class AvoidsWordsRule(RuleBlock):
    words = WordListBlock(label=_("Words to avoid"))

    class Meta:
        label = _("Avoids words")
        group = _("Words")


class LanguageRule(RuleBlock):
    language = blocks.ChoiceBlock(label=_("Language"), choices=LANGUAGES, default="fr")

    class Meta:
        label = _("Is in a language")
        group = _("Words")


class AtMostCharactersRule(RuleBlock):
    count = count_block(_("Characters"), _("At most."), default=280)

    class Meta:
        label = _("At most so many characters")
        group = _("Length")


class ExactlyCharactersRule(RuleBlock):
    count = count_block(_("Characters"), _("Neither more nor fewer."), default=140)

    class Meta:
        label = _("Exactly so many characters")
        group = _("Length")


class AtLeastWordsRule(RuleBlock):
    count = count_block(
        _("Words"), _("Hashtags, mentions and links don't count."), default=10, most=1000
    )

    class Meta:
        label = _("At least so many words")
        group = _("Length")


class LipogramRule(RuleBlock):
    letters = blocks.CharBlock(
        label=_("Letters to do without"),
        max_length=20,
        validators=[letters_only],
        help_text=_("One or several, written together: e, or ae. Accents make no difference."),
    )

    class Meta:
        label = _("Without given letters (lipogram)")
        group = _("Letter games")


class UnivocalRule(RuleBlock):
    vowel = blocks.ChoiceBlock(
        label=_("Vowel"), choices=VOWELS, required=False, help_text=_("Empty: whichever one.")
    )

    class Meta:
        label = _("One vowel only")
        group = _("Letter games")


class TautogramRule(RuleBlock):
    letter = blocks.CharBlock(
        label=_("Letter"),
        required=False,
        max_length=1,
        validators=[one_letter],
        help_text=_("Empty: whichever one."),
    )

    class Meta:
        label = _("Every word begins alike (tautogram)")
        group = _("Letter games")


class AcrosticRule(RuleBlock):
    word = blocks.CharBlock(
        label=_("Word"),
        max_length=40,
        validators=[letters_only],
        help_text=_("The first letters of the lines spell it."),
    )

    class Meta:
        label = _("Acrostic")
        group = _("Letter games")


class SnowballRule(RuleBlock):
    count = count_block(
        _("Words at least"),
        _("Each word has one letter more than the last."),
        default=3,
        least=2,
        most=30,
    )

    class Meta:
        label = _("Snowball")
        group = _("Letter games")


class AbecedaryRule(RuleBlock):
    length = count_block(
        _("How many letters"), _("26 is the whole alphabet."), default=26, least=2, most=26
    )
    start = blocks.CharBlock(
        label=_("From the letter"), max_length=1, default="a", validators=[one_letter]
    )

    class Meta:
        label = _("The alphabet in order")
        group = _("Letter games")


class PalindromeRule(RuleBlock):
    class Meta:
        label = _("Palindrome")
        group = _("Letter games")
