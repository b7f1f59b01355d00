"""Letters that leave: first a row for each reader, then one mail after another.

The claim is the row's next attempt, moved before the mail is handed over: a worker that dies
between the two costs one reader a second copy at worst, under the same Message-ID, so that mail
programs show it once.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address
from django.db import transaction

from curation.digest.bouncing import count_bounce, forgive, is_of_address
from curation.digest.writing import says_nothing, write_mail
from curation.models import Digest, DigestMail, DigestSettings, Subscriber

logger = logging.getLogger(__name__)

BATCH = 50
READERS = 1000
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 16  # in two days and a half: a weekend


def approve_what_leaves_by_itself(now: datetime) -> int:
    """Where the MOOC wished it so."""
    wishing = DigestSettings.objects.filter(is_written=True, leaves_by_itself=True)
    drafts = Digest.objects.to_read().filter(site__in=wishing.values("site"), leaves_at__lte=now)
    return drafts.update(state=Digest.State.APPROVED)


def begin_to_send(now: datetime) -> int:
    """Letters whose moment has come get a row for each of their readers; returns how many left.

    State and rows are written together: a letter is never sent to half of its readers. One in which
    nothing is left, because an editor took it out or people withdrew, is left out.
    """
    begun = 0
    for digest in Digest.objects.to_send(now).order_by("leaves_at")[:10]:
        with transaction.atomic():
            mine = Digest.objects.to_send(now).filter(pk=digest.pk)
            if says_nothing(digest):
                mine.update(state=Digest.State.SKIPPED)
            elif mine.update(state=Digest.State.SENT, sent_at=now):
                _address(digest, now)
                begun += 1
    return begun


def _address(digest: Digest, now: datetime) -> None:
    readers = Subscriber.objects.confirmed().filter(site=digest.site_id, language=digest.language)
    waiting: list[DigestMail] = []
    for pk in readers.order_by("pk").values_list("pk", flat=True).iterator(READERS):
        waiting.append(DigestMail(digest=digest, subscriber_id=pk, next_attempt_at=now))
        if len(waiting) == READERS:
            DigestMail.objects.bulk_create(waiting, ignore_conflicts=True)
            waiting = []
    DigestMail.objects.bulk_create(waiting, ignore_conflicts=True)


def deliver_mails(now: datetime) -> int:
    """Hand a batch of letters to the mail server; returns how many were tried, none where there is
    no server: the next batch waits for the beat."""
    batch = _claim(now)
    if not batch:
        return 0
    server = get_connection()
    try:
        server.open()
    except (SMTPException, OSError) as error:
        _note(batch, error)
        return 0
    try:
        for mail in batch:
            _deliver(mail, server, now)
    finally:
        server.close()
    return len(batch)


def _claim(now: datetime) -> list[DigestMail]:
    with transaction.atomic():
        due = DigestMail.objects.filter(sent_at=None, next_attempt_at__lte=now)
        claimed = list(
            due.select_for_update(skip_locked=True, of=("self",))
            .select_related("digest__site", "subscriber")
            .order_by("next_attempt_at", "pk")[:BATCH]
        )
        for mail in claimed:
            mail.attempts += 1
            mail.next_attempt_at = _next(mail.attempts, now)
        DigestMail.objects.bulk_update(claimed, ["attempts", "next_attempt_at"])
    return claimed


def _next(attempts: int, now: datetime) -> datetime | None:
    if attempts >= MOST_ATTEMPTS:
        return None
    return now + min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)


def _deliver(mail: DigestMail, server: BaseEmailBackend, now: datetime) -> None:
    try:
        write_mail(mail.digest, mail.subscriber, connection=server).send()
    except SMTPRecipientsRefused as error:
        _note([mail], error)
        if error.recipients and all(is_of_address(*said) for said in error.recipients.values()):
            count_bounce(mail)
    except (SMTPException, OSError) as error:
        _note([mail], error)
    except ValueError as error:  # UnicodeError is one too
        _note([mail], error)
        if not _is_writable(mail.subscriber.email):
            count_bounce(mail)
    else:
        DigestMail.objects.filter(pk=mail.pk).update(sent_at=now, next_attempt_at=None, fault="")
        if mail.subscriber.bounces:
            forgive(mail)


def _is_writable(address: str) -> bool:
    """Whether an envelope can bear it: no server need be asked, and no other day will help. A fault
    of the letter itself is nobody's address."""
    try:
        sanitize_address(address, "utf-8")
    except ValueError:
        return False
    return True


def _note(mails: Iterable[DigestMail], error: Exception) -> None:
    """The kind of fault alone: what servers answer repeats addresses."""
    found = type(error).__name__
    DigestMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(fault=found)
    logger.warning("A letter was not taken by the mail server: %s", found)


def send_to_me(digest: Digest, *, address: str, language: str) -> None:
    """One copy for whoever edits it; raises SMTPException or OSError where it wasn't taken."""
    reader = Subscriber(site=digest.site, email=address, language=language, key="")
    message: EmailMultiAlternatives = write_mail(digest, reader, connection=None)
    message.send()
