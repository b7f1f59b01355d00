"""Tells tutors and mentees on the site what concerns them: a notice on the practice timeline."""

from collections.abc import Collection, Iterable
from datetime import datetime

from community.models import AccountLink, Participant
from microblog.models import Account, Notification
from microblog.networks import Network
from microblog.timeline.services import notify_each

Kind = Notification.Kind
Notice = tuple[Participant, Notification.Kind, Participant]
"""Who is told, what, about whom."""


def tell(notices: Collection[Notice], *, now: datetime) -> None:
    """Constant queries. People without an account here aren't told; their pages show it."""
    people = {one.pk for to, _kind, about in notices for one in (to, about)}
    accounts = main_accounts(people)
    notify_each(
        Notification(recipient=accounts[to.pk], kind=kind, actor=accounts[about.pk], created_at=now)
        for to, kind, about in notices
        if to.pk in accounts and about.pk in accounts
    )


def main_accounts(people: Iterable[int]) -> dict[int, Account]:
    """By participant id: the account by which somebody is met, the one here if they have one."""
    links = AccountLink.objects.filter(participant__in=set(people)).select_related("account")
    found: dict[int, Account] = {}
    for link in links.order_by("pk"):
        known = found.get(link.participant_id)
        is_here = link.account.network == Network.PRACTICE
        if known is None or (is_here and known.network != Network.PRACTICE):
            found[link.participant_id] = link.account
    return found
