"""What a judgement of a post depends on, in 32 hex digits; alike for posts heard and written."""

import hashlib
import json
from collections.abc import Sequence

from microblog.gateways.base import HeardPost, Visibility


def fingerprint_post(heard: HeardPost) -> str:
    """Of a post that a server told."""
    return fingerprint_words(
        text=heard.text,
        content_warning=heard.content_warning,
        language=heard.language,
        visibility=heard.visibility,
        hashtags=heard.hashtags,
        mentions=[mention.uri or mention.handle for mention in heard.mentions],
        links=heard.links,
        media=[(media.kind.value, media.alt_text) for media in heard.media],
        quote_uri=heard.quote_uri,
    )


def fingerprint_words(
    *,
    text: str,
    content_warning: str = "",
    language: str = "",
    visibility: Visibility = Visibility.PUBLIC,
    hashtags: Sequence[str] = (),
    mentions: Sequence[str] = (),
    links: Sequence[str] = (),
    media: Sequence[tuple[str, str]] = (),
    quote_uri: str = "",
) -> str:
    """Counters and addresses of pictures are left out.

    `mentions` are uris, `media` pairs of kind and alt text.
    """
    parts = [
        text,
        content_warning,
        language,
        visibility.value,
        list(hashtags),
        list(mentions),
        list(links),
        [list(one) for one in media],
        quote_uri,
    ]
    return hashlib.blake2b(
        json.dumps(parts, ensure_ascii=False).encode(), digest_size=16
    ).hexdigest()
