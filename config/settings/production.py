"""A public installation: behind TLS, on a real database, broker and cache. Refuses to start half-
configured."""

from django.core.exceptions import ImproperlyConfigured

from config.env import env, flag

for _name in (
    "SECRET_KEY",
    "CREDENTIALS_KEY",
    "BASE_URL",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "CELERY_BROKER_URL",
):
    if not env.str(_name, default=""):
        raise ImproperlyConfigured(f"Set {_name} in the environment (see .env.example).")

# Only now: what is missing should be named, not made up or stumbled over.
from config.settings.base import *  # noqa: E402, F403

if not BASE_URL.startswith("https://"):  # noqa: F405
    raise ImproperlyConfigured("BASE_URL must begin with https:// in production.")

SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
MIDDLEWARE = ["config.doors.CallersAddress", *MIDDLEWARE]  # noqa: F405
SERVE_MEDIA = flag("SERVE_MEDIA", default=False)
SILENCED_SYSTEM_CHECKS = [
    *SILENCED_SYSTEM_CHECKS,  # noqa: F405
    "security.W019",  # editors preview pages in a frame of the site's own origin
    "security.W021",  # the preload lists of browsers are the operator's own decision
]
