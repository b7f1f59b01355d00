"""python -m bench.feed_reader: another process of the worker. Says "ready"; for each moment it is
told, reads what is due then, and says "done"."""

import sys
from datetime import datetime, timedelta

import django

if __name__ == "__main__":
    django.setup()

from curation.feeds.fetching import HOST_PAUSE, fetch_sources
from curation.models import Source
from curation.wire import Wire
from microblog.doorbells import silence


def read_due(now: datetime, wire: Wire) -> None:
    """Servers rest between batches: their pause passes, nobody waits."""
    while Source.objects.due(now).exists():
        fetch_sources(now, client=wire)
        now += HOST_PAUSE + timedelta(seconds=1)


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    wire = Wire(allow_private=True)
    with silence():
        _say("ready")
        for line in sys.stdin:
            read_due(datetime.fromisoformat(line.strip()), wire)
            _say("done")


if __name__ == "__main__":
    main()
