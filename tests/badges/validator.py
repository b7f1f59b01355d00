"""A strict reader of Open Badges 2.0 documents, hosted verification; our own, after the
specification's tables.

https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html
"""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlparse

CONTEXT = "https://w3id.org/openbadges/v2"
HASH = re.compile(r"sha256\$[0-9a-f]{64}")

COMMON = {"@context", "type", "id"}
FIELDS = {
    "Issuer": {"name", "url", "email", "description", "image", "verification"},
    "BadgeClass": {"@language", "name", "description", "image", "criteria", "issuer", "tags"},
    "Assertion": {
        "recipient",
        "badge",
        "issuedOn",
        "verification",
        "image",
        "evidence",
        "narrative",
    },
    "Revoked": {"revoked", "revocationReason"},
}
REQUIRED = {
    "Issuer": {"name", "url", "email"},
    "BadgeClass": {"name", "description", "image", "criteria", "issuer"},
    "Assertion": {"recipient", "badge", "issuedOn", "verification"},
    "Revoked": {"revoked"},
}


def check(document: dict[str, Any], kind: str) -> None:
    """Raises AssertionError at the first thing that the specification doesn't allow."""
    assert COMMON | REQUIRED[kind] <= set(document), COMMON | REQUIRED[kind] - set(document)
    assert set(document) <= COMMON | FIELDS[kind], set(document) - COMMON - FIELDS[kind]
    assert document["@context"] == CONTEXT
    assert document["type"] == ("Assertion" if kind == "Revoked" else kind)
    _is_url(document["id"])
    {"Issuer": _issuer, "BadgeClass": _badge_class, "Assertion": _assertion, "Revoked": _revoked}[
        kind
    ](document)


def _issuer(document: dict[str, Any]) -> None:
    _is_text(document["name"])
    _is_url(document["url"])
    assert re.fullmatch(r"[^@\s]+@[^@\s]+", document["email"])


def _badge_class(document: dict[str, Any]) -> None:
    for field in ("name", "description"):
        _is_text(document[field])
    for field in ("image", "issuer"):
        _is_url(document[field])
    criteria = document["criteria"]
    assert set(criteria) <= {"type", "id", "narrative"}
    _is_url(criteria["id"])
    _is_text(criteria["narrative"])
    assert all(isinstance(tag, str) and tag for tag in document.get("tags", []))


def _assertion(document: dict[str, Any]) -> None:
    _recipient(document["recipient"])
    _is_url(document["badge"])
    _is_url(document["image"])
    issued = datetime.fromisoformat(document["issuedOn"])
    assert issued.tzinfo is not None
    assert document["verification"] == {"type": "hosted"}
    for evidence in document.get("evidence", []):
        assert evidence["type"] == "Evidence"
        assert set(evidence) <= {"type", "id", "narrative", "genre", "name", "description"}
        assert "id" in evidence or "narrative" in evidence
        if "id" in evidence:
            _is_url(evidence["id"])
    if "narrative" in document:
        _is_text(document["narrative"])


def _recipient(recipient: dict[str, Any]) -> None:
    assert set(recipient) <= {"type", "identity", "hashed", "salt"}
    assert recipient["type"] in ("email", "url")
    assert isinstance(recipient["hashed"], bool)
    if recipient["hashed"]:
        assert HASH.fullmatch(recipient["identity"])
        _is_text(recipient["salt"])
    else:
        assert recipient["type"] == "url", "an e-mail address is never told openly"
        assert "salt" not in recipient
        _is_url(recipient["identity"])


def _revoked(document: dict[str, Any]) -> None:
    assert document["revoked"] is True
    _is_text(document["revocationReason"])


def _is_url(value: object) -> None:
    assert isinstance(value, str), value
    parts = urlparse(value)
    assert parts.scheme in ("http", "https"), value
    assert parts.netloc, value
    assert not re.search(r"\s", value), value


def _is_text(value: object) -> None:
    assert isinstance(value, str), value
    assert value.strip()
