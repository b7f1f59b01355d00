"""The rule editor: one block per rule, under the rule's own key; its fields are the rule's."""

from challenges.blocks import signs, texts
from challenges.blocks.fields import RuleBlock

RULE_BLOCKS: dict[str, type[RuleBlock]] = {
    "hashtags": signs.HashtagsRule,
    "mention": signs.MentionRule,
    "reply": signs.ReplyRule,
    "starts_conversation": signs.StartsConversationRule,
    "link": signs.LinkRule,
    "content_warning": signs.ContentWarningRule,
    "thread": signs.ThreadRule,
    "photo": signs.PhotoRule,
    "photos_described": signs.PhotosDescribedRule,
    "solves_riddle": signs.SolvesRiddleRule,
    "quotation_with_source": texts.QuotationRule,
    "contains_words": texts.ContainsWordsRule,
    "avoids_words": texts.AvoidsWordsRule,
    "language": texts.LanguageRule,
    "at_most_characters": texts.AtMostCharactersRule,
    "exactly_characters": texts.ExactlyCharactersRule,
    "at_least_words": texts.AtLeastWordsRule,
    "lipogram": texts.LipogramRule,
    "univocal": texts.UnivocalRule,
    "tautogram": texts.TautogramRule,
    "acrostic": texts.AcrosticRule,
    "snowball": texts.SnowballRule,
    "abecedary": texts.AbecedaryRule,
    "palindrome": texts.PalindromeRule,
    "person_decides": signs.PersonDecidesRule,
}
REPEATABLE = frozenset({"contains_words", "avoids_words", "person_decides"})
"""Rules that make sense more than once in a level."""
