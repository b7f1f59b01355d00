"""Doorbells: an organiser decided about a page that somebody proposed."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, workflow_rejected

from microblog.doorbells import ring


@receiver([page_published, workflow_rejected])
def decided(**kwargs: Any) -> None:
    ring("propose")
