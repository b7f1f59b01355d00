"""Show, count only, or keep nothing: each person's choice, and what follows from it at once."""

from datetime import datetime
from typing import Any

from django.db import transaction

from community.figures.marking import recount_people
from community.live.chat.exporting import chat_answers_of, replays_of
from community.live.exporting import proposals_of, sign_ups_of
from community.models import Boarding, Consent, Help, LearningEvent, Participant, User
from community.signals import exported, forgotten, kept
from community.tutoring.volunteering import stop_tutoring
from microblog.models import Account, Post
from microblog.rechecking import forget_posts


@transaction.atomic
def change_consent(person: Participant, consent: Consent, *, now: datetime) -> None:
    """Keep the choice. "Nothing" also removes what was kept so far, here and in the rooms above."""
    if person.consent == consent and person.consent_chosen_at:
        return
    if person.consent == Consent.NOTHING:
        recount_people(person)
    person.consent, person.consent_chosen_at = consent, now
    person.save(update_fields=["consent", "consent_chosen_at"])
    if consent == Consent.NOTHING:
        _forget(person)
    elif consent != Consent.SHOW:
        stop_tutoring(person, now=now)  # newcomers see who sits beside them


def _forget(person: Participant) -> None:
    forgotten.send(sender=Participant, person=person)
    LearningEvent.objects.filter(participant=person).delete()
    LearningEvent.objects.filter(other=person).update(other=None)
    Help.objects.filter(helper=person).delete()
    Help.objects.filter(helped=person).delete()
    Boarding.objects.filter(participant=person).delete()
    Participant.objects.filter(pk=person.pk).update(
        embarked_at=None, embarked_with=None, brought_by=None
    )
    person.refresh_from_db()


@transaction.atomic
def delete_person(user: User, *, now: datetime) -> None:
    """The login, its practice posts and all that was counted. Posts said elsewhere are not ours to
    delete; their authors' words are no longer shown here."""
    accounts = list(Account.objects.filter(user=user))
    forget_posts(Post.objects.filter(author__in=accounts), now=now)
    person = Participant.objects.filter(user=user).first()
    if person:
        _forget(person)
        person.delete()
    for account in accounts:
        account.avatar.delete(save=False)
        account.display_name, account.note, account.user = "", "", None
        account.refuses_bots = True
        account.save()
    user.delete()


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
        "brought_by": person.brought_by.name if person.brought_by else None,
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
        "sign_ups": sign_ups_of(person),
        "proposed_events": proposals_of(person),
        "chat_answers": chat_answers_of(person),
        "replays": replays_of(person),
        "badges": [str(address) for address in _addresses(person)],
        **_kept_above(person),
    }


def _kept_above(person: Participant) -> dict[str, Any]:
    rooms: list[tuple[Any, Any]] = kept.send(sender=Participant, person=person)
    return {name: rows for _receiver, told in rooms for name, rows in (told or {}).items()}


def _addresses(person: Participant) -> list[str]:
    found: list[str] = []
    for _receiver, addresses in exported.send(sender=Participant, person=person):
        found.extend(addresses or [])
    return found
