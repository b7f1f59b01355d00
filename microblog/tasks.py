"""The one task of the pipeline."""

import logging

from celery import shared_task
from django.utils import timezone

from microblog.steps import get_step

logger = logging.getLogger(__name__)

MOST_BATCHES = 50  # per message: a flood leaves room for the other steps


@shared_task
def run_step(name: str) -> int:
    """Run a step until nothing moves; returns how many rows moved."""
    step, moved = get_step(name), 0
    for _batch in range(MOST_BATCHES):
        done = step.run(timezone.now())
        moved += done
        if not done:
            break
    if moved:
        logger.info("%s: %d rows moved", name, moved)
    return moved
