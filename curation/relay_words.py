"""How a pick is told on a network: sentence, title, link, and thanks to who found it."""

from collections.abc import Sequence

import regex
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from community.models import MoocSettings, Participant
from community.sites import base_url
from curation.models import Pick
from curation.reading import Card
from microblog.composing import ENOUGH, compose, cut, hashtag_line, length, room_beside
from microblog.models import Connection

TITLES = (120, 80, 40)
"""How much of a title is said, the most first."""
TOPICS = 2
_CALL = regex.compile(r"@(?=\w)")
_PARTS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def relay_text(card: Card, pick: Pick, voice: Connection, mooc: MoocSettings) -> str:
    """In the language of its sentence. What doesn't fit is left out in this order: the end of the
    sentence, that of the title, title and thanks, topics; a link is never cut. Where not even the
    link has room, the item's own page leads to it."""
    language = pick.language or settings.LANGUAGE_CODE
    limit = mooc.limit_on(voice)
    topics = [topic_hashtag(topic.name) for topic in card.topics[:TOPICS]]
    with override(language):
        own = base_url(card.item.site_id) + reverse("curation:item", args=[card.item.pk])
        for url in (card.item.url, own):
            for names in ([*topics, mooc.first_hashtag], [mooc.first_hashtag]):
                context = {
                    "url": url,
                    "finder": thanked(card.finders, voice),
                    "hashtags": hashtag_line(names),
                }
                told = _told(card, pick, context, limit=limit, language=language, tone=mooc.tone)
                if length(told) <= limit:
                    return told
        return own


def _told(
    card: Card, pick: Pick, context: dict[str, str], *, limit: int, language: str, tone: str
) -> str:
    """With as much of the title as leaves room for the sentence."""
    says = pick.sentence
    wanted = min(length(says), ENOUGH)
    for room in TITLES:
        context["title"] = calm(cut(card.item.title, room))
        left = room_beside("pick", limit=limit, language=language, context=context, tone=tone)
        if left >= wanted:
            break
    return compose(
        "pick", pick.sentence, limit=limit, language=language, context=context, tone=tone
    )


def thanked(finders: Sequence[Participant], voice: Connection) -> str:
    """The first who found it and agrees to be named: by handle on a network where they are, by name
    elsewhere; "" for nobody."""
    for person in finders[:1]:
        accounts = [link.account for link in person.links.all()]
        here = [one for one in accounts if one.network == voice.network]
        return f"@{here[0].handle}" if here else calm(person.name)
    return ""


def calm(text: str) -> str:
    """A title that somebody else wrote calls nobody: an at sign in it is no mention."""
    return _CALL.sub("@\N{WORD JOINER}", text)


def topic_hashtag(name: str) -> str:
    """Words run together, each with a capital, so that screen readers part them; "" for none."""
    words = [word for word in _PARTS.split(name) if word]
    joined = "".join(word[:1].upper() + word[1:] for word in words)
    return "" if joined.isdigit() else joined
