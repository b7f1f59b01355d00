"""The letter as a page, as a mail in HTML, and as a mail in plain text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.colours import DARK, dark_accent
from community.logos import logo_of
from community.models import MoocSettings, Participant
from community.sites import base_url
from curation.models import Digest, DigestEntry, Subscriber

CORAL = "#bb3c25"
"""Envol's second colour, as tokens.css has it for light paper; a MOOC with a colour of its own has
no second one."""
DARK_PLAIN = {"heading": "#9dc1ee", "link": "#ff9a82"}
DARK_INK = {"ink": "#eef0f5", "soft": "#aab2c5", "line": "#2d3546"}
"""The same on dark paper."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter, never empty."""

    section: str
    title: str
    entries: Sequence[DigestEntry]


def parts_of(entries: Iterable[DigestEntry]) -> list[Part]:
    """In the order of the sections, and in each as the editor put them. One query: who is named
    agrees today too."""
    by_section: dict[str, list[DigestEntry]] = {}
    for entry in _with_consent(list(entries)):
        by_section.setdefault(entry.section, []).append(entry)
    return [
        Part(section.value, str(section.label), by_section[section.value])
        for section in DigestEntry.Section
        if section.value in by_section
    ]


def _with_consent(entries: Sequence[DigestEntry]) -> Iterator[DigestEntry]:
    """Without the names of those who want to be named no more, and without their portraits; those
    who still agree stay."""
    named = {pk for entry in entries for pk in (*entry.named, entry.signer) if pk}
    agreeing = dict(Participant.objects.showing().filter(pk__in=named).values_list("pk", "name"))
    for entry in entries:
        if not agreeing.keys() >= set(entry.named):
            if entry.section == DigestEntry.Section.PEOPLE:
                continue
            entry.credit = ", ".join(agreeing[pk] for pk in entry.named if pk in agreeing)
        if entry.signer and entry.signer not in agreeing:
            entry.signature = ""
        yield entry


def says_nothing(digest: Digest) -> bool:
    words = f"{digest.opening}{digest.closing}".strip()
    return not words and not parts_of(digest.entries.all())


def letter_context(digest: Digest, *, subscriber: Subscriber | None = None) -> dict[str, Any]:
    """What all three forms of a letter need. Without a subscriber: as a page, or to look at."""
    root, mooc = base_url(digest.site_id), MoocSettings.for_site(digest.site)
    with override(digest.language):
        key = subscriber.key if subscriber else ""
        leave = reverse("digest:leave", args=[key]) if key else ""
        return {
            "parts": parts_of(digest.entries.all()),
            "mooc": mooc,
            "logo": logo_of(mooc),
            "colours": _colours(mooc),
            "home": f"{root}/{digest.language}/",
            "page_url": root + reverse("digest:letter", args=[digest.week.isoformat()]),
            "leave_url": root + leave if leave else "",
            "language": digest.language,
        }


def _colours(mooc: MoocSettings) -> dict[str, Any]:
    """On light paper, and under "dark" all of them: a letter is read in bed too."""
    if mooc.is_plainly_dressed:
        link, dark = CORAL, DARK_PLAIN
    else:
        lighter = dark_accent(mooc.colour).plain
        link, dark = mooc.colour, {"heading": lighter, "link": lighter}
    return {"heading": mooc.colour, "link": link, "dark": {**DARK, **DARK_INK, **dark}}


def write_mail(
    digest: Digest, subscriber: Subscriber, *, connection: BaseEmailBackend | None
) -> EmailMultiAlternatives:
    """With the headers by which mail programs offer to leave in one click (RFC 2369, RFC 8058)."""
    letter = letter_context(digest, subscriber=subscriber)
    context = {"letter": letter, "digest": digest}
    with override(digest.language):
        text = render_to_string("curation/digest/mail.txt", context)
        html = render_to_string("curation/digest/mail.html", context)
    message = EmailMultiAlternatives(
        subject=one_line(digest.title),
        body=text,
        from_email=settings.BOUNCES_TO or None,
        to=[subscriber.email],
        connection=connection,
        headers=_headers(digest, subscriber, letter["leave_url"]),
    )
    message.attach_alternative(html, "text/html")
    return message


def one_line(subject: str) -> str:
    """A header has no second line."""
    return " ".join(subject.split())


def _our_host() -> str:
    """The domain that our mails come from; a server's own name is often none that others know."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _headers(digest: Digest, subscriber: Subscriber, leave_url: str) -> dict[str, str]:
    host = _our_host()
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "List-Id": f"<letter-{digest.language}.{digest.site_id}.{host}>",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "Content-Language": digest.language,
    }
    if leave_url:
        headers["Message-ID"] = f"<letter.{digest.pk}.{subscriber.pk}@{host}>"
        headers["List-Unsubscribe"] = f"<{leave_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def write_confirmation(subscriber: Subscriber) -> EmailMultiAlternatives:
    """How to confirm; or, for whoever reads the letter already, that they do and how to leave."""
    root = base_url(subscriber.site_id)
    with override(subscriber.language):
        mooc = MoocSettings.for_site(subscriber.site)
        context = {
            "mooc": mooc,
            "is_reader": subscriber.confirmed_at is not None,
            "confirm_url": root + reverse("digest:confirm", args=[subscriber.key]),
            "leave_url": root + reverse("digest:leave", args=[subscriber.key]),
        }
        if subscriber.confirmed_at:
            subject = _("%(mooc)s: you already read the letter") % {"mooc": mooc.name}
        else:
            subject = _("%(mooc)s: one click, and the letter comes to you") % {"mooc": mooc.name}
        body = render_to_string("curation/digest/confirm_mail.txt", context)
    return EmailMultiAlternatives(
        subject=one_line(subject),
        body=body,
        from_email=settings.BOUNCES_TO or None,
        to=[subscriber.email],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Auto-Submitted": "auto-generated",
            "Content-Language": subscriber.language,
            "Message-ID": make_msgid(domain=_our_host()),
        },
    )
