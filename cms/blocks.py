"""What pages of the house are made of."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms.quoting import known_address, quotable_posts
from cms.translated_blocks import PicturedBlock

BRIEF = ["bold", "italic", "link"]
PLAIN = [*BRIEF, "ol", "ul"]
PROSE = [*PLAIN, "h3", "blockquote"]


class PathStepBlock(blocks.StructBlock):
    """One of the few steps that the home page names."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=300)

    class Meta:
        icon = "order"
        label = _("Step")


PLACES = [
    ("practice", _("Here, on the practice timeline")),
    ("mastodon", _("On Mastodon")),
    ("bluesky", _("On Bluesky")),
]
"""Where a step may look different."""


class PlaceBlock(PicturedBlock):
    """The same step as one meets it on one network."""

    network = blocks.ChoiceBlock(label=_("Where"), choices=PLACES)
    text = blocks.RichTextBlock(label=_("What one does there"), features=PLAIN)
    image = ImageBlock(
        label=_("Picture"), required=False, help_text=_("A screen as one sees it there.")
    )

    class Meta:
        icon = "site"
        label = _("On one network")


def told_places(places: Iterable[blocks.StructValue]) -> list[blocks.StructValue]:
    """Those that say where; a step from before there were networks has an empty one."""
    return [place for place in places if place["network"]]


class LessonStepBlock(PicturedBlock):
    """One step of a tutorial: what to do, and where to look while doing it."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)
    tip = blocks.TextBlock(label=_("Tip"), required=False, max_length=500)
    image = ImageBlock(label=_("Picture"), required=False)
    networks = blocks.ListBlock(
        PlaceBlock(),
        label=_("Different on each network"),
        default=[],
        max_num=len(PLACES),
        help_text=_("Readers choose theirs and see one of them at a time."),
    )

    class Meta:
        icon = "order"
        label = _("Step")
        template = "cms/blocks/lesson_step.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        told = [one["network"] for one in cleaned["networks"]]
        if len(told) != len(set(told)):
            raise blocks.StructBlockValidationError(
                {"networks": ValidationError(_("Each network can be told once a step."))}
            )
        return cleaned


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


class QuotedPostBlock(blocks.StructBlock):
    """A post in its author's own words, with its pictures. It vanishes from the page when it is
    taken back, or when its author doesn't want to be shown any more."""

    address = blocks.URLBlock(label=_("Address of the post"), max_length=500)

    class Meta:
        icon = "openquote"
        label = _("Post")
        template = "cms/blocks/quoted_post.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        cleaned["address"] = known_address(cleaned["address"])
        return cleaned

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """A page that quotes many has fetched them all at once."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        posts = context.get("quoted")
        if posts is None:
            posts = quotable_posts([value["address"]])
        context["post"] = posts.get(value["address"])
        return context


class ContentBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(
        label=_("Heading"), max_length=120, icon="title", template="cms/blocks/heading.html"
    )
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE, template="cms/blocks/text.html")
    image = ImageBlock(label=_("Picture"), template="cms/blocks/image.html")
    tip = TipBlock()
    example = ExampleBlock()
    post = QuotedPostBlock()
