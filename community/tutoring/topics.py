"""What tips are about: which missing rules and which words of a post call for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.moocs import bare_words


@dataclass(frozen=True, slots=True)
class Topic:
    """`rules`: keys of challenge rules; `words`: bare (without accents or case), in both languages,
    whose presence in a post hints at the topic."""

    key: str
    label: str | Promise
    rules: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


TOPICS = (
    Topic("welcome", _("welcome"), (), ("bonjour", "hello", "coucou", "nouveau", "new")),
    Topic("asking", _("asking for help"), (), ("aide", "help", "comment", "how", "comprends")),
    Topic(
        "alt_text",
        _("describing pictures"),
        ("photos_described",),
        ("alt", "description", "decrire", "describe", "photo", "picture", "image"),
    ),
    Topic("photos", _("photos"), ("photo",), ("photo", "image", "picture", "appareil", "camera")),
    Topic("mentions", _("mentions"), ("mention",), ("mention", "mentionner", "arobase", "handle")),
    Topic(
        "replies",
        _("answering"),
        ("reply", "starts_conversation"),
        ("repondre", "reponse", "reply", "answer"),
    ),
    Topic("hashtags", _("hashtags"), ("hashtags",), ("hashtag", "hashtags", "diese", "mot")),
    Topic("threads", _("threads"), ("thread",), ("fil", "thread", "suite", "enchainer")),
    Topic(
        "live_tweet",
        _("live-tweets"),
        (),
        ("live", "direct", "livetweet", "conference", "emission", "radio", "intervenante"),
    ),
    Topic(
        "content_warning",
        _("content warnings"),
        ("content_warning",),
        ("avertissement", "warning", "sensible", "spoiler", "spoil"),
    ),
    Topic(
        "links",
        _("links and sources"),
        ("link", "quotation_with_source"),
        ("lien", "link", "source", "citation", "quote", "article"),
    ),
    Topic(
        "length",
        _("the right length"),
        ("at_most_characters", "exactly_characters", "at_least_words"),
        ("caracteres", "characters", "long", "court", "short"),
    ),
    Topic(
        "writing",
        _("writing games"),
        (
            "avoids_words",
            "contains_words",
            "lipogram",
            "univocal",
            "tautogram",
            "acrostic",
            "snowball",
            "abecedary",
            "palindrome",
            "language",
        ),
        ("lettre", "letter", "contrainte", "constraint", "ecrire", "write", "poeme", "poem"),
    ),
    Topic("riddles", _("photo riddles"), ("solves_riddle",), ("devinette", "riddle", "indice")),
    Topic("following", _("finding people"), (), ("suivre", "follow", "abonner", "seule", "alone")),
    Topic("care", _("looking after each other"), (), ("enfant", "eleve", "pupil", "prive", "law")),
)
BY_KEY = {topic.key: topic for topic in TOPICS}
CHOICES = [(topic.key, topic.label) for topic in TOPICS]


def topics_of_rules(rules: Iterable[str]) -> list[str]:
    """The topics of what was missing, in the order of the rules."""
    found = (topic.key for rule in rules for topic in TOPICS if rule in topic.rules)
    return list(dict.fromkeys(found))


def topics_of_words(text: str) -> list[str]:
    said = set(bare_words(text).split())
    return [topic.key for topic in TOPICS if not said.isdisjoint(topic.words)]
