"""For how long we listen to the hashtags of chats, and of what is being replayed."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import DateTimeField, Max, Q
from django.db.models.functions import Coalesce, Greatest, Now

from community.live.replaying import LISTENED_TO
from community.models import LiveEvent, Replay
from microblog.hashtags import normalised

STAYS_OPEN = timedelta(days=365)
"""After the end, and after every answer. Later answers are heard in threads and mentions."""
MOST = 40
"""Every hashtag is a request to every server, again and again: the liveliest chats come first."""


def chat_hashtags() -> Iterable[str]:
    """Of the chats that began, as long as somebody may still answer; normalised."""
    chats = LiveEvent.objects.accepted().filter(
        Q(starts_at__lte=Now()) | Q(questions__asked_at__isnull=False),
        kind=LiveEvent.Kind.TWEETCHAT,
    )
    answered = Max("questions__answers__noticed_at", output_field=DateTimeField())
    lively = chats.annotate(last=Greatest("ends_at", Coalesce(answered, "ends_at")))
    recent = lively.filter(last__gte=Now() - STAYS_OPEN).order_by("-last", "-pk")
    return normalised(recent.values_list("hashtag", flat=True)[:MOST])


def replay_hashtags() -> Iterable[str]:
    """Of the events that somebody goes through alone at present, normalised."""
    begun = Replay.objects.filter(finished_at=None, started_at__gte=Now() - LISTENED_TO)
    names = begun.order_by("-started_at").values_list("event__hashtag", flat=True)
    return normalised(set(names[:MOST]))
