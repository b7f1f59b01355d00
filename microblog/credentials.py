"""Secrets at rest: encrypted with a key from the environment, and never shown."""

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


def _fernet() -> Fernet:
    digest = hashlib.sha256(settings.CREDENTIALS_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


class Secret(str):
    """A text that doesn't print itself: logs and debug pages show dots. Read it with `reveal()`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret(…)" if self else "Secret()"

    def __str__(self) -> str:
        return "…" if self else ""

    def reveal(self) -> str:
        return "".join(self)


class SecretField(models.TextField):  # type: ignore[type-arg]
    """A Secret in Python, a Fernet token in the database; nothing can be filtered by it."""

    # What the type checker reads off a field: what may be put in, and what comes out.
    _pyi_private_set_type: str
    _pyi_private_get_type: Secret

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Secret | None:
        """Raises ImproperlyConfigured where the key has changed since it was written."""
        if not value:
            return Secret() if value == "" else None
        try:
            return Secret(_fernet().decrypt(value.encode()).decode())
        except InvalidToken as error:
            raise ImproperlyConfigured(
                "CREDENTIALS_KEY cannot read the stored tokens: restore the old key "
                "or connect the networks again."
            ) from error

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, Secret) else Secret(value)

    def get_prep_value(self, value: Any) -> str | None:
        if not value:
            return value if value is None else ""
        text = value.reveal() if isinstance(value, Secret) else str(value)
        return _fernet().encrypt(text.encode()).decode()
