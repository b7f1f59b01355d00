"""What people may ask of the bot in a post: to be shown, only counted, or forgotten."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from community.consent import change_consent
from community.models import Consent, Participant
from community.moocs import bare_words
from microblog.models import Post

WISHES = {
    Consent.SHOW: ("show me", "montre moi", "tu peux me montrer"),
    Consent.COUNT: ("count only", "only count me", "compte seulement", "ne me montre pas"),
    Consent.NOTHING: ("forget me", "keep nothing", "oublie moi", "ne garde rien"),
}
_MENTION = re.compile(r"@[\w.@-]+")


def wish_of(text: str) -> Consent | None:
    """The wish that a post consists of, mentions apart; None for any other words."""
    said = bare_words(_MENTION.sub(" ", text))
    return next((wish for wish, phrases in WISHES.items() if said in phrases), None)


def hear_wishes(
    posts: Sequence[Post], people: Mapping[int, Participant], *, ours: set[int], now: datetime
) -> None:
    """Posts come with `mentions` prefetched; a wish is meant for us only if it mentions us."""
    for post in posts:
        wish, person = wish_of(post.text), people.get(post.author_id)
        if wish and person and any(mention.account_id in ours for mention in post.mentions.all()):
            change_consent(person, wish, now=now)
