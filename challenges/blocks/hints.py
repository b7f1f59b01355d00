"""What a riddle gives away bit by bit: words, or more of its photo."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

LONGEST_HINT = 300


class CropHintBlock(blocks.StructBlock):
    """A wider part of the photo around its focal point; how wide follows from its place."""

    text = blocks.TextBlock(label=_("Words to go with it"), required=False, max_length=LONGEST_HINT)
    alt_text = blocks.TextBlock(
        label=_("What is to be seen now"),
        max_length=500,
        help_text=_("For those who can't see it, and without the answer."),
    )

    class Meta:
        icon = "image"
        label = _("More of the photo")


HINT_BLOCKS = [
    ("hint", blocks.TextBlock(label=_("Hint"), max_length=LONGEST_HINT)),
    ("crop", CropHintBlock()),
]
