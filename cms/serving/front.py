"""Servers in front: what they were given leave to keep, and how it is taken back.

Which pages a change shows on can't be told from the change: a name stands in menus, lists, feeds
and translations. So all that may still be held is taken back. It is what readers asked for in the
last minute or so; what nobody asked for is held by nobody.
"""

import logging
import re
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends.http import HTTPBackend, PurgeRequest
from wagtail.contrib.frontend_cache.utils import get_backends

from cms.models import FrontCopy
from microblog.doorbells import ring
from microblog.steps import Backlog

logger = logging.getLogger(__name__)

BATCH = 200
FIRST_WAIT = timedelta(seconds=2)
LONGEST_KEPT = 3600  # seconds; what may be kept longer never changes under its address
LONGEST_ADDRESS = 600
_SHARED = re.compile(r"s-maxage=(\d+)")
_ANY = re.compile(r"max-age=(\d+)")


class PatientProxy(HTTPBackend):
    """Says when it wasn't heard, and waits for nobody. Raises URLError."""

    TIMEOUT = 3.0  # seconds

    def purge(self, url: str) -> None:
        asked, here = urlsplit(url), f"{self.cache_scheme}://{self.cache_netloc}"
        path = f"{asked.path}?{asked.query}" if asked.query else asked.path
        request = PurgeRequest(f"{here}{path}", headers={"Host": asked.netloc})
        try:
            urlopen(request, timeout=self.TIMEOUT).close()  # noqa: S310 - the operator's own address
        except HTTPError as error:
            # Some say so of what they don't hold.
            if error.code not in (404, 410, 412):
                raise
        except OSError as error:
            raise error if isinstance(error, URLError) else URLError(error) from error


def note_copy(
    request: HttpRequest, answer: HttpResponseBase, *, edition: str, is_old: bool, now: datetime
) -> None:
    """One query, and none for what this process gave a moment ago in the same `edition`; `is_old`:
    that edition ended while the page was made, so it is taken back as soon as it has arrived."""
    seconds = _lifetime(request, answer)
    address = request.build_absolute_uri()
    if not seconds or len(address) > LONGEST_ADDRESS:
        return
    name = f"envol:front:{edition}:{blake2b(address.encode(), digest_size=16).hexdigest()}"
    if is_old or caches[settings.NEAR_CACHE].add(name, True, seconds):
        # Twice as long: for one life, what is given again isn't written down again.
        copy = FrontCopy(address=address, until=now + timedelta(seconds=2 * seconds))
        changed = ["until"]
        if is_old:
            copy.purge_at, changed = now + FIRST_WAIT, ["until", "purge_at"]
        FrontCopy.objects.bulk_create(
            [copy], update_conflicts=True, unique_fields=["address"], update_fields=changed
        )


def _lifetime(request: HttpRequest, answer: HttpResponseBase) -> int:
    """Seconds that anybody between us and the reader may keep it; 0 for what is nobody's to
    keep."""
    told = str(answer.get("Cache-Control", ""))
    if request.method not in ("GET", "HEAD") or answer.status_code not in (200, 304):
        return 0
    found = _SHARED.search(told) or _ANY.search(told)
    seconds = int(found[1]) if found and "public" in told else 0
    return seconds if seconds <= LONGEST_KEPT else 0


def take_back() -> None:
    """All that is held, once this transaction is committed; away from whoever is waiting."""
    if settings.FRONT_CACHE:
        transaction.on_commit(_take_back, robust=True)


def _take_back() -> None:
    now = timezone.now()
    if FrontCopy.objects.held(now).update(purge_at=now, attempts=0):
        ring("purge")


def purge(now: datetime) -> int:
    """Returns how many copies were taken back. What a server doesn't hear is told again, until it
    holds the copy no more."""
    FrontCopy.objects.exclude(until__gt=now).delete()
    if not settings.FRONT_CACHE:
        return 0
    copies = _claimed(now)
    done = []
    for copy in copies:
        try:
            for backend in get_backends(settings.FRONT_CACHE).values():
                backend.purge_batch([copy.address])
        except URLError as error:
            logger.warning("the server in front wasn't told of %s: %s", copy.address, error)
            break
        done.append(copy.pk)
    # What changed again meanwhile, or was given again, has another moment, and stays.
    moments, ends = {one.purge_at for one in copies}, {one.until for one in copies}
    same = FrontCopy.objects.filter(purge_at__in=moments, until__in=ends)
    same.filter(pk__in=done).delete()
    return len(done)


def _claimed(now: datetime) -> list[FrontCopy]:
    """The next attempt is written down before this one is made."""
    with transaction.atomic():
        rows = FrontCopy.objects.due(now).select_for_update(skip_locked=True, of=("self",))
        copies = list(rows.order_by("purge_at", "pk")[:BATCH])
        for copy in copies:
            copy.purge_at = now + FIRST_WAIT * 2 ** min(copy.attempts, 10)
            copy.attempts += 1
        FrontCopy.objects.bulk_update(copies, ["purge_at", "attempts"])
    return copies


def backlog(now: datetime) -> Backlog:
    waiting = FrontCopy.objects.held(now).filter(purge_at__isnull=False)
    oldest: Any = waiting.order_by("purge_at").values_list("purge_at", flat=True).first()
    return Backlog(waiting.count(), oldest)
