"""One person, several accounts: a code posted from the other account proves that it is theirs."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from community.handing_on import hand_on_the_rest
from community.models import AccountLink, Boarding, Help, LearningEvent, LinkCode, Participant
from community.signals import merged
from microblog.models import Post

VALID_FOR = timedelta(days=2)
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that could be read as something else
LENGTH = 8
_CODE = re.compile(rf"\b[{ALPHABET}]{{{LENGTH}}}\b")


def new_link_code(person: Participant, *, now: datetime) -> LinkCode:
    """A code to post from the other account, mentioning the bot; earlier unused ones stop
    working."""
    LinkCode.objects.filter(participant=person, used_at=None).delete()
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return LinkCode.objects.create(code=code, participant=person, expires_at=now + VALID_FOR)


def link_by_posts(posts: Sequence[Post], *, now: datetime) -> int:
    """Link the authors of posts that hold a valid code; returns how many. Constant queries unless
    codes are found.

    The posts must be meant for us: somebody talked into repeating a word elsewhere links nothing.
    """
    found = {
        code: post for post in posts if not post.deleted_at for code in _CODE.findall(post.text)
    }
    if not found:
        return 0
    codes = LinkCode.objects.filter(code__in=found, used_at=None, expires_at__gt=now)
    linked = 0
    for code in codes.select_related("participant"):
        linked += link_account(found[code.code], code, now=now)
    return linked


@transaction.atomic
def link_account(post: Post, code: LinkCode, *, now: datetime) -> bool:
    """Give the post's account to the code's owner, with all that was done from it."""
    if not LinkCode.objects.filter(pk=code.pk, used_at=None).update(used_at=now):
        return False
    link = AccountLink.objects.filter(account=post.author_id).select_related("participant").first()
    if link and link.participant_id == code.participant_id:
        return False
    if link and link.participant.user_id:
        return False  # it belongs to another login: that takes an organiser
    AccountLink.objects.update_or_create(
        account_id=post.author_id,
        defaults={"participant": code.participant, "proof": AccountLink.Proof.CODE},
    )
    if link:
        merge_participants(link.participant, into=code.participant)
    return True


def merge_participants(person: Participant, *, into: Participant) -> None:
    """All that `person` did was done by `into`. Deeds that both did once stay done once."""
    AccountLink.objects.filter(participant=person).update(participant=into)
    LearningEvent.objects.filter(participant=person).update(participant=into)
    LearningEvent.objects.filter(other=person).update(other=into)
    # One helps nobody by talking to oneself.
    Help.objects.filter(Q(helper=person, helped=into) | Q(helper=into, helped=person)).delete()
    Help.objects.filter(helper=person).update(helper=into)
    Help.objects.filter(helped=person).update(helped=into)
    Participant.objects.filter(brought_by=person).update(brought_by=into)
    both = Boarding.objects.filter(participant=into).values_list("site", flat=True)
    Boarding.objects.filter(participant=person).exclude(site__in=list(both)).update(
        participant=into
    )
    if person.embarked_at and not into.embarked_at:
        into.embarked_at, into.embarked_with = person.embarked_at, person.embarked_with
    into.brought_by = into.brought_by or (person.brought_by if person.brought_by != into else None)
    into.save(update_fields=["embarked_at", "embarked_with", "brought_by"])
    merged.send(sender=Participant, person=person, into=into)
    hand_on_the_rest(person, into=into)
    if not person.links.exists() and not person.user_id:
        person.delete()
