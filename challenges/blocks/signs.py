"""Rules about what a post carries besides its words, and what a person decides."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from challenges.blocks.fields import RuleBlock, WordListBlock, count_block


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
    count = count_block(
        _("How many people"), _("Our own account doesn't count."), default=1, most=20
    )

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
    count = count_block(
        _("Posts at least"), _("Each answers the author's own last."), default=2, least=2, most=50
    )

    class Meta:
        label = _("Is a thread")
        group = _("Signs of the network")


class PhotoRule(RuleBlock):
    count = count_block(_("How many photos"), _("At least."), default=1, most=10)

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
