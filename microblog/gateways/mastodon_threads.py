"""A whole thread: some servers leave replies to replies out of a thread's answer, so we ask on
where they hint.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from microblog.gateways.base import Gone, HeardPost
from microblog.gateways.mastodon_client import Client
from microblog.gateways.mastodon_json import as_mapping, identity_of
from microblog.gateways.mastodon_pages import Page, as_page
from microblog.gateways.mastodon_values import Home, parse_posts, unwrap

MOST_QUESTIONS = 12
"""For one thread: the root's context, and those of replies that count answers not shown to us."""


def fetch_descendants(client: Client, home: Home, remote_id: str) -> tuple[HeardPost, ...]:
    """All posts below the one named, each once, with its parent's uri if that is among them.

    What lies below a deleted reply is hidden by the server: absence says nothing. Raises Gone.
    """
    entries: dict[str, Mapping[str, Any]] = {}
    asked: set[str] = set()
    waiting = deque([remote_id])
    while waiting and len(asked) < MOST_QUESTIONS:
        asking = waiting.popleft()
        asked.add(identity_of(asking))
        try:
            below = _descendants(client, asking)
        except Gone:
            if asking == remote_id:
                raise
            continue
        for entry in map(unwrap, below):
            entries.setdefault(identity_of(entry.get("id")), entry)
        waiting = deque(_unexplored(entries, asked))
    return _with_parents(parse_posts(list(entries.values()), home), remote_id)


def _descendants(client: Client, remote_id: str) -> Page:
    of = quote(remote_id, safe="")
    answer = client.ask(lambda mastodon: mastodon.status_context(of))
    return as_page(as_mapping(answer).get("descendants"))


def _unexplored(entries: Mapping[str, Mapping[str, Any]], asked: set[str]) -> Iterable[str]:
    """Ids of posts that say they have replies, none of which is here."""
    answered = {identity_of(entry.get("in_reply_to_id")) for entry in entries.values()}
    for identity, entry in entries.items():
        if entry.get("replies_count") and identity not in answered and identity not in asked:
            yield str(entry["id"])


def _with_parents(posts: tuple[HeardPost, ...], root_id: str) -> tuple[HeardPost, ...]:
    """One server changes ids at an edit: answers to the root name it as our caller does."""
    uris = {identity_of(post.remote_id): post.uri for post in posts}
    root = identity_of(root_id)
    return tuple(
        replace(post, parent_remote_id=root_id)
        if identity_of(post.parent_remote_id) == root
        else replace(post, parent_uri=uris.get(identity_of(post.parent_remote_id), ""))
        for post in posts
    )
