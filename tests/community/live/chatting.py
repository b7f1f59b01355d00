"""Tweetchats for tests: an event with questions, and people who answer."""

from datetime import datetime, timedelta

from community.models import ChatQuestion, LiveEvent
from tests.builders import NOON


def a_chat(*questions: str, starts_at: datetime = NOON, minutes: int = 60, **fields) -> LiveEvent:
    """An accepted tweetchat of an hour; its questions are in French."""
    event = LiveEvent.objects.create(
        kind=LiveEvent.Kind.TWEETCHAT,
        title=fields.pop("title", "Tchat des phares"),
        slug=fields.pop("slug", "tchat"),
        hashtag=fields.pop("hashtag", "TchatPhares"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        **fields,
    )
    for number, text in enumerate(questions or ("Qui es-tu ?", "Et la mer ?", "Et demain ?"), 1):
        ChatQuestion.objects.create(event=event, number=number, text_fr=text)
    return event


def ask_all(event: LiveEvent) -> None:
    """As if they had gone out, ten minutes apart."""
    for question in event.questions.all():
        asked_at = event.starts_at + timedelta(minutes=10 * (question.number - 1))
        ChatQuestion.objects.filter(pk=question.pk).update(asked_at=asked_at)
