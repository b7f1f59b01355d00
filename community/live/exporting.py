"""What is kept about a person beside live events, for the file of all that is kept about them."""

from typing import Any

from community.models import LiveEvent, Participant


def sign_ups_of(person: Participant) -> list[dict[str, Any]]:
    rows = person.sign_ups.select_related("event").order_by("pk")
    return [
        {"event": row.event.title, "role": row.role, "signed_up_at": row.created_at} for row in rows
    ]


def proposals_of(person: Participant) -> list[dict[str, Any]]:
    return [
        {
            "event": event.title,
            "starts_at": event.starts_at,
            "state": event.state,
            "answer": event.answer,
            "proposed_at": event.created_at,
        }
        for event in LiveEvent.objects.filter(proposed_by=person).order_by("pk")
    ]
