"""Whose accounts these are. Whoever takes part is a participant, joined or not."""

from collections.abc import Collection, Iterable

from django.db import transaction

from community.figures.marking import recount
from community.models import AccountLink, Participant
from microblog.models import Account, Post


def known_participants(account_ids: Collection[int]) -> dict[int, Participant]:
    """Who stands behind these accounts, by account id; strangers' accounts are left out."""
    links = AccountLink.objects.filter(account__in=account_ids).select_related("participant")
    return {link.account_id: link.participant for link in links}


@transaction.atomic
def participants_of(accounts: Iterable[Account]) -> dict[int, Participant]:
    """The same for everybody: strangers become participants that are counted and not shown.

    A constant number of queries, the same whether there are strangers among them or not.
    """
    people = {account.pk: account for account in accounts}
    # Two workers may meet the same stranger: the second one waits here and finds them known.
    locked = Account.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True)
    people = {account.pk: account for account in locked}
    known = known_participants(people)
    strangers = [account for pk, account in people.items() if pk not in known]
    made = Participant.objects.bulk_create(
        Participant(name=account.name[:200]) for account in strangers
    )
    AccountLink.objects.bulk_create(
        AccountLink(account=account, participant=participant, proof=AccountLink.Proof.HEARD)
        for account, participant in zip(strangers, made, strict=True)
    )
    recount(Post.objects.filter(author__in=strangers))
    return known | {
        account.pk: participant for account, participant in zip(strangers, made, strict=True)
    }


def accounts_of(participants: Iterable[Participant]) -> dict[int, int]:
    """All accounts of these people: account id → participant id."""
    links = AccountLink.objects.filter(participant__in=participants)
    return dict(links.values_list("account_id", "participant_id"))


def lock_people(people: Iterable[Participant]) -> None:
    """Until the transaction ends nobody else judges what these people did, and they pass a level
    once."""
    locked = Participant.objects.filter(pk__in={person.pk for person in people})
    list(locked.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def lock_accounts(account_ids: Iterable[int]) -> None:
    """All that a transaction will ask about, in one go: whoever locked some now and some later
    would wait for a neighbour who does the same the other way round."""
    locked = Account.objects.filter(pk__in=set(account_ids))
    list(locked.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
