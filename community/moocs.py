"""The MOOCs of this installation, one per Wagtail site."""

import re
import unicodedata
from collections.abc import Iterable

from community.models import MoocSettings
from microblog.hashtags import normalised, written


def mooc_hashtags() -> Iterable[str]:
    """The hashtags of every MOOC here, normalised."""
    fields = list(MoocSettings.objects.values_list("hashtags", flat=True))
    return normalised(fields or [MoocSettings().hashtags])


def first_hashtag(mooc: MoocSettings) -> str:
    """The hashtag that the bot says, in its own spelling; "" if there is none."""
    return next(iter(written(mooc.hashtags)), "")


def says_embark(text: str, mooc: MoocSettings) -> bool:
    """Whether a post says one of the MOOC's words for coming aboard, whatever its accents and
    apostrophes."""
    said = f" {bare_words(text)} "
    wanted = (bare_words(line) for line in mooc.embark_phrases.splitlines())
    return any(f" {phrase} " in said for phrase in wanted if phrase)


def bare_words(text: str) -> str:
    """Words alone, without accents or case, a space between any two."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", letters))
