"""A queue launches the challenges of its own MOOC, and brings back none of another one's."""

from datetime import timedelta

import pytest

from challenges.bank.choosing import may_come_back
from challenges.bank.public import coming_rounds
from challenges.bank.queueing import may_wait
from challenges.launching import launch_challenge, promise_launches
from microblog.models import OutboxPost
from tests.challenges.bank.building import TEN, a_queue, run

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def test_what_waits_is_said_where_its_mooc_speaks(two, now):
    a_queue("Baleine", two.b.challenge("Marée"), site=two.b.site)
    run(TEN)
    promise_launches(TEN)
    assert OutboxPost.objects.get().connection == two.b.connection


def test_only_its_own_challenges_wait_or_come_back(two, now):
    pages = {"a": two.a.challenge("Houle"), "b": two.b.challenge("Marée")}
    queue = a_queue("Baleine", site=two.b.site, recycles=True)
    assert [one.title for one in may_wait(queue)] == ["Marée"]
    for page in pages.values():
        launch_challenge(page, by=None, now=now - YEAR)
    promise_launches(now - YEAR)
    assert [one.challenge.title for one in may_come_back(queue, now)] == ["Marée"]


def test_what_comes_is_told_to_its_own_readers(two, now):
    a_queue("Baleine", two.b.challenge("Marée"), site=two.b.site)
    a_queue("Aube", two.a.challenge("Houle"), site=two.a.site)
    until = now + timedelta(days=1)
    for mooc, name in ((two.a, "Aube"), (two.b, "Baleine")):
        found = coming_rounds(now=now, until=until, site_id=mooc.site.pk)
        assert [one.queue for one in found] == [name]
