"""What the house tells in the letter of the week."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.models import ArticlePage, PortraitPage
from curation.digest.composing import compose_due
from curation.models import Digest

pytestmark = pytest.mark.django_db


def test_new_pages_and_portraits_are_told(rooms, nia):
    now = timezone.now()
    for kind in (ArticlePage, PortraitPage):
        kind.objects.update(first_published_at=now - timedelta(days=8))
    compose_due(now)
    letters = Digest.objects.filter(language="fr").order_by("week")
    compose_due(now + timedelta(days=7))
    told = {one.section: one for letter in letters for one in letter.entries.all()}
    assert told["pages"].title == rooms.article.title
    assert told["people"].named == [nia.participant.pk]
