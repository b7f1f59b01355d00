"""What stands in the booklet of a welcome kit, as plain data in the kit's language."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.blocks import StructValue
from wagtail.models import Page, Site
from wagtail.rich_text import expand_db_html

from challenges.catalogue import page_address
from cms.blocks import PLACES, told_places
from cms.booklet.prose import Node, plain, prose
from community.colours import light_accent
from community.models import MoocSettings
from microblog.dates import date_format

Data = dict[str, Any]
CORAL, CORAL_SOFT = "#bb3c25", "#fdeae4"
"""Envol's second colour, as tokens.css has it for light paper."""


def compose(
    kit: Any, *, lessons: Sequence[Any], words: Sequence[Any], charter: Any, guide: Any
) -> Data:
    """`kit`: a WelcomeKitPage; the others as it chose them, `charter` and `guide` perhaps None."""
    language, mooc = kit.locale.language_code, _mooc_of(kit)
    with override(language):
        return {
            "language": language,
            "title": kit.title,
            "lead": kit.lead,
            "site": mooc.name,
            "colours": _colours(mooc),
            "address": _address(kit),
            "day": date_format(localtime(kit.last_published_at)) if kit.last_published_at else "",
            "labels": _labels(),
            "lessons": [_lesson(lesson) for lesson in lessons],
            "words": [{"word": term.title, "short": term.short} for term in words],
            "charter": _charter(charter) if charter else None,
            "contacts": [_contact(block.value) for block in guide.contacts] if guide else [],
        }


def _mooc_of(kit: Page) -> MoocSettings:
    """A kit that stands nowhere yet is looked at by its editor: in the first MOOC's looks."""
    site = kit.get_site() or Site.objects.filter(is_default_site=True).first()
    return MoocSettings.for_site(site) if site else MoocSettings(name=settings.WAGTAIL_SITE_NAME)


def _colours(mooc: MoocSettings) -> dict[str, str]:
    """`first` marks headings, `second` links and places; the soft ones stand behind words. A MOOC
    with a colour of its own has that one alone."""
    own = light_accent(mooc.colour)
    first, soft = (CORAL, CORAL_SOFT) if mooc.is_plainly_dressed else (own.plain, own.soft)
    return {"first": first, "first_soft": soft, "second": own.plain, "second_soft": own.soft}


def _labels() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "lessons": _("To begin with"),
        "words": _("Words to know"),
        "contacts": _("Whom to call"),
        "try": _("Words to begin with"),
        "tip": _("Tip"),
        "example": _("Example"),
        "also": _("Also on the web:"),
    }


def _address(page: Page) -> str:
    return page_address(page) or str(settings.BASE_URL)


def _rich(value: Any) -> list[Node]:
    """Of a RichText block value."""
    return prose(expand_db_html(value.source), base=settings.BASE_URL)


def _lesson(lesson: Any) -> Data:
    minutes = ngettext("%(count)s minute", "%(count)s minutes", lesson.minutes)
    return {
        "title": lesson.title,
        "summary": lesson.summary,
        "minutes": minutes % {"count": lesson.minutes},
        "address": _address(lesson),
        "parts": [_part(block.block_type, block.value) for block in lesson.steps],
        "try": plain(lesson.try_it_text),
    }


def _part(kind: str, value: StructValue) -> Data:
    if kind == "step":
        return {
            "kind": "step",
            "title": value["heading"],
            "body": _rich(value["text"]),
            "places": list(_places(value["networks"])),
            "tip": plain(value["tip"]),
        }
    if kind == "example":
        who = f"{value['name']} · @{value['handle']}"
        return {"kind": "example", "title": who, "body": plain(value["text"])}
    return {"kind": "tip", "title": value["title"], "body": plain(value["text"])}


def _places(values: Iterable[StructValue]) -> Iterable[Data]:
    names = dict(PLACES)
    for value in told_places(values):
        yield {"name": str(names[value["network"]]), "body": _rich(value["text"])}


def _charter(page: Any) -> Data:
    return {
        "title": page.title,
        "lead": page.lead,
        "promises": [
            {"title": block.value["title"], "body": _rich(block.value["body"])}
            for block in page.commitments
        ],
        "closing": prose(expand_db_html(page.closing), base=settings.BASE_URL),
    }


def _contact(value: StructValue) -> Data:
    return {
        name: value[name] or "" for name in ("name", "what_for", "phone", "url", "country", "hours")
    }
