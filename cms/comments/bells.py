"""A page went public: it may be told of. It isn't any more, or somebody doesn't want to be named:
what is promised follows. A post was written: it may be a reply."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from cms.comments.telling import TALKED_ABOUT, page_went_live
from community.models import Participant
from community.signals import forgotten
from microblog.doorbells import ring


@receiver(page_published)
def went_live(instance: Page, **kwargs: Any) -> None:
    page_went_live(instance.specific, now=timezone.now())
    ring("gather")


@receiver([page_unpublished, forgotten])
def went_away(**_kwargs: Any) -> None:
    ring("gather")


@receiver(post_delete)
def was_deleted(sender: type, **_kwargs: Any) -> None:
    if issubclass(sender, TALKED_ABOUT):
        ring("gather")


@receiver(post_save, sender=Participant)
def consent_changed(update_fields: frozenset[str] | None, **_kwargs: Any) -> None:
    if update_fields and "consent" in update_fields:
        ring("gather")
