"""Asking the questions of a tweetchat: by themselves, in their rhythm, or when somebody says so."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.models import ChatQuestion, ChatRhythm, LiveEvent, MoocSettings, QuestionPost
from community.models.live import LiveEventQuerySet
from community.moocs import Moocs
from community.sites import base_url
from microblog.composing import compose, hashtag_line
from microblog.doorbells import ring
from microblog.models import Connection, OutboxPost
from microblog.services import enqueue_post
from microblog.steps import Backlog

BATCH = 20
BREATH = timedelta(minutes=1)
"""However late we are: two questions never go out closer to each other than this."""
OVERTIME = timedelta(hours=3)
"""So long after the end of a chat its questions still go out by themselves; later, by hand."""


class NotNow(Exception):
    """This question can't go out now; the message tells the organiser why."""


def ask_due_questions(now: datetime) -> int:
    """Ask the next question of every chat whose moment has come; returns how many went out."""
    connections = _connections()
    if not connections:
        return 0
    events = list(_due(now)[:BATCH])
    return sum(_ask_in_rhythm(event, connections, now) for event in events)


def questions_waiting(now: datetime) -> Backlog:
    due = _due(now)
    first = due.values_list(Coalesce("rhythm__next_at", "starts_at"), flat=True).first()
    return Backlog(due.count(), first)


def ask_question(question: ChatQuestion, *, now: datetime) -> bool:
    """Ask this one now, whatever its turn; False where it was asked already. Raises NotNow."""
    moocs = Moocs.read()
    connections = moocs.voices_of(moocs.of_site(question.event.site_id), _connections())
    if not connections:
        raise NotNow(_("No connection is in use."))
    with transaction.atomic():
        rhythm = lock_rhythm(question.event)
        question.refresh_from_db()
        if question.asked_at:
            return False
        if _last_asked(question.event, after=now - BREATH):
            raise NotNow(_("A question went out a moment ago: give people a minute to read it."))
        _ask(question, rhythm, connections, now)
    return True


def next_question(event: LiveEvent) -> ChatQuestion | None:
    """The first that wasn't asked or skipped, whether it waits for a person or not."""
    return event.questions.to_ask().order_by("number").first()  # type: ignore[no-any-return]


def lock_rhythm(event: LiveEvent) -> ChatRhythm:
    """Until the transaction ends nobody else conducts this chat."""
    ChatRhythm.objects.get_or_create(event=event)
    return ChatRhythm.objects.select_for_update().get(event=event)


def _due(now: datetime) -> LiveEventQuerySet:
    waiting = ChatQuestion.objects.by_themselves().filter(event=OuterRef("pk"))
    return (
        LiveEvent.objects.accepted()
        .filter(kind=LiveEvent.Kind.TWEETCHAT, starts_at__lte=now, ends_at__gt=now - OVERTIME)
        .filter(Q(rhythm=None) | Q(rhythm__paused_at=None))
        .filter(Q(rhythm=None) | Q(rhythm__next_at=None) | Q(rhythm__next_at__lte=now))
        .filter(Exists(waiting))
        .order_by("starts_at", "pk")
    )


@transaction.atomic
def _ask_in_rhythm(event: LiveEvent, connections: Sequence[Connection], now: datetime) -> bool:
    """What was due a moment ago is asked again under the lock: another worker may have been here,
    or somebody's hand."""
    rhythm = lock_rhythm(event)
    if rhythm.paused_at or (rhythm.next_at and rhythm.next_at > now):
        return False
    question = event.questions.by_themselves().order_by("number").first()
    if question is None:
        return False
    moment = _moment_of(question, event)
    if last := _last_asked(event, after=now - BREATH):
        moment = max(moment, last + BREATH)
    if moment > now:
        rhythm.next_at = moment
        rhythm.save(update_fields=["next_at"])
        return False
    _ask(question, rhythm, connections, now)
    return True


def _moment_of(question: ChatQuestion, event: LiveEvent) -> datetime:
    return event.starts_at + timedelta(minutes=question.planned_minute or 0)


def _last_asked(event: LiveEvent, *, after: datetime) -> datetime | None:
    asked = event.questions.filter(asked_at__gt=after).order_by("-asked_at")
    return asked.values_list("asked_at", flat=True).first()  # type: ignore[no-any-return]


def _ask(
    question: ChatQuestion, rhythm: ChatRhythm, connections: Sequence[Connection], now: datetime
) -> None:
    """Called under the rhythm's lock. The pause that follows is counted from now, never from the
    plan: whoever comes back after a long night doesn't ask everything at once."""
    ChatQuestion.objects.filter(pk=question.pk).update(asked_at=now, skipped_at=None)
    question.asked_at, question.skipped_at = now, None
    following = question.event.questions.by_themselves().order_by("number").first()
    rhythm.next_at = now + timedelta(minutes=rhythm.interval)
    if following and following.planned_minute is not None:
        rhythm.next_at = max(now + BREATH, _moment_of(following, question.event))
    rhythm.save(update_fields=["next_at"])
    promise_question(question, connections, now=now)


def promise_question(
    question: ChatQuestion, connections: Sequence[Connection], *, now: datetime
) -> None:
    moocs = Moocs.read()
    mooc = moocs.of_site(question.event.site_id)
    for connection in moocs.voices_of(mooc, connections):
        text, language = words_of(question, connection, mooc=mooc)
        promise = enqueue_post(
            connection,
            key=f"chat:{question.pk}:{connection.pk}",
            kind=OutboxPost.Kind.CHAT,
            text=text,
            language=language,
            lane=f"chat:{question.event_id}:{connection.pk}",
            now=now,
        )
        QuestionPost.objects.get_or_create(
            question=question, connection=connection, defaults={"promise": promise}
        )
    ring("deliver")


def words_of(
    question: ChatQuestion, connection: Connection, *, mooc: MoocSettings
) -> tuple[str, str]:
    """What is said on a connection, and in which language."""
    event = question.event
    text, language = question.said_in(connection.language.partition("-")[0])
    with override(language):
        address = base_url(event.site_id) + reverse("live:questions", args=[event.slug])
    context = {
        "number": question.number,
        "title": event.title,
        "is_first": question.number == 1,
        "hashtag": event.said_hashtag,
        "hashtags": hashtag_line([event.said_hashtag, mooc.first_hashtag]),
        "url": address,
    }
    said = compose(
        "chat_question",
        text,
        limit=mooc.limit_on(connection),
        language=language,
        tone=mooc.tone,
        context=context,
        enough=len(text),  # the question first, then how to answer it
    )
    return said, language


def _connections() -> list[Connection]:
    return list(Connection.objects.enabled().select_related("account"))
