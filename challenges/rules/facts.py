"""What a rule may know about a post. Plain values: rules see no row, no clock and no network."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MediaFacts:
    kind: str
    alt_text: str = ""


@dataclass(frozen=True, slots=True)
class MentionFacts:
    """`is_ours`: an account through which this site speaks."""

    handle: str
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class PostFacts:
    """One post in its thread.

    text: plain, "\\n" between lines, NFC; hashtags: normalised, no "#"; mentions: in order, without
    the author; thread: texts of the unbroken chain in which the author answers themself, up to and
    with this post, first to last; parent_is_ours: the post that it answers was said by this site;
    quote_uri: the post that it quotes, if the network has such a thing; language: what the post
    declares (BCP 47), "" if nothing.
    """

    text: str
    hashtags: tuple[str, ...] = ()
    mentions: tuple[MentionFacts, ...] = ()
    links: tuple[str, ...] = ()
    media: tuple[MediaFacts, ...] = ()
    content_warning: str = ""
    language: str = ""
    is_reply: bool = False
    parent_is_ours: bool = False
    quote_uri: str = ""
    thread: tuple[str, ...] = ()
