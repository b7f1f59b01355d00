"""What is kept about a person in chats and replays, for the file of all that is kept about them."""

from typing import Any

from community.models import ChatAnswer, Participant, Replay


def chat_answers_of(person: Participant) -> list[dict[str, Any]]:
    answers = ChatAnswer.objects.filter(post__author__link__participant=person)
    return [
        {
            "question": str(answer.question),
            "event": answer.question.event.title,
            "address": answer.post.url,
        }
        for answer in answers.select_related("question__event", "post").order_by("pk")
    ]


def replays_of(person: Participant) -> list[dict[str, Any]]:
    replays = Replay.objects.filter(participant=person).select_related("event").order_by("pk")
    return [
        {
            "event": replay.event.title,
            "started_at": replay.started_at,
            "finished_at": replay.finished_at,
        }
        for replay in replays
    ]
