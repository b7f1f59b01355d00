"""How the bot behaves: whose language it speaks, when it keeps quiet, how much it says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils import timezone

from community.models import MoocSettings, Participant
from community.moocs import Moocs
from microblog.models import Connection, Follow, Mention, OutboxPost, Post

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def language_for(
    participant: Participant | None,
    post: Post | None,
    connection: Connection,
    mooc: MoocSettings | None = None,
) -> str:
    """The person's own choice, else that of their post if we speak it, else the server's; of those
    that the MOOC speaks."""
    ours = mooc.spoken if mooc else [code for code, _ in settings.LANGUAGES]
    spoken = post.language.replace("_", "-").split("-")[0].lower() if post else ""
    wishes = [participant.language if participant else "", spoken, connection.language]
    usual = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in ours else next(iter(ours))
    return next((wish for wish in wishes if wish in ours), usual)


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
    """Hands out moments to speak: none in the quiet hours, and no more in an hour than agreed.

    `promised`: how many answers each hour holds already; without it, it is asked.
    """

    def __init__(
        self, mooc: MoocSettings, *, now: datetime, promised: Counter[datetime] | None = None
    ) -> None:
        self._mooc, self._now = mooc, now
        self._promised = promised if promised is not None else _by_hour(_promised(now))

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


class HourlyRooms:
    """Of each MOOC: what was promised on its connections takes room, whoever promised it there."""

    def __init__(self, moocs: Moocs, *, now: datetime) -> None:
        self._moocs, self._now = moocs, now
        self._promised = _promised(now)
        self._rooms: dict[int | None, HourlyRoom] = {}

    def take(self, mooc: MoocSettings) -> datetime | None:
        room = self._rooms.get(mooc.site_id)
        if room is None:
            chosen = self._moocs.networks.get(mooc.site_id)
            own = [one for one in self._promised if not chosen or one[1] in chosen]
            room = HourlyRoom(mooc, now=self._now, promised=_by_hour(own))
            self._rooms[mooc.site_id] = room
        return room.take()


@dataclass(slots=True)
class Manners:
    """Whom we may answer, and when: read at once for a batch of posts, in five queries.

    addressed: posts that mention an account of ours; followers: accounts that follow one; today:
    how often each account was answered in the last day, by whichever MOOC.
    """

    ours: set[int]
    addressed: set[int]
    followers: set[int]
    today: Counter[int]
    rooms: HourlyRooms

    @classmethod
    def of(cls, posts: Sequence[Post], *, ours: set[int], moocs: Moocs, now: datetime) -> Self:
        authors = {post.author_id for post in posts}
        mentions = Mention.objects.filter(post__in=posts, account__in=ours)
        follows = Follow.objects.filter(follower__in=authors, followed__in=ours)
        answers = OutboxPost.objects.filter(
            kind=OutboxPost.Kind.FEEDBACK, recipient__in=authors, created_at__gt=now - DAY
        ).order_by()
        return cls(
            ours=ours,
            addressed=set(mentions.values_list("post_id", flat=True)),
            followers=set(follows.values_list("follower_id", flat=True)),
            today=Counter(dict(answers.values_list("recipient").annotate(Count("pk")))),
            rooms=HourlyRooms(moocs, now=now),
        )

    def is_wanted(self, post: Post, person: Participant | None) -> bool:
        """They spoke to us, follow us, came aboard or have a login here: they want to hear us."""
        return (
            post.pk in self.addressed
            or post.author_id in self.followers
            or self.answers_us(post)
            or bool(person and (person.embarked_at or person.user_id))
        )

    def answers_us(self, post: Post) -> bool:
        return bool(post.parent and post.parent.author_id in self.ours)

    def has_heard_enough(self, post: Post, mooc: MoocSettings) -> bool:
        return self.today[post.author_id] >= mooc.answers_per_person_per_day


def _hour(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def _promised(now: datetime) -> Sequence[tuple[datetime, int, int]]:
    """Hour, connection and how many answers were promised for it."""
    answers = OutboxPost.objects.filter(kind=OutboxPost.Kind.FEEDBACK, due_at__gte=_hour(now))
    hours = answers.annotate(hour=TruncHour("due_at", tzinfo=UTC)).order_by()
    return list(hours.values_list("hour", "connection").annotate(Count("pk")))


def _by_hour(promised: Iterable[tuple[datetime, int, int]]) -> Counter[datetime]:
    found: Counter[datetime] = Counter()
    for hour, _connection, count in promised:
        found[hour] += count
    return found
