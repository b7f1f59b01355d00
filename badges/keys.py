"""The key to one's own award for people without a login: it opens the page that a private message
links."""

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from badges.models import Award

_signer = Signer(salt="badges.award")


def award_key(award: Award) -> str:
    return _signer.signature(str(award.pk))


def opens(award: Award, key: str) -> bool:
    return constant_time_compare(key, award_key(award))
