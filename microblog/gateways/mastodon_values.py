"""From what a Mastodon-API server answers to our values.

Servers leave keys out, give null for "", capitalise ids or wrap a post into its own boost: every
reading here tolerates that, and raises `Unreadable` only where a thing has no identity.

An account's identity is the best that the server gives: its `uri` (the actor), else its `url` (the
profile page).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from microblog.gateways.base import (
    HeardAccount,
    HeardMedia,
    HeardPost,
    HeardReaction,
    Limits,
    MediaKind,
    ReactionKind,
    Visibility,
)
from microblog.gateways.html import Anchor, Writing, plain_text, read_html
from microblog.gateways.mastodon_json import (
    Answer,
    as_mapping,
    as_mappings,
    identity_of,
    moment,
    normalise_hashtag,
    positive,
    remote_id_of,
    text_of,
    uri_of,
    web_address,
)

_VISIBILITIES = {
    "public": Visibility.PUBLIC,
    "unlisted": Visibility.UNLISTED,
    "private": Visibility.FOLLOWERS,
    "direct": Visibility.DIRECT,
}
_MEDIA = {
    "image": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "gifv": MediaKind.VIDEO,
    "audio": MediaKind.AUDIO,
}
_REACTIONS = {
    "favourite": ReactionKind.FAVOURITE,
    "reblog": ReactionKind.BOOST,
    "follow": ReactionKind.FOLLOW,
}


class Unreadable(ValueError):
    """An answer without identity, author or time: nothing that we could keep."""


@dataclass(frozen=True, slots=True)
class Home:
    """The server that we ask. `domain` completes the short handles of its own people."""

    domain: str

    def handle(self, acct: str) -> str:
        name, _, domain = acct.strip().lstrip("@").partition("@")
        return f"{name}@{(domain or self.domain).lower()}"


def parse_account(answer: object, home: Home) -> HeardAccount:
    """Raises Unreadable for an account without address or name."""
    account = as_mapping(answer)
    url = web_address(account.get("url"))
    uri = uri_of(account.get("uri")) or uri_of(url)
    acct = text_of(account.get("acct")) or text_of(account.get("username"))
    if not uri or not acct:
        raise Unreadable("an account without address or name")
    return HeardAccount(
        uri=uri,
        handle=home.handle(acct),
        display_name=text_of(account.get("display_name")).strip(),
        url=url,
        avatar_url=web_address(account.get("avatar_static")) or web_address(account.get("avatar")),
        note=plain_text(text_of(account.get("note"))),
        is_bot=account.get("bot") is True,
        remote_id=remote_id_of(account.get("id")),
    )


def parse_post(answer: object, home: Home) -> HeardPost:
    """A post, or a boost with nothing but its `boost_of_uri`. Raises Unreadable."""
    post = unwrap(as_mapping(answer))
    uri, remote_id = uri_of(post.get("uri")), remote_id_of(post.get("id"))
    created_at = moment(post.get("created_at"))
    if not uri or not remote_id or created_at is None:
        raise Unreadable("a post without uri, id or time")
    author = parse_account(post.get("account"), home)
    if post.get("reblog"):
        boosted = text_of(as_mapping(post["reblog"]).get("uri"))
        if not boosted:
            raise Unreadable("a boost of nothing")
        return HeardPost(uri, remote_id, author, created_at, boost_of_uri=boosted)
    writing = read_html(text_of(post.get("content")))
    return HeardPost(
        uri=uri,
        remote_id=remote_id,
        author=author,
        created_at=created_at,
        text=writing.text,
        html=writing.html,
        url=web_address(post.get("url")),
        language=text_of(post.get("language")),
        visibility=_VISIBILITIES.get(text_of(post.get("visibility")), Visibility.FOLLOWERS),
        content_warning=text_of(post.get("spoiler_text")).strip(),
        is_sensitive=post.get("sensitive") is True,
        edited_at=moment(post.get("edited_at")),
        parent_remote_id=remote_id_of(post.get("in_reply_to_id")),
        quote_uri=_quote_uri(post.get("quote")),
        hashtags=_hashtags(post.get("tags"), writing),
        mentions=_mentions(post.get("mentions"), writing, home),
        links=writing.links,
        media=tuple(_media(item) for item in as_mappings(post.get("media_attachments"))),
    )


def parse_posts(answers: object, home: Home) -> tuple[HeardPost, ...]:
    """Each post once, by its uri, in the order given; what can't be read is left out."""
    posts: dict[str, HeardPost] = {}
    for answer in as_mappings(answers):
        try:
            post = parse_post(answer, home)
        except Unreadable:
            continue
        posts.setdefault(post.uri, post)
    return tuple(posts.values())


def parse_reactions(answers: object, home: Home) -> tuple[HeardReaction, ...]:
    """The favourites, boosts and follows among notifications; what can't be read is left out."""
    reactions = []
    for answer in as_mappings(answers):
        try:
            reaction = _reaction(answer, home)
        except Unreadable:
            continue
        if reaction is not None:
            reactions.append(reaction)
    return tuple(dict.fromkeys(reactions))


def _reaction(answer: Answer, home: Home) -> HeardReaction | None:
    kind = _REACTIONS.get(text_of(answer.get("type")))
    created_at = moment(answer.get("created_at"))
    if kind is None or created_at is None:
        return None
    account = parse_account(answer.get("account"), home)
    if kind is ReactionKind.FOLLOW:
        return HeardReaction(kind, account, created_at)
    status = as_mapping(answer.get("status"))
    return HeardReaction(
        kind, account, created_at, parse_post(status.get("reblog") or status, home)
    )


def parse_limits(answer: object) -> Limits:
    """What an instance document says (v1 or v2), our defaults where it is silent."""
    instance = as_mapping(answer)
    configuration = as_mapping(instance.get("configuration"))
    statuses = as_mapping(configuration.get("statuses"))
    media = as_mapping(configuration.get("media_attachments"))
    usual = Limits()
    return Limits(
        characters=positive(statuses.get("max_characters"))
        or positive(instance.get("max_toot_chars"))
        or usual.characters,
        link_characters=positive(statuses.get("characters_reserved_per_url"))
        or usual.link_characters,
        attachments=positive(statuses.get("max_media_attachments")) or usual.attachments,
        alt_text_characters=positive(media.get("description_limit")) or usual.alt_text_characters,
    )


def unwrap(post: Answer) -> Answer:
    """A boost that bears the id of what it boosts is the post itself (snac shows a boosted post
    so).
    """
    boosted = post.get("reblog")
    if isinstance(boosted, Mapping) and identity_of(boosted.get("id")) == identity_of(
        post.get("id")
    ):
        return boosted
    return post


def _quote_uri(value: object) -> str:
    quote = as_mapping(value)
    return text_of(as_mapping(quote.get("quoted_status")).get("uri")) or text_of(quote.get("uri"))


def _hashtags(tags: object, writing: Writing) -> tuple[str, ...]:
    """The tag list; the links marked as hashtags where a server forwards a foreign post without its
    list.
    """
    names: Iterable[str] = [text_of(tag.get("name")) for tag in as_mappings(tags)]
    names = names or [anchor.text for anchor in writing.anchors if anchor.is_hashtag]
    return tuple(dict.fromkeys(filter(None, map(normalise_hashtag, names))))


def _mentions(mentions: object, writing: Writing, home: Home) -> tuple[HeardAccount, ...]:
    """People mentioned, each once: the server's list, then the mentions in the text that it left
    out.

    One server never lists the account that is reading. Ids of mentions are no account ids
    everywhere: left out.
    """
    people: dict[str, HeardAccount] = {}
    for mention in as_mappings(mentions):
        url = web_address(mention.get("url"))
        acct = text_of(mention.get("acct")) or text_of(mention.get("username"))
        if acct:
            handle = home.handle(acct)
            people.setdefault(
                handle, HeardAccount(uri_of(mention.get("uri")) or uri_of(url), handle, url=url)
            )
    known = {person.url.rstrip("/") for person in people.values()}
    for anchor in writing.anchors:
        if anchor.is_mention and anchor.href.rstrip("/") not in known:
            handle = _handle_of(anchor)
            people.setdefault(handle, HeardAccount(uri_of(anchor.href), handle, url=anchor.href))
    return tuple(person for handle, person in people.items() if handle)


def _handle_of(anchor: Anchor) -> str:
    """ "@nia" that leads to https://example.org/@nia is nia@example.org; "" where the text is no
    handle.
    """
    name, _, domain = anchor.text.strip().lstrip("@").partition("@")
    domain = domain or (urlsplit(anchor.href).hostname or "")
    return f"{name}@{domain.lower()}" if name and domain else ""


def _media(item: Answer) -> HeardMedia:
    original = as_mapping(as_mapping(item.get("meta")).get("original"))
    return HeardMedia(
        kind=_MEDIA.get(text_of(item.get("type")), MediaKind.OTHER),
        url=web_address(item.get("url")) or web_address(item.get("remote_url")),
        preview_url=web_address(item.get("preview_url")),
        alt_text=text_of(item.get("description")).strip(),
        width=positive(original.get("width")),
        height=positive(original.get("height")),
        remote_id=text_of(item.get("id")),
    )
