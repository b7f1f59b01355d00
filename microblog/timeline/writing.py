"""Writing, changing and taking back posts of the practice timeline."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from microblog.doorbells import ring
from microblog.fingerprints import fingerprint_words
from microblog.forgetting import forget_posts
from microblog.gateways.base import Visibility
from microblog.models import Account, Mention, Notification, Post, PostHashtag
from microblog.networks import Network
from microblog.text import Reading, clean_text, read_text, render_text
from microblog.timeline.notices import notify_of_post
from microblog.timeline.photos import Photo, attach_photos

PRIVATE = frozenset({Visibility.FOLLOWERS, Visibility.DIRECT})


def new_number(now: datetime) -> str:
    """Tells an author's posts apart. Made when the composer opens, so that one form writes once."""
    return str(int(now.timestamp() * 1000) << 16 | secrets.randbelow(1 << 16))


def write_post(
    author: Account,
    *,
    text: str,
    now: datetime,
    number: str = "",
    in_reply_to: Post | None = None,
    content_warning: str = "",
    language: str = "",
    visibility: Visibility = Visibility.PUBLIC,
    photos: Sequence[Photo] = (),
) -> Post:
    """Say it. The same words under the same number are one post, however often they are sent."""
    text = clean_text(text)
    post = Post(
        network=Network.PRACTICE,
        author=author,
        visibility=reply_visibility(in_reply_to, visibility).value,
        language=language,
        parent=in_reply_to,
        parent_uri=in_reply_to.uri if in_reply_to else "",
        root_id=in_reply_to.thread_id if in_reply_to else None,
        said_at=now,
    )
    _name(post, number or new_number(now))
    with transaction.atomic():
        said = Post.objects.filter(uri=post.uri).select_related("author").first()
        if said is not None:
            if _is_the_same(said, text, in_reply_to):
                return said
            _name(post, new_number(now))
        reading, people = _fill(post, text, content_warning, photos)
        try:
            with transaction.atomic():
                post.save(force_insert=True)
        except IntegrityError:
            # The same form, sent twice at once: the other was faster.
            return Post.objects.select_related("author").get(uri=post.uri)
        _write_parts(post, reading, people, photos)
        notify_of_post(post, mentioned=people, now=now)
        _wake(post)
    return post


def edit_post(
    post: Post,
    *,
    text: str,
    now: datetime,
    content_warning: str = "",
    language: str = "",
    photos: Sequence[Photo] = (),
) -> Post:
    """Other words or photos under the same address; the rooms above look at it again."""
    with transaction.atomic():
        row = Post.objects.select_for_update().alive().get(pk=post.pk)
        row.author, row.parent = post.author, post.parent
        before = (row.fingerprint, [media.pk for media in row.media.all()])
        mentioned = set(row.mentions.values_list("account_id", flat=True))
        row.language = language
        reading, people = _fill(row, clean_text(text), content_warning, photos)
        if before == (row.fingerprint, [photo.media.pk for photo in photos]):
            return row
        row.edited_at = now
        row.save()
        for model in (PostHashtag, Mention):
            model._default_manager.filter(post=row).delete()
        _write_parts(row, reading, people, photos)
        notify_of_post(row, mentioned=[p for p in people if p.pk not in mentioned], now=now)
        _wake(row)
    return row


def delete_post(post: Post, *, now: datetime) -> None:
    """Take back the words, photos, hashtags and mentions; the row keeps its place in the thread."""
    with transaction.atomic():
        Notification.objects.filter(post=post).delete()
        forget_posts(Post.objects.filter(pk=post.pk), now=now)


def reply_visibility(parent: Post | None, wished: Visibility) -> Visibility:
    """An answer to something private is private too, between those whom it names."""
    if parent is not None and Visibility(parent.visibility) in PRIVATE:
        return Visibility.DIRECT
    return wished


def _name(post: Post, number: str) -> None:
    post.uri = f"{post.author.uri}/{number}"
    post.url = f"{post.author.url or post.author.uri}/{number}"


def _is_the_same(said: Post, text: str, parent: Post | None) -> bool:
    same_place = said.parent_id == (parent.pk if parent else None)
    return said.deleted_at is None and said.text == text and same_place


def _fill(
    post: Post, text: str, content_warning: str, photos: Sequence[Photo]
) -> tuple[Reading, list[Account]]:
    """Put the words into the row, with all that is read in them; returns whom they mention."""
    reading = read_text(text)
    people = _find_people(reading.handles)
    post.text = text
    post.html = render_text(reading, frozenset(person.handle.casefold() for person in people))
    post.content_warning = clean_text(content_warning)[:500]
    post.is_sensitive = bool(post.content_warning)
    post.hashtags = reading.hashtags
    post.links = reading.links
    post.fingerprint = fingerprint_words(
        text=text,
        content_warning=post.content_warning,
        language=post.language,
        visibility=Visibility(post.visibility),
        hashtags=post.hashtags,
        mentions=[person.uri for person in people],
        links=post.links,
        media=[(photo.media.kind, photo.alt_text) for photo in photos],
    )
    return reading, people


def _find_people(handles: Sequence[str]) -> list[Account]:
    """In the order in which they are named; a handle that nobody has is left out."""
    if not handles:
        return []
    practice = Account.objects.practice().annotate(lower=Lower("handle"))
    found = {person.lower: person for person in practice.filter(lower__in=handles)}
    return [found[handle] for handle in handles if handle in found]


def _write_parts(
    post: Post, reading: Reading, people: Sequence[Account], photos: Sequence[Photo]
) -> None:
    PostHashtag.objects.bulk_create(PostHashtag.of(post, n) for n in reading.hashtags)
    Mention.objects.bulk_create(
        Mention(post=post, account=person, position=position)
        for position, person in enumerate(people)
    )
    attach_photos(post, photos)


def _wake(post: Post) -> None:
    ring("screen")
    if post.parent_id:
        ring("mentor")
