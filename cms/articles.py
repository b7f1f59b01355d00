"""An article out of a live event's archive, in a click: a draft for an organiser to make their own.

The words of others are quoted, not copied: whoever takes a post back takes it out of the article.
"""

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.html import escape, format_html
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.models import ContentPage, HomePage
from cms.quoting import QUOTE
from community.live.archive import MOST_POSTS_PRINTED, Chapter, helps_of, in_order, links
from community.live.gist import gather
from community.models import LiveEvent, User
from community.sites import default_site_id, within
from microblog.dates import date_format
from microblog.models import Post
from microblog.paragraphs import paragraphs

MOST_QUOTED = 150
MOST_LINKS = 40

Block = tuple[str, object]


class NoHome(Exception):
    """There is no home page yet, under which an article could lie."""


def may_draft(user: User | AnonymousUser, event: LiveEvent) -> bool:
    """Whoever may add pages below the home page; or change the article, where there is one."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    if event.article is not None:
        return bool(event.article.permissions_for_user(user).can_edit())
    home = _home(event)
    return home is not None and bool(home.permissions_for_user(user).can_add_subpage())


def draft_article(event: LiveEvent, *, by: User) -> Page:
    """The event's article; a new draft where there is none. Raises NoHome."""
    with transaction.atomic(), override(event.language):
        row = LiveEvent.objects.select_for_update().get(pk=event.pk)
        if row.article is not None:
            return row.article
        home = _home(row)
        if home is None:
            raise NoHome
        # Whoever puts another page there at this moment waits: two would choose one address.
        parent = Page.objects.select_for_update().get(pk=home.pk)
        page = ContentPage(
            title=row.title,
            slug=_free_slug(row.title, parent),
            intro=paragraphs(row.description),
            body=list(_body(row)),
            live=False,
            owner=by,
            locale=home.locale,
        )
        parent.add_child(instance=page)
        page.save_revision(user=by, log_action=True)
        row.article = page
        row.save(update_fields=["article"])
        return page


def _home(event: LiveEvent) -> HomePage | None:
    homes = HomePage.objects.filter(within(event.site_id or default_site_id())).order_by("pk")
    own = homes.filter(locale__language_code=event.language).first()
    return own or homes.first()


def _free_slug(title: str, parent: Page) -> str:
    root = slugify(title) or "article"
    taken = set(parent.get_children().filter(slug__startswith=root).values_list("slug", flat=True))
    slug, number = root, 2
    while slug in taken:
        slug, number = f"{root}-{number}", number + 1
    return slug


def _body(event: LiveEvent) -> Iterator[Block]:
    gist = gather(event, with_practice=True)
    many = {"threads": MOST_QUOTED, "posts": MOST_POSTS_PRINTED}
    _page, chapters = in_order(event, gist, "1", **many)
    yield "text", RichText(_opening(event))
    yield from _chapters(event, chapters)
    found = [escape(link.address) for link in links(gist, "1")][:MOST_LINKS]
    if found:
        yield "heading", _("To go further")
        yield (
            "text",
            RichText(_list(f'<a href="{one}">{one}</a>' for one in found)),
        )
    if next(iter(helps_of(event)), None) is not None:
        yield "heading", _("Thank you")
        yield "text", RichText(_thanks(event))
    yield "text", RichText(_closing(event))


def _opening(event: LiveEvent) -> str:
    starts = event.starts_at.astimezone(event.zone)
    told = _("On %(day)s we followed this together, under #%(hashtag)s.") % {
        "day": date_format(starts, "DATE_FORMAT"),
        "hashtag": event.said_hashtag,
    }
    address = event.recording_url or event.source_url
    door = _("Listen or watch")
    source = f' <a href="{escape(address)}">{escape(door)}</a>' if address else ""
    return f"<p>{escape(told)}{source}</p>"


def _chapters(event: LiveEvent, chapters: Iterable[Chapter]) -> Iterator[Block]:
    """A heading for each hour, then its posts, answers under what they answer."""
    left = MOST_QUOTED
    for chapter in chapters:
        posts = [said.post for thread in chapter.threads for said in thread if said.post][:left]
        left -= len(posts)
        if posts:
            yield "heading", _heading(chapter)
            for post in posts:
                yield QUOTE, _quote(post)


def _heading(chapter: Chapter) -> str:
    hour = time_format(chapter.hour, "TIME_FORMAT")
    day = date_format(chapter.hour, "DATE_FORMAT")
    return _("Later, on %(day)s") % {"day": day} if chapter.when == "later" else hour


def _quote(post: Post) -> dict[str, str]:
    return {"address": post.uri}


def _thanks(event: LiveEvent) -> str:
    """Leads to where they are named, for as long as they agree to be."""
    address = reverse("live:archive", args=[event.slug])
    return format_html('<p><a href="{}?by=thanks">{}</a></p>', address, _("Who helped whom"))


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _closing(event: LiveEvent) -> str:
    archive = reverse("live:archive", args=[event.slug])
    words = _("Everything that was said, and what still arrives, is in the archive.")
    return format_html('<p><a href="{}">{}</a></p>', archive, words)
