"""What was promised about a page and isn't said yet follows the page: new words for a new title or
for an author who is named no more, silence once nobody may read it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from cms.comments.telling import open_editions, words_about
from cms.models import PagePost, PageTalk
from community.moocs import Moocs
from microblog.models import OutboxPost
from microblog.promising import enqueue_posts

MOST = 500
"""The oldest unsaid; a server that sleeps for long may leave so many."""


def put_right(now: datetime) -> int:
    """Returns how many promises changed, in constant queries."""
    unsaid = list(_unsaid(now)[:MOST])
    if not unsaid:
        return 0
    editions, moocs = open_editions({told.talk.page_key for told in unsaid}), Moocs.read()
    closed = [told for told in unsaid if told.talk.page_key not in editions]
    reworded = []
    for told in unsaid:
        if pages := editions.get(told.talk.page_key):
            mooc = moocs.of_site(told.talk.site_id)
            text, language = words_about(pages, told.connection, mooc)
            if text != told.promise.text:
                reworded.append(_in_words(told.promise, text, language))
    return _take_back(closed, now) + enqueue_posts(reworded)


def _unsaid(now: datetime) -> QuerySet[PagePost]:
    """In no mouth right now."""
    free = Q(promise__claimed_until=None) | Q(promise__claimed_until__lte=now)
    waiting = PagePost.objects.filter(free, promise__said_version=0, promise__given_up_at=None)
    return waiting.select_related("talk", "connection", "promise").order_by("pk")


def _in_words(promise: OutboxPost, text: str, language: str) -> OutboxPost:
    return OutboxPost(
        key=promise.key,
        kind=promise.kind,
        connection_id=promise.connection_id,
        text=text,
        language=language,
        due_at=promise.due_at,
        useless_from=promise.useless_from,
    )


@transaction.atomic
def _take_back(closed: Sequence[PagePost], now: datetime) -> int:
    """Once the page is open again, it is told of in its words of then."""
    if not closed:
        return 0
    free = _unsaid(now).filter(pk__in=[told.pk for told in closed]).values("promise")
    unsaid = OutboxPost.objects.filter(pk__in=free, said_version=0)
    silenced = unsaid.update(given_up_at=now, error="the page is open to nobody")
    PageTalk.objects.filter(pk__in=[told.talk_id for told in closed]).update(told_at=None)
    return silenced
