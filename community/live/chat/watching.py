"""Whoever changes a chat's questions or times changes its rhythm; and what is kept about people in
chats and replays goes where they go."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from community.live.chat.conducting import look_again
from community.models import ChatAnswer, ChatQuestion, LiveEvent, Participant, Replay
from community.signals import forgotten, merged


@receiver(post_save, sender=LiveEvent, dispatch_uid="chat_was_changed")
def chat_was_changed(instance: LiveEvent, raw: bool = False, **_kwargs: Any) -> None:
    if instance.kind == LiveEvent.Kind.TWEETCHAT and not raw:
        look_again(instance)


@receiver(post_save, sender=ChatQuestion, dispatch_uid="question_was_changed")
def question_was_changed(instance: ChatQuestion, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        look_again(instance.event)


@receiver(post_delete, sender=ChatQuestion, dispatch_uid="question_was_removed")
def question_was_removed(instance: ChatQuestion, **_kwargs: Any) -> None:
    event = LiveEvent.objects.filter(pk=instance.event_id).first()
    if event:
        look_again(event)


@receiver(forgotten, dispatch_uid="forget_chats")
def forget_chats(person: Participant, **_kwargs: Any) -> None:
    ChatAnswer.objects.filter(post__author__link__participant=person).delete()
    Replay.objects.filter(participant=person).delete()


@receiver(merged, dispatch_uid="merge_replays")
def merge_replays(person: Participant, into: Participant, **_kwargs: Any) -> None:
    """Of two replays of one event, the one that was finished stays, else the older one. Answers
    hang on posts and come along by themselves."""
    kept = {row.event_id: row for row in Replay.objects.filter(participant=into)}
    for row in Replay.objects.filter(participant=person):
        mine = kept.get(row.event_id)
        if mine is None:
            Replay.objects.filter(pk=row.pk).update(participant=into)
            continue
        mine.started_at = min(mine.started_at, row.started_at)
        mine.finished_at = mine.finished_at or row.finished_at
        mine.save(update_fields=["started_at", "finished_at"])
        row.delete()
