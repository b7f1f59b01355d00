"""What makes kept pages out of date: publishing, settings, what is taken away, somebody who wants
to be shown no more."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from badges.models import BadgeClass
from cms.models import EnvolImage
from cms.serving.shelf import forget_pages
from community.models import LiveEvent, Participant
from community.signals import forgotten, merged
from curation.models import Digest, Item, ItemPicture, Pick
from microblog.signals import taken_away

HOUSE = (Site, Locale, PageViewRestriction, LiveEvent, Digest, BadgeClass)
SHOWN = (Page, EnvolImage, Item, ItemPicture, Pick, *HOUSE)


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def pages_changed(**_kwargs: Any) -> None:
    """Not only this page: its title stands in lists, menus, feeds and beside its translations."""
    forget_pages()


@receiver(post_delete)
def row_deleted(sender: type[Model], **_kwargs: Any) -> None:
    if issubclass(sender, SHOWN):
        forget_pages()


@receiver(post_save)
def house_changed(sender: type[Model], **_kwargs: Any) -> None:
    if issubclass(sender, (BaseSiteSetting, *HOUSE)):
        forget_pages()


@receiver(post_save, sender=Participant)
def consent_changed(update_fields: frozenset[str] | None, **_kwargs: Any) -> None:
    """Whoever doesn't want to be shown is shown no more, at once."""
    if update_fields and "consent" in update_fields:
        forget_pages()


@receiver([forgotten, merged, taken_away])
def gone(**_kwargs: Any) -> None:
    forget_pages()
