"""The embedded broker: messages are files in the state folder.

The library opens a message's file before it writes it. A worker that looks in between reads nothing
and dies of it; here a file gets its name once it is whole.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]
        """Oldest first by name, which readers sort."""
        folder = Path(self.data_folder_out)
        with _draft(folder, dumps(payload)) as draft:
            draft.rename(folder / f"{time.time_ns()}_{uuid4()}.{queue}.msg")

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """An empty table first, which the library then fills under its lock."""
        table = self._exchange_file(exchange)
        if not table.exists():
            with _draft(table.parent, "[]") as draft, suppress(FileExistsError):
                os.link(draft, table)
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel


@contextmanager
def _draft(folder: Path, text: str) -> Iterator[Path]:
    """A whole file under a name that nobody looks for; gone afterwards, if it is still there."""
    draft = folder / f"{uuid4()}.draft"
    try:
        draft.write_text(text, encoding="utf-8")
        yield draft
    finally:
        draft.unlink(missing_ok=True)
