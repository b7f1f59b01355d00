"""The environment, parsed strictly: a value that can't be understood stops the start with its
name."""

import contextlib
import os
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent

env = environ.Env()

# Set but empty means not set: an env file with all names in it and few values is no mistake.
for _name in ("DATABASE_URL", "CACHE_URL", "CELERY_BROKER_URL", "EMAIL_URL"):
    if not os.environ.get(_name, "unset").strip():
        del os.environ[_name]

# Read before anything else, so that a .env file beside manage.py counts like the environment
# itself.
environ.Env.read_env(ROOT / ".env")

STATE = Path(env.str("ENVOL_STATE", default=str(ROOT / "var"))).resolve()
"""Everything that a run writes: database, uploads, broker, keys. One folder to back up or throw
away."""


def flag(name: str, *, default: bool) -> bool:
    """A yes or no. Raises ImproperlyConfigured on anything but 1/0, true/false, yes/no, on/off."""
    raw = os.environ.get(name, "").strip().casefold()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}")


def kept_secret(name: str) -> str:
    """A secret from the environment, else one made at first use and kept in the state folder (mode
    600)."""
    if value := env.str(name, default=""):
        return value
    path = STATE / "secrets" / name.lower()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        # Written aside and linked into place: two processes that start together read one and the
        # same secret.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        draft.chmod(0o600)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii")
