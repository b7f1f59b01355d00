"""Was this clear? One word a reader and page, and perhaps a sentence; editors alone read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from cms.models import Clarity

SALT = "envol.clarity"


@dataclass(frozen=True, slots=True)
class Tally:
    clear: int = 0
    not_yet: int = 0
    sentences: int = 0


def reader_of(request: HttpRequest, page: Page) -> str:
    """The same for one reader and page; between two pages nothing is in common."""
    if request.user.is_authenticated:
        who = f"user:{request.user.pk}"
    else:
        if not request.session.session_key:
            request.session.create()
        who = f"session:{request.session.session_key}"
    return salted_hmac(SALT, f"{who}:{page.pk}", algorithm="sha256").hexdigest()


def say_whether_clear(
    page: Page, *, reader: str, is_clear: bool, sentence: str = "", now: datetime
) -> Clarity:
    """A second word of the same reader replaces the first."""
    said, _made = Clarity.objects.update_or_create(
        page_id=page.pk,
        reader=reader,
        defaults={"is_clear": is_clear, "sentence": sentence, "said_at": now},
    )
    return said


def tallies(pages: Iterable[Page]) -> Mapping[int, Tally]:
    """By page, those of whom nobody said anything left out. One query."""
    rows = (
        Clarity.objects.filter(page__in=[page.pk for page in pages])
        .values("page_id")
        .annotate(
            clear=Count("pk", filter=Q(is_clear=True)),
            not_yet=Count("pk", filter=Q(is_clear=False)),
            sentences=Count("pk", filter=~Q(sentence="")),
        )
    )
    return {row["page_id"]: Tally(row["clear"], row["not_yet"], row["sentences"]) for row in rows}


def sentences_of(pages: Iterable[Page]) -> Mapping[int, Sequence[Clarity]]:
    """By page, newest first. One query."""
    said: dict[int, list[Clarity]] = {}
    rows = Clarity.objects.filter(page__in=[page.pk for page in pages]).exclude(sentence="")
    for one in rows.order_by("-said_at"):
        said.setdefault(one.page_id, []).append(one)
    return said
