"""One machine, embedded defaults: what `make run` and `make dev` start."""

from urllib.parse import urlsplit

from config.env import flag
from config.settings.base import *  # noqa: F403

DEBUG = flag("DEBUG", default=False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver", *ALLOWED_HOSTS]  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
SERVE_MEDIA = True
# Whoever gives this site another name lets others in.
DEMO_PEOPLE = urlsplit(BASE_URL).hostname in {"localhost", "127.0.0.1", "::1"}  # noqa: F405
