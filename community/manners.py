"""How the bot behaves: whose language it speaks, when it keeps quiet, how much it says."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import cast

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils import timezone
from wagtail.models import Site

from community.models import MoocSettings, Participant
from microblog.models import Connection, OutboxPost, Post

HOUR = timedelta(hours=1)


def current_mooc() -> MoocSettings:
    """The settings of the default site."""
    site = Site.objects.filter(is_default_site=True).first()
    return cast(MoocSettings, MoocSettings.for_site(site)) if site else MoocSettings()


def language_for(participant: Participant | None, post: Post | None, connection: Connection) -> str:
    """The person's own choice, else that of their post if we speak it, else the server's."""
    ours = {code for code, _ in settings.LANGUAGES}
    spoken = post.language.replace("_", "-").split("-")[0].lower() if post else ""
    wishes = [participant.language if participant else "", spoken, connection.language]
    return next((wish for wish in wishes if wish in ours), settings.LANGUAGE_CODE)


def next_waking(moment: datetime, mooc: MoocSettings) -> datetime:
    """`moment` itself, or the end of the quiet hours that it falls in (by the site's own clock)."""
    start, end = mooc.quiet_from, mooc.quiet_until
    if start is None or end is None or start == end:
        return moment
    local = timezone.localtime(moment, timezone.get_default_timezone())
    clock = local.time()
    is_quiet = start <= clock < end if start < end else clock >= start or clock < end
    if not is_quiet:
        return moment
    waking = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    if clock >= end:
        waking += timedelta(days=1)
    return waking.astimezone(UTC)


class HourlyRoom:
    """Hands out moments to speak: none in the quiet hours, and no more in an hour than agreed."""

    def __init__(self, mooc: MoocSettings, *, now: datetime) -> None:
        self._mooc, self._now = mooc, now
        self._promised = Counter(_promised_by_hour(now))

    def take(self) -> datetime | None:
        """The next free moment, now if possible; None where the site says nothing at all."""
        most = self._mooc.answers_per_hour
        if not most:
            return None
        moment = next_waking(self._now, self._mooc)
        while self._promised[_hour(moment)] >= most:
            moment = next_waking(_hour(moment) + HOUR, self._mooc)
        self._promised[_hour(moment)] += 1
        return moment


def _hour(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _promised_by_hour(now: datetime) -> dict[datetime, int]:
    answers = OutboxPost.objects.filter(kind=OutboxPost.Kind.FEEDBACK, due_at__gte=_hour(now))
    hours = answers.annotate(hour=TruncHour("due_at", tzinfo=UTC)).order_by().values("hour")
    return {row["hour"]: row["answers"] for row in hours.annotate(answers=Count("pk"))}
