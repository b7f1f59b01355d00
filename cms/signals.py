"""Doorbells: whatever changes the frame of every page, or the lexicon, empties what is remembered
of it."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.lexicon.terms import forget_terms
from cms.models import LexiconPage, TermPage
from cms.navigation import forget_family, forget_frame
from cms.translating import share_lists
from community.models import MoocSettings


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def frame_changed(**kwargs: Any) -> None:
    forget_frame()


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def words_changed(*, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, LexiconPage | TermPage):
        forget_terms(instance)


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def family_changed(*, instance: Page, **kwargs: Any) -> None:
    forget_family(instance)


@receiver(post_delete, sender=TermPage)
def word_deleted(*, instance: TermPage, **kwargs: Any) -> None:
    forget_terms(instance)


@receiver(page_published)
def lists_changed(*, instance: Page, **kwargs: Any) -> None:
    share_lists(instance)


@receiver(post_save, sender=MoocSettings)
def name_changed(**kwargs: Any) -> None:
    forget_frame()
