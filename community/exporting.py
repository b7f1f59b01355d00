"""All that is kept about a person, as a file that is theirs.

What rooms above keep, they tell by the signals `kept` and `exported`. So that nothing is forgotten,
the file also counts every row of the database that names the person, whoever tells of it.
"""

from collections.abc import Iterator
from typing import Any

from community.handing_on import keys_to
from community.live.chat.exporting import chat_answers_of, replays_of
from community.live.exporting import proposals_of, sign_ups_of
from community.models import LearningEvent, Participant, User
from community.signals import exported, kept
from community.tutoring.exporting import tutoring_of
from microblog.models import Account, Post


def export_person(person: Participant) -> dict[str, Any]:
    """All that is kept about a person, as plain values for a JSON file."""
    accounts = Account.objects.filter(link__participant=person)
    posts = Post.objects.filter(author__in=accounts).alive().order_by("said_at")
    return {
        "name": person.name,
        "language": person.language,
        "consent": person.consent,
        "first_seen_at": person.first_seen_at,
        "embarked_at": person.embarked_at,
        "aboard": [
            {"mooc": boarding.site.root_url, "at": boarding.at}
            for boarding in person.boardings.select_related("site").order_by("at")
        ],
        "login": _login(person.user),
        "brought_by": person.brought_by.name if person.brought_by else None,
        "brought": person.brought.count(),
        "joined_from": list(person.merges.values("name", "merged_at", "undone_at")),
        "link_codes": list(person.link_codes.values("created_at", "expires_at", "used_at")),
        "accounts": [
            {"network": account.network, "uri": account.uri, "handle": account.handle}
            for account in accounts
        ],
        "posts": [
            {"address": post.url, "said_at": post.said_at, "text": post.text} for post in posts
        ],
        "learning_events": [
            {"kind": event.kind, "occurred_at": event.occurred_at, "evidence": event.evidence_url}
            for event in person.learning_events.order_by("occurred_at")
        ],
        "deeds_of_others": list(
            LearningEvent.objects.filter(other=person).values("kind", "occurred_at")
        ),
        "sign_ups": sign_ups_of(person),
        "proposed_events": proposals_of(person),
        "chat_answers": chat_answers_of(person),
        "replays": replays_of(person),
        **tutoring_of(person),
        "badges": [str(address) for address in _addresses(person)],
        **_kept_above(person),
        "rows_that_name_you": dict(_rows_naming(person)),
    }


def _login(user: User | None) -> dict[str, Any] | None:
    if user is None:
        return None
    return {
        "username": user.username,
        "email": user.email,
        "language": user.language,
        "date_joined": user.date_joined,
        "last_login": user.last_login,
        "addresses": list(user.emailaddress_set.values("email", "verified")),  # type: ignore[attr-defined]
        "groups": [group.name for group in user.groups.order_by("name")],
    }


def _rows_naming(person: Participant) -> Iterator[tuple[str, int]]:
    """How many rows of each kind: "app.model.field", those that a login decided about, too."""
    named: list[tuple[Any, int]] = [(Participant, person.pk)]
    named += [(User, person.user_id)] if person.user_id else []
    for model, pk in named:
        for key in keys_to(model):
            found = key.model._base_manager.filter(**{key.name: pk}).count()
            if found:
                yield f"{key.model._meta.label_lower}.{key.name}", found


def _kept_above(person: Participant) -> dict[str, Any]:
    rooms: list[tuple[Any, Any]] = kept.send(sender=Participant, person=person)
    return {name: rows for _receiver, told in rooms for name, rows in (told or {}).items()}


def _addresses(person: Participant) -> list[str]:
    found: list[str] = []
    for _receiver, addresses in exported.send(sender=Participant, person=person):
        found.extend(addresses or [])
    return found
