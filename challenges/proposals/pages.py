"""The draft page that an idea becomes, for an organiser to finish in the editor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, Locale, Page

from challenges.models import (
    ChallengeIndexPage,
    ChallengePage,
    MiniChallengePage,
    PhotoRiddlePage,
)
from community.models import Participant
from community.sites import within
from microblog.paragraphs import paragraphs

RULES = ("photo", "photos_described", "link", "mention", "reply", "thread", "content_warning")
"""What a proposer may ask of an answer; organisers have all rules."""
PARAMS: dict[str, dict[str, Any]] = {
    "photo": {"count": 1},
    "mention": {"count": 1},
    "reply": {"to_someone_else": True},
    "thread": {"count": 2},
}


class NoPlace(Exception):
    """There is no list of challenges in this language, where the draft could lie."""


@dataclass(frozen=True, slots=True)
class Idea:
    """What somebody proposes. A riddle has a photo and answers; `rules` are keys of RULES."""

    title: str
    intro: str
    language: str
    is_riddle: bool = False
    task: str = ""
    rules: Sequence[str] = ()
    answers: str = ""
    hints: Sequence[str] = ()
    photo: AbstractImage | None = None


def draft_page(idea: Idea, *, by: Participant, site_id: int | None = None) -> ChallengePage:
    """A page of a MOOC that nobody sees yet. In the caller's transaction. Raises NoPlace."""
    lists = ChallengeIndexPage.objects.filter(within(site_id))
    index = lists.filter(locale__language_code=idea.language).first()
    index = index or lists.order_by("pk").first()
    if index is None:
        raise NoPlace(_("There is no list of challenges yet: an organiser has to make one first."))
    # Whoever sends another idea at this moment waits: two would choose one address.
    parent = Page.objects.select_for_update().get(pk=index.pk)
    kind = PhotoRiddlePage if idea.is_riddle and idea.photo else MiniChallengePage
    page = kind(
        locale=Locale.objects.get(pk=index.locale_id),
        slug=_free_address(idea.title, parent),
        proposed_by=by,
        live=False,
    )
    write_idea(page, idea)
    parent.add_child(instance=page)
    page.proposed_by = by
    page.save(update_fields=["proposed_by"])
    return page


def write_idea(page: ChallengePage, idea: Idea) -> None:
    """Puts the idea's words on the page; its level keeps its number."""
    before = list(page.levels.raw_data) if page.levels else []
    level = str(before[0]["id"]) if before else str(uuid4())
    page.title, page.intro = idea.title, idea.intro
    page.levels = [_level(idea, level)]
    if idea.photo is not None:
        page.photo = idea.photo
    if isinstance(page, PhotoRiddlePage):
        page.question, page.answers = idea.intro, idea.answers
        page.hints = [
            {"type": "hint", "value": hint, "id": str(uuid4())} for hint in idea.hints if hint
        ]


def _level(idea: Idea, level: str) -> dict[str, Any]:
    keys = ["solves_riddle"] if idea.is_riddle else [key for key in RULES if key in idea.rules]
    rules = [{"type": key, "value": PARAMS.get(key, {}), "id": str(uuid4())} for key in keys]
    return {
        "type": "level",
        "id": level,
        "value": {
            "title": _("Find it") if idea.is_riddle else _("Try it"),
            "task": paragraphs(idea.task or idea.intro),
            "tip": "",
            "rules": rules,
        },
    }


def _free_address(title: str, index: Page) -> str:
    """Words of a riddle's title may tell; a number makes it unique."""
    wanted = slugify(title)[:80] or "proposition"
    taken = set(index.get_children().values_list("slug", flat=True))
    numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(one for one in numbers if one not in taken)


def keep_photo(
    file: "ContentFile[bytes]", *, title: str, alt_text: str, credit: str, licence: str
) -> AbstractImage:
    """An image of the library, described and credited."""
    return get_image_model().objects.create(
        title=title[:255],
        file=file,
        alt_text=alt_text[:500],
        credit=credit[:200],
        licence=licence,
        collection=Collection.get_first_root_node(),
    )
