"""What the pages are made of that one comes back to: promises, questions, people to call."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from cms.blocks import PLAIN, PROSE

PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ./()-]{1,24}$", _("A telephone number: digits, spaces and + alone.")
)


class CommitmentBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Promise"), max_length=160)
    body = blocks.RichTextBlock(label=_("What it means"), features=PLAIN, required=False)

    class Meta:
        icon = "pick"
        label = _("Promise")


class GuideSectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=160)
    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "title"
        label = _("Section")


class ContactBlock(blocks.StructBlock):
    """Somebody to call, and when."""

    name = blocks.CharBlock(label=_("Name"), max_length=160)
    what_for = blocks.TextBlock(label=_("What for"), max_length=400)
    phone = blocks.CharBlock(
        label=_("Telephone"), max_length=30, required=False, validators=[PHONE]
    )
    url = blocks.URLBlock(label=_("Web page"), required=False)
    country = blocks.CharBlock(label=_("Country"), max_length=80, required=False)
    hours = blocks.CharBlock(
        label=_("When"), max_length=160, required=False, help_text=_("Such as: day and night.")
    )

    class Meta:
        icon = "mobile-alt"
        label = _("Somebody to call")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=255)
    answer = blocks.RichTextBlock(label=pgettext_lazy("to a question", "Answer"), features=PROSE)

    class Meta:
        icon = "help"
        label = _("Question and answer")


class QuestionGroupBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Group of questions")
