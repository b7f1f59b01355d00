"""Addresses that take no letters: refused at once, or reported later by a mail server that had
taken them (RFC 3464). Whoever writes a report must know the key that was in the letter: nobody else
can have somebody forgotten."""

import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage, Message

from django.db.models import F

from curation.models import DigestMail, Subscriber

MOST_BOUNCES = 3
REPORTED = "Reported"
"""The fault of a mail that was taken, and came back."""
_OF_ADDRESSES = re.compile(r"5\.[124]\.")
"""Enhanced status codes (RFC 3463): an address, its mailbox, the way to it. Others speak of us, of
the letter, or of the server."""
_KEY = re.compile(r"/leave/([\w-]+)/")
_LETTER = re.compile(r"<letter\.(\d+)\.")


def is_of_address(code: int, words: bytes) -> bool:
    """Whether a refusal means: never, for this address. A server that lets nobody like us in
    (5.7.1) says nothing of its people."""
    return 500 <= code < 600 and not words.lstrip().startswith(b"5.7.")


def count_bounce(mail: DigestMail) -> None:
    """An address that refuses several letters is forgotten."""
    DigestMail.objects.filter(pk=mail.pk).update(next_attempt_at=None)
    reader = Subscriber.objects.filter(pk=mail.subscriber_id)
    reader.update(bounces=F("bounces") + 1)
    reader.filter(bounces__gte=MOST_BOUNCES).delete()


def forgive(mail: DigestMail) -> None:
    """Taken, and the letter before it didn't come back."""
    others = mail.subscriber.mails.exclude(pk=mail.pk).order_by("-digest__week", "-pk")
    before = others.first()
    if before is None or before.fault != REPORTED:
        Subscriber.objects.filter(pk=mail.subscriber_id).update(bounces=0)


def note_report(raw: bytes) -> bool:
    """Whether it tells of a letter that came back for good; told twice, it counts once."""
    report = message_from_bytes(raw, policy=policy.default)
    if report.get_content_type() != "multipart/report" or not _is_for_good(report):
        return False
    for letter in _returned(report):
        key = _KEY.search(str(letter.get("List-Unsubscribe", "")))
        number = _LETTER.search(str(letter.get("Message-ID", "")))
        if key and number:
            return _came_back(key[1], int(number[1]))
    return False


def _came_back(key: str, letter: int) -> bool:
    mail = DigestMail.objects.filter(subscriber__key=key, digest=letter).first()
    if mail is None:
        return False
    same = DigestMail.objects.filter(pk=mail.pk).exclude(fault=REPORTED)
    if not same.update(fault=REPORTED):
        return False
    count_bounce(mail)
    return True


def _is_for_good(report: Message) -> bool:
    for part in report.walk():
        action = str(part.get("Action", "")).strip().lower()
        if action == "failed" and _OF_ADDRESSES.match(str(part.get("Status", "")).strip()):
            return True
    return False


def _returned(report: Message) -> Iterator[Message]:
    """Our own letter in it, whole or its headers alone."""
    for part in report.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            yield part.get_payload(0)  # type: ignore[misc]
        elif part.get_content_type() == "text/rfc822-headers" and isinstance(part, EmailMessage):
            yield message_from_string(part.get_content(), policy=policy.default)
