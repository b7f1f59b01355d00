"""Doorbells: whatever changes the frame of every page empties what is remembered of it."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.navigation import forget_frame
from community.models import MoocSettings


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def frame_changed(**kwargs: Any) -> None:
    forget_frame()


@receiver(post_save, sender=MoocSettings)
def name_changed(**kwargs: Any) -> None:
    forget_frame()
