"""What every installation shares. Values that differ come from the environment, see
.env.example."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from config.env import ROOT, STATE, env, flag, kept_secret
from config.release import release_mark
from config.settings.security import *  # noqa: F403 - one subject, one file

SECRET_KEY = kept_secret("SECRET_KEY")
CREDENTIALS_KEY = kept_secret("CREDENTIALS_KEY")
"""Encrypts the tokens of connections at rest. Losing it means connecting every network again."""

DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
BASE_URL = env.str("BASE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}").rstrip(
    "/"
)
"""Where people reach this site. Badges, practice accounts and posts are named after it for ever."""

INSTALLED_APPS = [
    "cms",
    "challenges",
    "badges",
    "curation",
    "community",
    "microblog",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.doors.NobodyElsesToKeep",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.policies.RoomsPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cms.serving.middleware.KeptPages",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context_processors.site",
            ],
            "builtins": ["microblog.templatetags.dates"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{STATE / 'envol.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Several processes write: only this combination never answers "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

RELEASE = release_mark(ROOT)
"""Another one as soon as a line, a template or a word is: what was kept before is not looked at."""

CACHES = {
    "default": env.cache_url("CACHE_URL", default=f"filecache://{STATE / 'cache'}?max_entries=5000")
    | {"VERSION": RELEASE},
    "near": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "near",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"]["BACKEND"] = "config.caching.DispensableRedis"
    # Seconds: one that falls silent holds nobody up for long.
    CACHES["default"]["OPTIONS"] = {"socket_connect_timeout": 2, "socket_timeout": 2}
NEAR_CACHE = "near"
"""Of one process alone, in front of the other: for what never changes under its name."""
# Rate limits count in the cache; the embedded file cache may miscount by a few under load, which is
# fine for one machine.
RATELIMIT_FAIL_OPEN = True  # while the cache is away, learners may still speak
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]

AUTH_USER_MODEL = "community.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "community.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_USERNAME_VALIDATORS = "community.accounts.handle_validators"
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_REDIRECT_URL = "microblog:home_timeline"
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Brussels")
USE_TZ = True

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = STATE / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

WAGTAIL_SITE_NAME = "Envol"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False  # people ask at accounts/password/reset/
WAGTAILIMAGES_IMAGE_MODEL = "cms.EnvolImage"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # first it is translated, then published
WAGTAIL_AUTOSAVE_INTERVAL = 0
"""Pages are saved when an editor says so: Wagtail's saving by itself writes over revisions that
others have seen (docs/decisions/0024-pages-are-saved-when-told-to.md)."""
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
"""Seconds that a mail server may be silent: whoever wants a new password waits for it."""
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Envol <envol@localhost>")

BOUNCES_TO = env.str("BOUNCES_TO", default="")
"""Where mail servers return letters that they couldn't hand over; empty: to whom they come from."""

TRUSTED_PROXIES = 0
"""Web servers in front that add to X-Forwarded-For."""

SERVE_MEDIA = False
"""Whether Django itself answers for uploads; in production the web server in front does."""

DEMO_PEOPLE = False
"""Whether `load_demo` also makes logins with a known password: on one's own machine only."""

ALLOW_PRIVATE_ADDRESSES = flag("ALLOW_PRIVATE_ADDRESSES", default=False)
"""Development only: lets connections and fetches reach servers inside private networks, and over
plain HTTP."""
WEBSUB_HUB = env.str("WEBSUB_HUB", default="")
"""A hub that our own feeds name, for readers who want to be told at once; empty: none."""
GATEWAY_TIMEOUT = env.int("GATEWAY_TIMEOUT", default=15)  # seconds
OUTBOX_LEASE = env.int(
    "OUTBOX_LEASE", default=180
)  # seconds; longer than the longest call may last
ISSUE_LEASE = env.int("ISSUE_LEASE", default=300)  # seconds, for a batch of a hundred badges

PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=60)
"""Seconds that visitors share a page; what is published or taken away ends it at once."""
PAGE_CACHE_VIEWS = {
    "wagtail_serve",
    "curation:page",
    "curation:item",
    "digest:archive",
    "digest:letter",
    "live:list",
    "badges:list",
}
FRONT_CACHE = (
    {
        "proxy": {
            "BACKEND": "cms.serving.front.PatientProxy",
            "LOCATION": env.str("FRONTEND_CACHE_URL"),
        }
    }
    if env.str("FRONTEND_CACHE_URL", default="")
    else {}
)
"""Caching servers in front (Varnish, nginx with PURGE), in the form of WAGTAILFRONTENDCACHE. The
step "purge" tells them: Wagtail itself would do it while an editor waits."""

LIVE_ARCHIVE_FRESH = env.float("LIVE_ARCHIVE_FRESH", default=60)
LIVE_ROOM_FRESH = env.float("LIVE_ROOM_FRESH", default=0.4)
"""Seconds that all viewers of a live room share one look at the database."""

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s", "datefmt": "%H:%M:%S"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Each step is asked every few seconds; what it moved is told by microblog.tasks.
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        # That it drops the body of each answer to HEAD, as a server should.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "urllib3": {"level": "WARNING"},
    },
}
