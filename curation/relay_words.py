"""How a pick is told on a network: sentence, title, link, and thanks to who found it."""

from collections.abc import Sequence

import regex
from django.conf import settings
from django.utils.translation import override

from community.models import MoocSettings, Participant
from curation.models import Pick
from curation.reading import Card
from microblog.composing import compose, cut, hashtag_line
from microblog.models import Connection

LONGEST_TITLE = 120
TOPICS = 2
_CALL = regex.compile(r"@(?=\w)")
_PARTS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def relay_text(card: Card, pick: Pick, voice: Connection, mooc: MoocSettings) -> str:
    """In the language of its sentence."""
    language = pick.language or settings.LANGUAGE_CODE
    topics = [topic_hashtag(topic.name) for topic in card.topics[:TOPICS]]
    with override(language):
        return compose(
            "pick",
            pick.sentence,
            limit=mooc.limit_on(voice),
            language=language,
            tone=mooc.tone,
            context={
                "title": calm(cut(card.item.title, LONGEST_TITLE)),
                "url": card.item.url,
                "finder": thanked(card.finders, voice),
                "hashtags": hashtag_line([*topics, mooc.first_hashtag]),
            },
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
