"""Asking for the letter, saying so again from one's mailbox, and leaving.

What the site answers is the same whether an address is known or not: nobody learns here who reads.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.db import transaction
from django.db.models import Q
from wagtail.models import Site

from curation.digest.writing import write_confirmation
from curation.models import Subscriber
from microblog.doorbells import ring

logger = logging.getLogger(__name__)

KEPT_UNCONFIRMED = timedelta(days=7)
BETWEEN_MAILS = timedelta(hours=1)
"""To one address, whoever asks."""
PAUSE = timedelta(minutes=5)
MOST_ATTEMPTS = 6
BATCH = 20


def ask_for_letter(email: str, *, site: Site, language: str, now: datetime) -> None:
    """Remember the wish; a mail goes to the address, at most one an hour."""
    email = email.strip().lower()
    Subscriber.objects.get_or_create(
        site=site, email=email, defaults={"language": language, "asked_at": now}
    )
    mine = Subscriber.objects.filter(site=site, email=email)
    mine.filter(confirmed_at=None).update(language=language, asked_at=now)
    rested = Q(told_at=None) | Q(told_at__lte=now - BETWEEN_MAILS)
    if mine.filter(rested, tell_at=None).update(tell_at=now, tell_attempts=0):
        ring("digest")


def confirm(subscriber: Subscriber, *, now: datetime) -> None:
    Subscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(
        confirmed_at=now, tell_at=None, bounces=0
    )


def leave(subscriber: Subscriber) -> None:
    """Nothing is kept: who comes back begins anew."""
    subscriber.delete()


def tell_subscribers(now: datetime) -> int:
    """Send the mails that ask for a confirmation; returns how many were tried."""
    with transaction.atomic():
        batch = list(
            Subscriber.objects.filter(tell_at__lte=now)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("site")
            .order_by("tell_at")[:BATCH]
        )
        for one in batch:
            one.tell_attempts += 1
            given_up = one.tell_attempts >= MOST_ATTEMPTS
            one.tell_at = None if given_up else now + PAUSE * one.tell_attempts
        Subscriber.objects.bulk_update(batch, ["tell_at", "tell_attempts"])
    for one in batch:
        _tell(one, now)
    return len(batch)


def _tell(subscriber: Subscriber, now: datetime) -> None:
    try:
        write_confirmation(subscriber).send()
    except (SMTPException, OSError, ValueError) as error:  # ValueError: no address of the mail
        logger.warning("A confirmation was not taken: %s", type(error).__name__)
        return
    Subscriber.objects.filter(pk=subscriber.pk).update(told_at=now, tell_at=None)


def forget_unconfirmed(now: datetime) -> int:
    """Somebody typed an address and nobody said yes: it isn't ours to keep."""
    forgotten, _rows = Subscriber.objects.filter(
        confirmed_at=None, asked_at__lt=now - KEPT_UNCONFIRMED
    ).delete()
    return forgotten
