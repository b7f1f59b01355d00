"""The editor's blocks: a level, and one block per rule under the rule's own key."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LevelBlock(blocks.StructBlock):
    """One level: its task, a tip, and the rules that must all hold."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    task = blocks.TextBlock(label=_("Task"))
    tip = blocks.TextBlock(label=_("Tip"), required=False)
    rules = blocks.StreamBlock([("person_decides", blocks.StructBlock([]))], label=_("Rules"), required=False)

    class Meta:
        icon = "order"
        label = _("Level")
