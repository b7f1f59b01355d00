"""Two people turn out to be one, somebody wants nothing kept, or to have it all: texts follow."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from wagtail.models import Page, Revision

from challenges.catalogue import page_address
from cms.contributing.content import Content
from cms.models import (
    ArticlePage,
    Contribution,
    ContributionDraft,
    EnvolImage,
    PortraitPage,
    ToolPage,
    TutorialPage,
)
from community.models import Participant
from community.signals import forgotten, kept, merged, unmerged

AUTHORED = (ArticlePage, TutorialPage, ToolPage, PortraitPage)


@receiver(merged)
def move_texts(person: Participant, into: Participant, **_kwargs: Any) -> None:
    Contribution.objects.filter(author=person).update(author=into)
    for pages, field in _pages_naming(person):
        _pass_on(pages, field, of=person, to=into)
        pages.update(**{field: into})


@receiver(unmerged)
def part_texts(person: Participant, out_of: Participant, **_kwargs: Any) -> None:
    """The rows are parted already; what pages looked like before follows."""
    for pages, field in _pages_naming(person):
        _pass_on(pages, field, of=out_of, to=person)


def _pages_naming(person: Participant) -> Iterator[tuple[QuerySet[Any], str]]:
    for kind in AUTHORED:
        yield kind.objects.filter(author=person), "author"
    yield PortraitPage.objects.filter(person=person), "person"


def _pass_on(pages: QuerySet[Any], field: str, *, of: Participant, to: Participant) -> None:
    _rewrite(pages, lambda told: told | {field: to.pk} if told.get(field) == of.pk else told)


@receiver(forgotten)
def forget_texts(person: Participant, **_kwargs: Any) -> None:
    """What was published under a free licence stays, without a name, in its revisions too; drafts,
    portraits and pictures that no public page shows go."""
    texts = Contribution.objects.filter(author=person)
    drafts = Page.objects.filter(pk__in=texts.exclude(page=None).values("page"), live=False)
    portraits = PortraitPage.objects.filter(person=person)
    pictures = _pictures_of(texts)
    for page in [*drafts, *portraits]:
        page.specific.delete()
    for kind in AUTHORED:
        pages = kind.objects.filter(author=person)
        _rewrite(pages, _without_name)
        pages.update(author=None, author_name="", owner=None)
    texts.delete()
    _forget_pictures(pictures)


def _without_name(told: dict[str, Any]) -> dict[str, Any]:
    return told | {"author": None, "author_name": "", "owner": None}


def _rewrite(pages: QuerySet[Any], change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """What a page looked like before names people too, and may be published again."""
    numbers = [str(pk) for pk in pages.values_list("pk", flat=True)]
    revisions = list(
        Revision.objects.filter(base_content_type__app_label="wagtailcore", object_id__in=numbers)
    )
    for revision in revisions:
        revision.content = change(revision.content)
    Revision.objects.bulk_update(revisions, ["content"], batch_size=100)


def _pictures_of(texts: QuerySet[Contribution]) -> list[int]:
    return list(texts.exclude(pictures=None).values_list("pictures__image", flat=True))


def _forget_pictures(pictures: list[int]) -> None:
    """Those on a public page stay under their licence, without a name."""
    for image in EnvolImage.objects.filter(pk__in=pictures):
        if image.get_usage().exists():
            EnvolImage.objects.filter(pk=image.pk).update(credit="", uploaded_by_user=None)
        else:
            image.delete()


@receiver(kept)
def texts_of(person: Participant, **_kwargs: Any) -> dict[str, Any]:
    latest = ContributionDraft.objects.filter(contribution__author=person).order_by("pk")
    drafts = {row.contribution_id: Content.of_json(row.content) for row in latest if row.number}
    return {
        "texts": [
            {
                "kind": text.kind,
                "state": text.state,
                "published_at": text.published_at,
                "content": drafts[text.pk].to_json() if text.pk in drafts else None,
                "page": page_address(text.page) if text.page and text.page.live else None,
            }
            for text in Contribution.objects.of(person).select_related("page")
        ],
        "pages": [
            {"title": page.title, "address": page_address(page), "as": field}
            for pages, field in _pages_naming(person)
            for page in pages.filter(live=True)
        ],
    }
