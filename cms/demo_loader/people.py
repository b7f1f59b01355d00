"""The people of the practice community: logins, accounts, and how they came aboard."""

from datetime import datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.reading import Fields
from community.consent import change_consent
from community.embarking import embark
from community.joining import person_of, welcome_login
from community.models import Consent, Participant, User
from microblog.models import Account
from microblog.timeline.profiles import change_profile
from microblog.timeline.services import follow

PASSWORD = "envol-demo"  # noqa: S105 - meant to be known; made on demo installations only
LOGINS = {"olga": "organiser", "tomas": "tutor", "nia": "newcomer"}
"""Whom the greeting introduces."""
GROUPS = {"organiser": ["Organisers", "Tutors"], "tutor": ["Tutors"]}
BEFORE = timedelta(minutes=12)
"""So long before coming aboard the login was made."""


@cache
def _hash() -> str:
    """Made once: hashing takes long on purpose."""
    return make_password(PASSWORD)


def account_of(ledger: Ledger, handle: str) -> Account | None:
    """None where somebody else had the handle, or the login was thrown away since."""
    user = ledger.find(f"person:{handle}", User)
    return user.accounts.first() if user else None


def person_behind(ledger: Ledger, handle: str | None) -> Participant | None:
    user = ledger.find(f"person:{handle}", User) if handle else None
    return person_of(user) if user else None


def join(fields: Fields, *, now: datetime) -> User | None:
    """A login with everything that comes with it; nobody where the handle is taken."""
    handle = fields["handle"]
    taken = User.objects.filter(username__iexact=handle).exists()
    if taken or Account.objects.practice().filter(handle__iexact=handle).exists():
        return None
    user = User.objects.create(
        username=handle, password=_hash(), language=fields["language"], date_joined=now - BEFORE
    )
    person = welcome_login(user, now=now - BEFORE)
    Participant.objects.filter(pk=person.pk).update(
        name=fields["name"], is_class=fields["role"] == "class"
    )
    account = user.accounts.get()
    change_profile(account, display_name=fields["name"], note=fields["bio"])
    user.groups.set(Group.objects.filter(name__in=GROUPS.get(fields["role"], [])))
    return user


def come_aboard(ledger: Ledger, fields: Fields, *, now: datetime) -> None:
    """On the web; then each person's own word on what may be shown."""
    person = person_behind(ledger, fields["handle"])
    if person is None:
        return
    embark(person, now=now, brought_by=person_behind(ledger, fields.get("brought_by")))
    person.refresh_from_db()
    change_consent(person, Consent(fields["consent"]), now=now)


def follow_all(ledger: Ledger, fields: Fields, *, now: datetime) -> None:
    follower = account_of(ledger, fields["handle"])
    for handle in fields["follows"]:
        followed = account_of(ledger, handle)
        if follower and followed:
            follow(follower, followed, now=now)
