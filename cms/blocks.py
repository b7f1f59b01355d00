"""What pages of the house are made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

PLAIN = ["bold", "italic", "link", "ol", "ul"]


class PathStepBlock(blocks.StructBlock):
    """One of the few steps that the home page names."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=300)

    class Meta:
        icon = "order"
        label = _("Step")


class LessonStepBlock(blocks.StructBlock):
    """One step of a tutorial: what to do, and where to look while doing it."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)
    tip = blocks.TextBlock(label=_("Tip"), required=False, max_length=500)
    image = ImageBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "order"
        label = _("Step")
        template = "cms/blocks/lesson_step.html"


class ExampleBlock(blocks.StructBlock):
    """A post as somebody might write it; shown as an example, never published."""

    name = blocks.CharBlock(label=_("Who says it"), max_length=60)
    handle = blocks.CharBlock(label=_("Handle, without @"), max_length=60)
    text = blocks.TextBlock(label=_("What they say"), max_length=500)

    class Meta:
        icon = "comment"
        label = _("Example of a post")
        template = "cms/blocks/example.html"


class TipBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.TextBlock(label=_("Text"), max_length=600)

    class Meta:
        icon = "help"
        label = _("Tip")
        template = "cms/blocks/tip.html"


class LessonBlock(blocks.StreamBlock):
    step = LessonStepBlock()
    example = ExampleBlock()
    tip = TipBlock()


class ContentBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(
        label=_("Heading"), max_length=120, icon="title", template="cms/blocks/heading.html"
    )
    text = blocks.RichTextBlock(
        label=_("Text"), features=[*PLAIN, "h3", "blockquote"], template="cms/blocks/text.html"
    )
    image = ImageBlock(label=_("Picture"), template="cms/blocks/image.html")
    tip = TipBlock()
    example = ExampleBlock()
