"""What somebody who mistyped may have meant: the nearest words of titles, terms and topics.

The words are read once and remembered; a page that is saved makes them read again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.core.cache import cache
from rapidfuzz import fuzz, process
from wagtail.models import Page

from cms.models import PageWords, PortraitPage, TermPage
from community.moocs import bare_words
from community.sites import open_to_all, within
from curation.models import ItemTopic

MOST_WORDS = 8_000
SHORTEST = 3
"""Letters of a word that may stand for another."""
NEAR = 74
"""Of 100: one letter wrong in four."""
REMEMBERED = 600  # seconds
_AGE = "envol:search:age"


def guess(query: str, *, site_id: int) -> str:
    """The query with each unknown word made the nearest known one, as titles write it; "" where
    nothing would change, or a word is near to none."""
    known = vocabulary(site_id)
    words = bare_words(query).split()[:8]
    found = [_nearest(word, known) for word in words]
    if not words or None in found:
        return ""
    meant = " ".join(word for word in found if word)
    return meant if bare_words(meant) != " ".join(words) else ""


def _nearest(word: str, known: Mapping[str, str]) -> str | None:
    if word in known:
        return known[word]
    if len(word) < SHORTEST:
        return word
    found = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return known[found[0]] if found else None


def vocabulary(site_id: int) -> Mapping[str, str]:
    """Bare word → the word as it is written most often. Three queries, then none for a while."""
    key = f"envol:search:words:{cache.get(_AGE, 0)}:{site_id}"
    known: dict[str, str] | None = cache.get(key)
    if known is None:
        known = _read(site_id)
        cache.set(key, known, REMEMBERED)
    return known


def forget_vocabulary() -> None:
    if cache.add(_AGE, 1):
        return
    cache.incr(_AGE)


def _read(site_id: int) -> dict[str, str]:
    shown = Page.objects.live().filter(open_to_all(), within(site_id)).values("pk")
    hidden = PortraitPage.objects.withdrawn().values("pk")
    pages = PageWords.objects.filter(page__in=shown).exclude(page__in=hidden)
    terms = TermPage.objects.filter(pk__in=shown)
    topics = ItemTopic.objects.filter(site=site_id, shown_at__isnull=False)
    texts = [
        *pages.values_list("title", flat=True)[:MOST_WORDS],
        *terms.values_list("variants", flat=True)[:MOST_WORDS],
        *topics.values_list("tag__name", flat=True).distinct()[:MOST_WORDS],
    ]
    return _spellings(texts)


def _spellings(texts: Iterable[str]) -> dict[str, str]:
    """The rarest first, so that the most usual spelling of a word is the one that stays."""
    said = Counter(
        word.strip(".,;:!?«»“”\"'’()[]#") for text in texts for word in _words(text)
    ).most_common(MOST_WORDS)
    return {
        bare: word.lower()
        for word, _times in reversed(said)
        if len(bare := bare_words(word)) >= SHORTEST and " " not in bare
    }


def _words(text: str) -> Iterable[str]:
    for apostrophe in "'’-–/":
        text = text.replace(apostrophe, " ")
    return text.split()
