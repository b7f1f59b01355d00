"""Short ways to say what a test of sources is about; feeds as small as they may be."""

from datetime import datetime, timedelta
from email.utils import format_datetime

from wagtail.models import Site

from curation.models import Source
from tests.builders import NOON

BLOG = "https://blog.example"


def a_source(url: str = f"{BLOG}/feed", **fields) -> Source:
    """Due at NOON, never read."""
    site = fields.pop("site", None) or Site.objects.get(is_default_site=True)
    times = {"created_at": NOON - timedelta(days=1), "next_fetch_at": NOON}
    return Source.objects.create(site=site, feed_url=url, **{**times, **fields})


def rss(*numbers: int, title: str = "A blog", more: str = "", at: datetime = NOON) -> str:
    """A feed of entries called by their numbers."""
    items = "".join(rss_item(number, at=at) for number in numbers)
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>{BLOG}/</link>{more}{items}</channel></rss>"
    )


def rss_item(number: int, *, title: str = "", at: datetime = NOON) -> str:
    return (
        f"<item><title>{title or f'Entry {number}'}</title><link>{BLOG}/{number}</link>"
        f"<guid>{BLOG}/{number}</guid><pubDate>{format_datetime(at - timedelta(hours=1))}</pubDate>"
        f"<description>&lt;p&gt;Words of {number}&lt;/p&gt;</description></item>"
    )
