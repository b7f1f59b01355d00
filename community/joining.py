"""A new login: its account on the practice timeline, and the person behind both."""

from copy import copy
from datetime import datetime

from django.db import transaction

from community.models import AccountLink, Consent, Participant, User
from microblog.models import Account
from microblog.timeline.identity import open_practice_account


@transaction.atomic
def welcome_login(
    user: User, *, now: datetime, brought_by: Participant | None = None
) -> Participant:
    """Open the practice account under the login's name. Raises ValidationError, see
    check_handle."""
    account = open_practice_account(user, handle=user.username)
    person = Participant.objects.create(
        user=user,
        name=account.name,
        language=user.language,
        consent=Consent.COUNT,
        brought_by=brought_by,
        first_seen_at=now,
    )
    AccountLink.objects.create(account=account, participant=person, proof=AccountLink.Proof.SIGNUP)
    return person


def rename_practice_account(person: Participant) -> None:
    """Their account here takes the name that they gave themself, unless it has one of its own."""
    if person.user_id:
        Account.objects.practice().filter(user=person.user_id, display_name="").update(
            display_name=person.name
        )


def person_of(user: User) -> Participant:
    """The person behind a login; a login made elsewhere (an administrator's) gets one now."""
    person, made = Participant.objects.get_or_create(
        user=user,
        defaults={"name": user.get_full_name() or user.username, "language": user.language},
    )
    person.user = copy(user)  # a request's user stands in for the row; its copy is the row
    if made:
        for account in user.accounts.filter(link=None):
            AccountLink.objects.create(
                account=account, participant=person, proof=AccountLink.Proof.SIGNUP
            )
    return person
