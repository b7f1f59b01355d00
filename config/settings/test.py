"""Settings of the test run: nothing is kept, and doorbells are rung only where a test listens."""

import os
import sys
import tempfile
from pathlib import Path

# Tests never write into a developer's own state folder.
os.environ.setdefault("ENVOL_STATE", tempfile.mkdtemp(prefix="envol-test-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("CREDENTIALS_KEY", "only-for-tests-" + "y" * 40)
os.environ.setdefault("BASE_URL", "https://envol.example")

from config.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
NEAR_CACHE = "default"
PAGE_CACHE_SECONDS = 0  # a test that changes rows by hand looks at them again
ALLOWED_HOSTS = ["*"]
ALLOW_PRIVATE_ADDRESSES = True
LIVE_ARCHIVE_FRESH = 0
SERVE_MEDIA = True
DEMO_PEOPLE = True
WHITENOISE_AUTOREFRESH = True
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "memory://")
LOGGING["root"]["level"] = "WARNING"  # noqa: F405

BYTECODE = Path(tempfile.gettempdir()) / f"envol-bytecode-{os.getuid()}"
"""Where nothing compiled may be kept beside the code: of some fifty processes that the tests start,
each would compile all of Wagtail anew, which doubles the time until it is ready."""
if sys.dont_write_bytecode:
    BYTECODE.mkdir(mode=0o700, exist_ok=True)
    if BYTECODE.stat().st_uid == os.getuid():  # what somebody else left there is never run
        os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(BYTECODE)}
        sys.dont_write_bytecode, sys.pycache_prefix = False, str(BYTECODE)
