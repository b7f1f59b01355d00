"""Where a reader takes part: on the practice timeline, or on their own server with the words
ready."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import regex
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.catalogue import page_address
from challenges.models import ChallengePage
from microblog.composing import hashtag_line

_HOST = regex.compile(
    r"(?!.{254})(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})"
)
COOKIE = "envol_server"
COOKIE_AGE = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class TakePart:
    """`here`: the composer of the practice timeline; `there`: the reader's own server, "" until
    they name it."""

    here: str
    server: str
    there: str


def take_part(page: ChallengePage, *, hashtag: str, launch: int, server: str) -> TakePart:
    """`hashtag`: the MOOC's; `launch`: the post to answer, 0 for none; `server`: as the reader
    wrote it. What nobody launched, and has no hashtag of its own, is known by its link."""
    hashtags = hashtag_line([hashtag, *page.own_hashtags])
    query = {"text": f"\n\n{hashtags}" if hashtags else ""}
    if launch:
        query["reply_to"] = str(launch)
    elif not page.own_hashtags:
        query["text"] = ready_text(page, hashtags)
    try:
        host = read_server(server) if server else ""
    except ValidationError:
        host = ""
    return TakePart(
        here=f"{reverse('microblog:compose')}?{urlencode(query)}",
        server=host,
        there=share_address(host, ready_text(page, hashtags)) if host else "",
    )


def ready_text(page: ChallengePage, hashtags: str) -> str:
    """The link lets us recognise the answer even where our hashtag isn't heard."""
    return "\n\n" + "\n".join(filter(None, [hashtags, page_address(page)]))


def share_address(host: str, text: str) -> str:
    return f"https://{host}/share?{urlencode({'text': text})}"


def read_server(written: str) -> str:
    """The host in "social.example", "https://social.example/@nia" or "@nia@social.example".

    Raises ValidationError for anything else: numbers, ports, names without a dot.
    """
    text = written.strip()
    if "://" not in text:
        text = f"https://{text.rpartition('@')[2]}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except (UnicodeError, ValueError):
        host, port = "", None
    is_web = text.casefold().startswith(("https://", "http://"))
    if not is_web or port not in (None, 443) or not _HOST.fullmatch(host):
        raise ValidationError(
            _("“%(written)s” isn't the address of a server. Write it like mastodon.social."),
            params={"written": written[:100]},
        )
    return host
