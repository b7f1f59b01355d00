"""What a text looks like before it is a page: safe HTML, and the pictures it may use."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.contributing.content import Content
from cms.contributing.markdown import plain, prose, rendered
from cms.contributing.pages import pictures_of
from cms.models import Contribution, EnvolImage

Kind = Contribution.Kind


def picture_choices(pictures: Mapping[str, EnvolImage]) -> list[tuple[str, str]]:
    return [(pk, image.alt_text[:60]) for pk, image in pictures.items()]


def preview(contribution: Contribution, content: Content) -> dict[str, Any]:
    """For the template `_preview.html`."""
    pictures = pictures_of(contribution)
    return {
        "content": content,
        "kind": contribution.kind,
        "top": pictures.get(content.picture),
        "body": _long(content.body, pictures),
        "parts": _parts(contribution.kind, content, pictures),
    }


def _parts(
    kind: str, content: Content, pictures: Mapping[str, EnvolImage]
) -> Sequence[dict[str, Any]]:
    render = plain if kind == Kind.TUTORIAL else prose
    return [
        {
            "heading": part.heading,
            "text": mark_safe(render(part.text)),  # noqa: S308 - made and cleaned by markdown
            "tip": part.tip,
            "picture": pictures.get(part.picture),
        }
        for part in content.parts
        if part.text.strip()  # a question without an answer isn't on the page either
    ]


def _long(markdown: str, pictures: Mapping[str, EnvolImage]) -> SafeString:
    def picture(pk: str) -> str:
        image = pictures.get(pk)
        return _figure(image) if image else ""

    def kept(_pk: str) -> str:
        return format_html('<p class="chip">{}</p>', _("Something that an editor put here"))

    return mark_safe(rendered(markdown, picture, kept))  # noqa: S308 - cleaned piece by piece


def _figure(image: EnvolImage) -> SafeString:
    shown = image.get_rendition("max-900x900")
    return format_html(
        '<figure class="figure"><img src="{}" alt="{}" width="{}" height="{}">'
        "<figcaption>{}</figcaption></figure>",
        shown.url,
        image.alt_text,
        shown.width,
        shown.height,
        image.credit,
    )
