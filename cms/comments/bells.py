"""A page went public: it may be told of. A post was written: it may be a reply."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from cms.comments.telling import page_went_live
from microblog.doorbells import ring


@receiver(page_published)
def went_live(instance: Page, **kwargs: Any) -> None:
    page_went_live(instance.specific, now=timezone.now())
    ring("gather")
