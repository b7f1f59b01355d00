"""The rule editor: one block per rule, under the rule's own key; its fields are the rule's."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from challenges.blocks.fields import WordListBlock

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


def _count(label: object, help_text: object, *, default: int, least: int = 1, most: int = 5000):
    return blocks.IntegerBlock(
        label=label, help_text=help_text, default=default, min_value=least, max_value=most
    )


class RuleBlock(blocks.StructBlock):
    """What all rules share; `group` is where the editor's menu lists them."""

    class Meta:
        icon = "tick-inverse"


class HashtagsRule(RuleBlock):
    hashtags = WordListBlock(
        label=_("Hashtags"),
        required=False,
        help_text=_(
            "All of them must be there. Separate them by commas; empty: any hashtag will do."
        ),
    )

    class Meta:
        label = _("Has hashtags")
        group = _("Signs of the network")


class MentionRule(RuleBlock):
    count = _count(_("How many people"), _("Our own account doesn't count."), default=1, most=20)

    class Meta:
        label = _("Mentions someone")
        group = _("Signs of the network")


class ReplyRule(RuleBlock):
    to_someone_else = blocks.BooleanBlock(
        label=_("To somebody else"),
        required=False,
        help_text=_("Answering our own account isn't enough."),
    )

    class Meta:
        label = _("Is a reply")
        group = _("Signs of the network")


class StartsConversationRule(RuleBlock):
    class Meta:
        label = _("Starts a conversation")
        group = _("Signs of the network")


class LinkRule(RuleBlock):
    class Meta:
        label = _("Has a link")
        group = _("Signs of the network")


class ContentWarningRule(RuleBlock):
    class Meta:
        label = _("Has a content warning")
        group = _("Signs of the network")


class ThreadRule(RuleBlock):
    count = _count(
        _("Posts at least"), _("Each answers the author's own last."), default=2, least=2, most=50
    )

    class Meta:
        label = _("Is a thread")
        group = _("Signs of the network")


class PhotoRule(RuleBlock):
    count = _count(_("How many photos"), _("At least."), default=1, most=10)

    class Meta:
        label = _("Has a photo")
        group = _("Photos")


class PhotosDescribedRule(RuleBlock):
    class Meta:
        label = _("Photos are described")
        group = _("Photos")


class SolvesRiddleRule(RuleBlock):
    class Meta:
        label = _("Solves the riddle")
        group = _("Photos")


class QuotationRule(RuleBlock):
    class Meta:
        label = _("Has a quotation with its source")
        group = _("Words")


class ContainsWordsRule(RuleBlock):
    words = WordListBlock(
        label=_("Words"), help_text=_("Words or short phrases, separated by commas.")
    )
    count = _count(_("How many of them"), _("0 means all of them."), default=0, least=0, most=100)

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
    count = _count(_("Characters"), _("At most."), default=280)

    class Meta:
        label = _("At most so many characters")
        group = _("Length")


class ExactlyCharactersRule(RuleBlock):
    count = _count(_("Characters"), _("Neither more nor fewer."), default=140)

    class Meta:
        label = _("Exactly so many characters")
        group = _("Length")


class AtLeastWordsRule(RuleBlock):
    count = _count(
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
    count = _count(
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
    length = _count(
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


class PersonDecidesRule(RuleBlock):
    criterion = blocks.CharBlock(
        label=_("What the tutor looks at"),
        required=False,
        max_length=200,
        help_text=_("Learners read it too."),
    )

    class Meta:
        label = _("A person decides")
        group = _("People")


RULE_BLOCKS: dict[str, type[RuleBlock]] = {
    "hashtags": HashtagsRule,
    "mention": MentionRule,
    "reply": ReplyRule,
    "starts_conversation": StartsConversationRule,
    "link": LinkRule,
    "content_warning": ContentWarningRule,
    "thread": ThreadRule,
    "photo": PhotoRule,
    "photos_described": PhotosDescribedRule,
    "solves_riddle": SolvesRiddleRule,
    "quotation_with_source": QuotationRule,
    "contains_words": ContainsWordsRule,
    "avoids_words": AvoidsWordsRule,
    "language": LanguageRule,
    "at_most_characters": AtMostCharactersRule,
    "exactly_characters": ExactlyCharactersRule,
    "at_least_words": AtLeastWordsRule,
    "lipogram": LipogramRule,
    "univocal": UnivocalRule,
    "tautogram": TautogramRule,
    "acrostic": AcrosticRule,
    "snowball": SnowballRule,
    "abecedary": AbecedaryRule,
    "palindrome": PalindromeRule,
    "person_decides": PersonDecidesRule,
}
REPEATABLE = frozenset({"contains_words", "avoids_words", "person_decides"})
"""Rules that make sense more than once in a level."""
