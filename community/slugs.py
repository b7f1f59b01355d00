"""Words as addresses say them."""

from django.utils.text import slugify

_SPELLED_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def slug_of(words: str) -> str:
    """ "Œuvres d’été" is "oeuvres-dete": letters that Unicode doesn't take apart are spelled out,
    where slugify alone would drop them. "" for a title in another script."""
    return slugify(words.casefold().translate(_SPELLED_OUT))
