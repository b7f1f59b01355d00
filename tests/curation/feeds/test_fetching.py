"""The step "fetch", from rows to rows, against a web that tells stories."""

from datetime import timedelta

import pytest
from django.db import connection

from curation.faults import TooSlow
from curation.feeds.fetching import (
    BATCH,
    HOST_PAUSE,
    IF_WE_DIE,
    LEASE,
    backlog,
    fetch_sources,
)
from curation.models import Entry, Find, Item, Source, SourceFetch
from tests.builders import NOON
from tests.curation.building import BLOG, a_source, rss

pytestmark = pytest.mark.django_db
FEED = f"{BLOG}/feed"
HOUR = timedelta(hours=1)


def read_again(source, *, after=timedelta(days=2)):
    """The source as it is after another reading, so much later."""
    Source.objects.filter(pk=source.pk).update(next_fetch_at=NOON)
    fetch_sources(NOON + after)
    source.refresh_from_db()
    return source


def test_a_first_reading_brings_items(web):
    source = a_source(language="fr", axis="with")
    web.says(FEED, rss(1, 2), etag='"1"', last_modified="Mon, 04 May 2026 10:00:00 GMT")
    assert backlog(NOON).count == 1
    assert fetch_sources(NOON) == 1
    source.refresh_from_db()
    assert (source.title, source.page_url) == ("A blog", f"{BLOG}/")
    assert (source.etag, source.last_modified) == ('"1"', "Mon, 04 May 2026 10:00:00 GMT")
    assert (source.fetched_at, source.changed_at, source.claimed_until) == (NOON, NOON, None)
    assert source.failures == 0 and source.next_fetch_at > NOON
    assert set(Item.objects.values_list("title", "language", "state")) == {
        ("Entry 1", "fr", "waiting"),
        ("Entry 2", "fr", "waiting"),
    }
    assert Entry.objects.count() == Find.objects.filter(source=source).count() == 2
    line = source.log.get()
    assert (line.outcome, line.new, line.status) == ("news", 2, 200)
    assert fetch_sources(NOON) == 0


def test_what_is_the_same_is_asked_for_less_and_less_often(web):
    source = a_source()
    web.says(FEED, rss(1), etag='"1"')
    fetch_sources(NOON)
    source.refresh_from_db()
    first = source.interval
    read_again(source)
    assert web.asked[-1].headers["if-none-match"] == '"1"'
    assert source.interval > first and source.log.first().outcome == "same"
    assert source.log.first().status == 304


def test_others_are_called_to_help_where_they_can(web, django_capture_on_commit_callbacks):
    """With parsing always; with rows alone where several may write at a time."""
    for number in range(BATCH):
        a_source(url := f"https://{number}.example/feed")
        web.says(url, rss(number), etag='"1"')

    def bells(now) -> int:
        Source.objects.update(next_fetch_at=now)
        with django_capture_on_commit_callbacks() as rung:
            assert fetch_sources(now) == BATCH
        return sum(getattr(bell, "args", ()) == ("fetch",) for bell in rung)

    assert bells(NOON) == 1
    can_many_write = connection.features.has_select_for_update_skip_locked
    assert bells(NOON + timedelta(days=2)) == (1 if can_many_write else 0)


def test_the_same_bytes_without_an_etag_are_not_read_again(web):
    source = a_source()
    web.says(FEED, rss(1))
    fetch_sources(NOON)
    Entry.objects.all().delete()  # reading them again would bring the entry back
    read_again(source)
    assert not Entry.objects.exists() and source.log.first().outcome == "same"


def test_a_changed_entry_changes_its_item(web):
    source = a_source()
    web.says(FEED, rss(1, 2))
    fetch_sources(NOON)
    web.says(FEED, rss(1, 2, 3).replace("Entry 1", "A better title"))
    read_again(source)
    line = source.log.first()
    assert (line.outcome, line.new, line.changed) == ("news", 1, 1)
    assert Item.objects.count() == 3 and Item.objects.filter(title="A better title").exists()


def test_ids_that_change_each_time_are_no_news_and_do_not_pile_up(web):
    source = a_source()
    for day in range(1, 4):
        web.says(FEED, rss(1, 2).replace("<guid>", f"<guid isPermaLink='false'>{day}-"))
        read_again(source, after=timedelta(days=day))
    line = source.log.first()
    assert (line.outcome, line.new, line.changed) == ("changed", 0, 2)
    assert Entry.objects.count() == Item.objects.count() == 2


def test_what_is_long_past_is_not_brought_up_again(web):
    a_source()
    web.says(FEED, rss(1, at=NOON - timedelta(days=90)).replace("</channel>", "") + "</channel>")
    fetch_sources(NOON)
    assert not Item.objects.exists()


def test_a_blog_of_a_member_credits_them(web, nia, tomas):
    theirs, silent = nia.participant, tomas.participant
    silent.consent = "nothing"
    silent.save()
    a_source(owner=theirs, publishing="itself")
    a_source("https://other.example/feed", owner=silent)
    web.says(FEED, rss(1))
    web.says("https://other.example/feed", rss(2))
    fetch_sources(NOON)
    assert Find.objects.get(item__title="Entry 1").finder == theirs
    assert Find.objects.get(item__title="Entry 2").finder is None
    assert Item.objects.get(title="Entry 1").state == "published"
    assert Item.objects.get(title="Entry 2").state == "waiting"


def test_categories_of_a_blog_are_no_topics_but_suggestions(web):
    a_source(publishing="itself")
    empty = ("Uncategorized", "Non classé", "2026/05", "mai 2026", "News", "À la une")
    words = "".join(f"<category>{one}</category>" for one in (*empty, "Classes de mer"))
    web.says(FEED, rss(1).replace("</item>", f"{words}</item>"))
    fetch_sources(NOON)
    item = Item.objects.get()
    assert (item.topics.count(), item.said_topics) == (0, ["Classes de mer"])


def test_one_failing_feed_stops_nobody(web):
    failing = a_source("https://down.example/feed")
    slow = a_source("https://slow.example/feed")
    page = a_source("https://page.example/feed")
    fine = a_source()
    web.fails("https://slow.example/feed", TooSlow("20 s"))
    web.says("https://page.example/feed", "<html><body>Hello</body></html>")
    web.says(FEED, rss(1))
    assert fetch_sources(NOON) == 4
    faults = dict(Source.objects.values_list("pk", "last_fault"))
    assert faults == {
        failing.pk: "unknown_name",
        slow.pk: "too_slow",
        page.pk: "not_a_feed",
        fine.pk: "",
    }
    assert Source.objects.failing().count() == 3


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://[half", "https://a..b/", ""])
def test_one_unusable_link_stops_no_other_entry_and_no_other_feed(web, link):
    broken, fine = a_source(), a_source("https://other.example/feed")
    web.says(FEED, rss(1, 2, 3).replace(f"{BLOG}/2<", f"{link}<"))
    web.says("https://other.example/feed", rss(4))
    fetch_sources(NOON)
    assert set(Item.objects.values_list("title", flat=True)) == {"Entry 1", "Entry 3", "Entry 4"}
    assert not Source.objects.failing().exists()
    assert (broken.log.get().new, fine.log.get().new) == (2, 1)


def test_what_fails_is_asked_more_and_more_seldom_until_it_is_back(web):
    source = a_source()
    web.says(FEED, "", status=500)
    pauses = []
    for day in range(4):
        now = NOON + timedelta(days=day)
        Source.objects.update(next_fetch_at=now)
        fetch_sources(now)
        source.refresh_from_db()
        pauses.append(source.next_fetch_at - now)
    assert pauses == sorted(pauses) and pauses[-1] > 6 * pauses[0]
    assert (source.failures, source.failing_since, source.last_fault) == (4, NOON, "status_500")
    web.says(FEED, rss(1))
    read_again(source, after=timedelta(days=9))
    assert (source.failures, source.failing_since, source.last_fault) == (0, None, "")


def test_what_is_gone_is_asked_no_more(web):
    source = a_source()
    web.says(FEED, "gone", status=410)
    fetch_sources(NOON)
    read_again(source)
    assert source.gone_at == NOON and len(web.asked) == 1


def test_a_server_that_is_busy_says_when(web):
    source = a_source()
    web.says(FEED, "", status=429, retry_after="36000")
    fetch_sources(NOON)
    source.refresh_from_db()
    assert source.next_fetch_at >= NOON + 10 * HOUR


def test_a_feed_that_moved_for_good_is_asked_there(web):
    source = a_source()
    web.moves(FEED, "https://new.example/feed", status=308)
    web.says("https://new.example/feed", rss(1))
    fetch_sources(NOON)
    source.refresh_from_db()
    assert (source.feed_url, source.moved_from) == ("https://new.example/feed", FEED)
    assert source.host == "new.example"


@pytest.mark.parametrize(
    ("onto", "is_theirs"),
    [("https://blog.example/atom", True), ("https://new.example/feed", False)],
)
def test_a_feed_that_moves_onto_another_source_gives_way(web, nia, onto, is_theirs):
    there = a_source(onto)
    source = a_source(owner=nia.participant)
    web.moves(FEED, onto)
    web.says(onto, rss(1))
    fetch_sources(NOON)
    source.refresh_from_db()
    there.refresh_from_db()
    assert (source.gone_at, source.last_fault) == (NOON, "moved_onto_known")
    assert (there.owner == nia.participant) is is_theirs
    assert there.gone_at is None


def test_a_redirect_for_now_moves_nothing(web):
    source = a_source()
    web.moves(FEED, "https://new.example/feed", status=302)
    web.says("https://new.example/feed", rss(1))
    fetch_sources(NOON)
    source.refresh_from_db()
    assert source.feed_url == FEED and Item.objects.count() == 1


def test_a_server_is_asked_for_few_feeds_at_a_time(web):
    for number in range(5):
        a_source(f"{BLOG}/{number}/feed")
    assert fetch_sources(NOON) == 2
    assert fetch_sources(NOON) == 0
    assert fetch_sources(NOON + HOST_PAUSE) == 2
    assert fetch_sources(NOON + 2 * HOST_PAUSE) == 1


def test_what_another_worker_holds_is_left_alone(web):
    a_source(claimed_until=NOON + LEASE)
    a_source("https://other.example/feed", paused_at=NOON)
    assert fetch_sources(NOON) == 0 and web.asked == []


class Killed(BaseException):
    pass


def test_killed_between_asking_and_keeping_nothing_is_lost(web):
    source = a_source()

    def die(_asked):
        raise Killed

    web.tells(FEED, die)
    with pytest.raises(Killed):
        fetch_sources(NOON)
    source.refresh_from_db()
    assert (source.claimed_until, source.failures) == (NOON + LEASE, 1)
    web.says(FEED, rss(1), etag='"1"')
    assert fetch_sources(NOON + LEASE) == 0
    assert fetch_sources(NOON + IF_WE_DIE) == 1
    assert Item.objects.count() == 1


def test_the_log_holds_the_last_readings(web):
    source = a_source()
    for day in range(SourceFetch.KEPT + 3):
        web.says(FEED, rss(day, at=NOON + timedelta(days=day)))
        read_again(source, after=timedelta(days=day))
    assert source.log.count() == SourceFetch.KEPT
    assert source.log.first().at == NOON + timedelta(days=SourceFetch.KEPT + 2)


@pytest.mark.parametrize("says", ["news", "same", "fault"])
def test_a_batch_takes_as_many_queries_whatever_its_size(web, count_queries, says):
    def batch(numbers):
        for number in numbers:
            url = f"https://{number}.example/feed"
            a_source(url, etag='"1"' if says == "same" else "")
            more = {"etag": '"1"'} if says == "same" else {}
            web.says(url, rss(number, number + 100), status=500 if says == "fault" else 200, **more)
        return count_queries(lambda: fetch_sources(NOON))

    assert batch(range(2)) == batch(range(10, 30))
