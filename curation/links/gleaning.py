"""The step "glean": links that people share with a MOOC's hashtags become its items, credited to
who shared them.

Asked anew whenever a post changes: a link that was edited away, a post that was taken back, or
somebody who wants nothing kept withdraw what they had brought. A batch costs a constant number of
queries, whatever was said before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from wagtail.models import Site

from community.models import Consent, MoocSettings, Participant
from community.people import known_participants
from curation.finders import recount_finders
from curation.links.telling import hosts, links_of
from curation.models import Find, Item
from curation.recording import Found, record_found
from microblog.gateways.base import Visibility
from microblog.hashtags import bare, normalised
from microblog.models import Connection, Post
from microblog.steps import Backlog

BATCH = 200
OPEN = (Visibility.PUBLIC.value, Visibility.UNLISTED.value)
Brought = set[tuple[int, int]]
"""(item, post)"""


@transaction.atomic
def glean(now: datetime, *, batch: int = BATCH) -> int:
    """Read the links of one batch; returns how many posts it held."""
    waiting = Post.objects.ungleaned().select_related("author").order_by("pk")
    posts = list(waiting.select_for_update(skip_locked=True, of=("self",))[:batch])
    if not posts:
        return 0
    brought = _record(_found(posts), now)
    withdraw_finds([post.pk for post in posts], but=brought)
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(
        gleaned_fingerprint=F("fingerprint")
    )
    return len(posts)


def backlog(now: datetime) -> Backlog:
    waiting = Post.objects.ungleaned().order_by("pk")
    return Backlog(waiting.count(), waiting.values_list("heard_at", flat=True).first())


def withdraw_finds(posts: Collection[int], *, but: Brought) -> None:
    """What these posts had brought and bring no more. Six queries at most."""
    before = Find.objects.filter(post__in=posts).values_list("pk", "item_id", "post_id")
    gone = {pk: item for pk, item, post in before if (item, post) not in but}
    if gone:
        Find.objects.filter(pk__in=gone).delete()
        after_withdrawal(set(gone.values()))


def after_withdrawal(items: Collection[int]) -> None:
    """Count anew; what nobody brings any more, and nobody decided on, disappears."""
    recount_finders(items)
    Item.objects.filter(
        pk__in=items,
        finds=None,
        entries=None,
        siftings=None,
        pick=None,
        decided_at=None,
        edited_fields=[],
    ).delete()


def _found(posts: Sequence[Post]) -> Mapping[int, list[Found]]:
    """By site. Four queries."""
    moocs = _moocs_by_hashtag()
    ours = set(Connection.objects.values_list("account_id", "server_url"))
    bots, servers = {pk for pk, _url in ours}, hosts(url for _pk, url in ours)
    sites = our_hosts()
    people = known_participants({post.author_id for post in posts})
    found: dict[int, list[Found]] = defaultdict(list)
    for post in posts:
        person = people.get(post.author_id)
        if post.author_id in bots or not _may_be_read(post, person):
            continue
        meant = {site for hashtag in bare(post.hashtags) for site in moocs.get(hashtag, ())}
        links = links_of(post, ours=sites, servers=servers) if meant else ()
        for site in meant:
            found[site].extend(_as_found(post, link, person) for link in links)
    return found


def _may_be_read(post: Post, person: Participant | None) -> bool:
    wanted = person is None or person.consent != Consent.NOTHING
    return wanted and post.deleted_at is None and post.visibility in OPEN and bool(post.links)


def _as_found(post: Post, link: str, person: Participant | None) -> Found:
    return Found(
        link, post.said_at, post_id=post.pk, finder_id=person.pk if person is not None else None
    )


def _record(found: Mapping[int, list[Found]], now: datetime) -> Brought:
    brought: Brought = set()
    for site, some in sorted(found.items()):
        items = record_found(some, site_id=site, now=now)
        brought |= {
            (item.pk, one.post_id) for item, one in zip(items, some, strict=True) if one.post_id
        }
    return brought


def _moocs_by_hashtag() -> Mapping[str, set[int]]:
    """Bare hashtag → sites. Where no MOOC has settings of its own, the default site has the usual
    ones."""
    rows = list(MoocSettings.objects.values_list("site_id", "hashtags"))
    if not rows:
        default = Site.objects.filter(is_default_site=True).values_list("pk", flat=True)
        rows = [(pk, MoocSettings().hashtags) for pk in default]
    moocs: dict[str, set[int]] = defaultdict(set)
    for site, field in rows:
        for hashtag in bare(normalised([field])):
            moocs[hashtag].add(site)
    return moocs


def our_hosts() -> frozenset[str]:
    """Of every MOOC of this installation."""
    names: Iterable[str] = Site.objects.values_list("hostname", flat=True)
    return hosts([settings.BASE_URL]) | frozenset(name.lower() for name in names)
