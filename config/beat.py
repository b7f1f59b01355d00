"""The clock's hand: while the broker is away, every ring fails, several a second. One line tells
it, and another that it is over; a trace for each would fill a disk."""

import logging
from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry, SchedulingError

logger = logging.getLogger(__name__)


class Scheduler(PersistentScheduler):
    _is_unheard = False

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        try:
            self.apply_async(entry, producer=producer, advance=False)
        except SchedulingError as error:
            if not self._is_unheard:
                logger.warning("The broker doesn't answer; what is due waits. %s", error)
            self._is_unheard = True
            return
        if self._is_unheard:
            logger.warning("The broker answers again.")
        self._is_unheard = False
