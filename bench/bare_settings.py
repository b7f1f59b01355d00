"""The same server with nothing to show: what a page costs beside its middleware."""

from config.settings.dev import *  # noqa: F403

ROOT_URLCONF = "bench.bare"
PAGE_CACHE_SECONDS = 0  # nobody looks for it on the shelf of kept pages either
