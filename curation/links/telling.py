"""Which links of a post are something to read; our own pages, people, hashtags and posts of
microblogs aren't."""

import re
from collections.abc import Collection, Iterable

from curation.addresses import canonical_url, host_of
from microblog.models import Post

MOST = 8
"""Links of one post: more is a list of links, or spam."""

_A_POST = re.compile(r"/(?:@[^/]+/\d{9,}|users/[^/]+/statuses/\d+|web/statuses/\d+)/?")
_OF_A_MICROBLOG = re.compile(
    r"/(?:web/)?(?:@|users/|tags?/|hashtag/|explore|search|notice/|objects/|notes/|statuses/|u/|p/)",
    re.IGNORECASE,
)
_ELSEWHERE = {
    "bsky.app": re.compile(r"/(?:profile|hashtag|search|starter-pack)"),
    "twitter.com": re.compile(r"/"),
    "x.com": re.compile(r"/"),
    "www.threads.net": re.compile(r"/@"),
    "threads.net": re.compile(r"/@"),
}


def links_of(post: Post, *, ours: Collection[str], servers: Collection[str]) -> list[str]:
    """Canonical addresses, each once, in the order written. `ours` and `servers` are hosts: of
    our sites, and of microblogs that we know."""
    around = {host_of(post.uri), host_of(post.url), host_of(post.author.uri), *servers} - {""}
    tidy = dict.fromkeys(canonical_url(str(link)) for link in post.links)
    said = {post.uri, post.url, post.quote_uri}
    kept = [url for url in tidy if url and url not in said]
    return [url for url in kept if not _is_talk(url, ours, around)][:MOST]


def hosts(urls: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, (host_of(url) for url in urls)))


def _is_talk(url: str, ours: Collection[str], servers: Collection[str]) -> bool:
    host = host_of(url)
    path = url.partition(host)[2]
    path = path[path.find("/") :] if "/" in path else "/"
    if host in ours or _A_POST.match(path):
        return True
    if host in servers and (path == "/" or _OF_A_MICROBLOG.match(path)):
        return True
    return bool(host in _ELSEWHERE and _ELSEWHERE[host].match(path))
