"""Open Badges 2.0, hosted: the documents of the issuer, of a badge, of an award, and of a revoked
one.

https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings

from badges.addresses import (
    absolute,
    assertion_address,
    award_image_address,
    class_address,
    class_image_address,
    class_page_address,
    issuer_address,
)
from badges.identity import Identity
from badges.models import Award, AwardEvidence, BadgeClass, Issuer

CONTEXT = "https://w3id.org/openbadges/v2"
Document = dict[str, Any]


def issuer_document(issuer: Issuer) -> Document:
    document = {
        "@context": CONTEXT,
        "type": "Issuer",
        "id": issuer_address(),
        "name": issuer.name,
        "url": issuer.url or settings.BASE_URL,
        "email": issuer.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "verification": {"type": "VerificationObject", "startsWith": absolute("/badges/")},
    }
    if issuer.description:
        document["description"] = issuer.description
    if issuer.image:
        document["image"] = absolute(issuer.image.get_rendition("max-512x512|format-png").url)
    return document


def class_document(badge: BadgeClass) -> Document:
    """In the site's first language: a badge is one thing, and OB 2.0 gives it one text."""
    language = settings.LANGUAGE_CODE
    document = {
        "@context": CONTEXT,
        "type": "BadgeClass",
        "id": class_address(badge.slug),
        "@language": language,
        "name": badge.in_language("name", language),
        "description": badge.in_language("description", language),
        "image": class_image_address(badge.slug),
        "criteria": {
            "id": class_page_address(badge.slug),
            "narrative": badge.in_language("criteria", language),
        },
        "issuer": issuer_address(),
    }
    tags = sorted(tag.name for tag in badge.tags.all())
    return document | {"tags": tags} if tags else document


def assertion_document(
    award: Award, *, identity: Identity, evidence: Sequence[AwardEvidence]
) -> Document:
    recipient: Document = {
        "type": identity.type,
        "identity": identity.value,
        "hashed": identity.hashed,
    }
    if identity.hashed:
        recipient["salt"] = award.salt
    document: Document = {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": assertion_address(award.pk),
        "recipient": recipient,
        "badge": class_address(award.badge_class.slug),
        "issuedOn": moment(award.awarded_at),
        "verification": {"type": "hosted"},
        "image": award_image_address(award.pk),
    }
    if award.narrative:
        document["narrative"] = award.narrative
    if evidence:
        document["evidence"] = [evidence_document(one) for one in evidence]
    return document


def evidence_document(evidence: AwardEvidence) -> Document:
    document: Document = {"type": "Evidence"}
    if evidence.url:
        document["id"] = evidence.url
    if evidence.kind:
        document["genre"] = evidence.kind
    if narrative := evidence.narrative or evidence.kind_label:
        document["narrative"] = narrative
    return document


def revoked_document(award: Award) -> Document:
    return {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": assertion_address(award.pk),
        "revoked": True,
        "revocationReason": award.revocation_reason,
    }


def hosted_document(award: Award) -> Document:
    """What anybody gets who asks for an issued award: as issued, without evidence where it is kept
    private."""
    if award.revoked_at:
        return revoked_document(award)
    document: Document = dict(award.assertion or {})
    if not award.is_public:
        document.pop("evidence", None)
        document.pop("narrative", None)
    return document


def moment(when: datetime) -> str:
    """ISO 8601 to the second, with its zone: 2026-05-04T12:00:00+00:00."""
    return when.astimezone(UTC).isoformat(timespec="seconds")
