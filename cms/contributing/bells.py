"""Doorbells: an editor decided about a page."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, workflow_rejected

from microblog.doorbells import ring


@receiver([page_published, page_unpublished, workflow_rejected])
def decided(**kwargs: Any) -> None:
    ring("contribute")
