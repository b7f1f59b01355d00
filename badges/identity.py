"""To whom a badge is issued: a verified e-mail address, hashed, or the address of an account."""

import hashlib
from dataclasses import dataclass

from badges.models import Award
from community.models import Participant
from microblog.models import Account


@dataclass(frozen=True, slots=True)
class Identity:
    """As it stands in the document; a hash is "sha256$" and 64 hexadecimal digits."""

    type: str
    value: str

    @property
    def hashed(self) -> bool:
        return self.value.startswith("sha256$")


def hashed(value: str, salt: str) -> str:
    """Open Badges 2.0, IdentityHash: the salt is appended, e-mail addresses are compared in lower
    case."""
    return f"sha256${hashlib.sha256((value + salt).encode()).hexdigest()}"


def identity_of(award: Award) -> Identity:
    """Expects the award `with_identities`. An account is named openly only by those who show
    themselves."""
    email = verified_email(award.recipient)
    if email:
        return Identity("email", hashed(email.lower(), award.salt))
    account = account_of(award.recipient)
    if account is None:
        return Identity("url", hashed(str(award.pk), award.salt))
    shown = account.uri if award.is_public else hashed(account.uri, award.salt)
    return Identity("url", shown)


def belongs_to(award: Award, claim: str) -> bool:
    """Whether this e-mail address or account address is the one that the award was issued to."""
    claim = claim.strip()
    tries = {claim, hashed(claim, award.salt), hashed(claim.lower(), award.salt)}
    return bool(claim) and award.identity in tries


def verified_email(participant: Participant) -> str:
    """The verified address of somebody who has a login, the main one first; else nothing."""
    if participant.user is None:
        return ""
    known = participant.user.emailaddress_set.all()  # type: ignore[attr-defined]
    addresses = [one for one in known if one.verified]
    addresses.sort(key=lambda one: (not one.primary, one.pk))
    return addresses[0].email if addresses else ""


def account_of(participant: Participant) -> Account | None:
    """The account that somebody is known by: of several, the one they have had here the longest."""
    links = sorted(participant.links.all(), key=lambda link: link.pk)
    return links[0].account if links else None
