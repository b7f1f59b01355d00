"""A member's own blog, and the desk of sources: who may what, and what they see."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override

from cms.roles import set_roles
from curation.faults import explain
from curation.feeds.lists_desk import MOST_AT_ONCE
from curation.models import Source, SourceFetch
from microblog.waiting import piles_for
from tests.builders import NOON
from tests.curation.building import BLOG, a_source, rss

pytestmark = pytest.mark.django_db
MY_BLOG = "/en/curation/my-blog/"
DESK = "/admin/sources/"


@pytest.fixture
def editor(tomas):
    set_roles()
    tomas.groups.add(Group.objects.get(name="Editors"))
    return tomas


def test_a_member_adds_their_blog(client, nia, web):
    client.force_login(nia)
    assert client.get(reverse("community:settings")).content.decode().count("my-blog/") == 1
    web.says(f"{BLOG}/feed", rss(1))
    answer = client.post(MY_BLOG, {"address": f"{BLOG}/feed", "language": "fr"}, follow=True)
    source = Source.objects.get()
    assert (source.owner, source.added_by, source.language) == (nia.participant, nia, "fr")
    assert source.publishing == "review" and "A blog" in answer.content.decode()
    client.post(MY_BLOG, {"address": f"{BLOG}/feed"})
    assert Source.objects.count() == 1


def test_who_has_several_feeds_chooses(client, nia, web):
    client.force_login(nia)
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{name}">' for name in "ab"
    )
    web.says(f"{BLOG}/", f"<title>x</title>{links}")
    web.says(f"{BLOG}/a", rss(1, title="First"))
    web.says(f"{BLOG}/b", rss(1, title="Second"))
    page = client.post(MY_BLOG, {"address": f"{BLOG}/"}).content.decode()
    assert "First" in page and "Second" in page and not Source.objects.exists()
    client.post(MY_BLOG, {"address": f"{BLOG}/b"})
    assert Source.objects.get().title == "Second"


def test_what_went_wrong_is_said_in_words(client, nia, web):
    client.force_login(nia)
    page = client.post(MY_BLOG, {"address": "https://nobody.example/"}).content.decode()
    assert "The name of the server isn&#x27;t found." in page
    page = client.post(MY_BLOG, {"address": "my blog"}).content.decode()
    assert "https://blog.example.org" in page


def test_nobody_touches_the_blog_of_another(client, nia, tomas):
    source = a_source(owner=tomas.participant)
    assert client.get(MY_BLOG).status_code == 302
    client.force_login(nia)
    for action in ("pause", "resume", "remove"):
        assert client.post(f"{MY_BLOG}{source.pk}/{action}/").status_code == 404
    client.force_login(tomas)
    client.post(f"{MY_BLOG}{source.pk}/pause/")
    assert Source.objects.get().paused_at
    client.post(f"{MY_BLOG}{source.pk}/resume/")
    assert Source.objects.get().paused_at is None
    client.post(f"{MY_BLOG}{source.pk}/remove/")
    assert not Source.objects.exists()


def test_the_desk_is_for_those_who_may(client, nia, editor):
    source = a_source(title="Somebody's")
    addresses = ["", "add/", "bring/", "sources.opml", f"{source.pk}/"]
    client.force_login(nia)
    for address in addresses:
        assert client.get(DESK + address).status_code in (302, 403)
    for action in ("pause", "resume", "read", "remove"):
        assert client.post(f"{DESK}{source.pk}/{action}/").status_code in (302, 403)
    assert Source.objects.get().paused_at is None
    client.force_login(editor)
    for address in addresses:
        assert client.get(DESK + address).status_code == 200


def test_an_editor_adds_and_tends_a_source(client, editor, web):
    client.force_login(editor)
    web.says(f"{BLOG}/feed", rss(1))
    chosen = {"address": f"{BLOG}/feed", "axis": "with", "publishing": "itself", "language": ""}
    client.post(f"{DESK}add/", chosen)
    source = Source.objects.get()
    assert (source.axis, source.publishing, source.owner) == ("with", "itself", None)
    client.post(f"{DESK}{source.pk}/pause/")
    assert Source.objects.get().paused_at
    client.post(f"{DESK}{source.pk}/resume/")
    Source.objects.update(next_fetch_at=NOON.replace(year=2099))
    client.post(f"{DESK}{source.pk}/read/")
    assert Source.objects.get().next_fetch_at <= timezone.now()
    client.post(f"{DESK}{source.pk}/", {"title": "Better", "publishing": "review"})
    assert Source.objects.get().title == "Better"
    client.post(f"{DESK}{source.pk}/remove/")
    assert not Source.objects.exists()


def test_the_desk_says_how_it_goes_in_as_many_queries(client, editor, count_queries):
    client.force_login(editor)
    a_source(failing_since=NOON, failures=1, last_fault="status_404", fetched_at=NOON)
    client.get(DESK)
    before = count_queries(lambda: client.get(DESK))
    for number in range(5):
        a_source(f"https://{number}.example/feed", gone_at=NOON, last_fault="status_410")
    assert count_queries(lambda: client.get(DESK)) == before
    page = client.get(f"{DESK}?state=troubled").content.decode()
    with override("fr"):
        assert escape(explain("status_404")) in page and escape(explain("status_410")) in page
    assert "5.example" not in client.get(f"{DESK}?q=1.example").content.decode()


def test_the_log_of_a_source_is_shown(client, editor):
    client.force_login(editor)
    source = a_source()
    SourceFetch.objects.create(
        source=source, slot=1, at=NOON, outcome="fault", fault="too_slow", status=0
    )
    page = client.get(f"{DESK}{source.pk}/").content.decode()
    with override("fr"):
        assert escape(explain("too_slow")) in page


def test_what_fails_waits_for_an_editor(editor, nia):
    a_source(failing_since=NOON, failures=3)
    a_source("https://b.example/feed", failing_since=NOON, failures=1)
    [pile] = [pile for pile in piles_for(editor, NOON) if pile.waiting.key == "sources"]
    assert (pile.count, pile.oldest) == (1, NOON)
    assert not [pile for pile in piles_for(nia, NOON) if pile.waiting.key == "sources"]


def test_a_long_list_is_brought_in_parts_and_sloppy_ands_lose_nothing(client, editor):
    client.force_login(editor)
    number = MOST_AT_ONCE + 2
    opml = "".join(
        f'<outline type="rss" xmlUrl="https://a.example/?a=1&b={n}"/>' for n in range(number)
    )
    for expected in (MOST_AT_ONCE, 2):
        file = SimpleUploadedFile("list.opml", f"<opml><body>{opml}</body></opml>".encode())
        told = client.post(f"{DESK}bring/", {"file": file}).context
        assert len(told["new"]) == expected and told["more"] == number - MOST_AT_ONCE
        number = MOST_AT_ONCE
        urls = [line.url for line in told["new"]]
        client.post(f"{DESK}bring/keep/", {"list": told["list"], "url": urls})
    assert Source.objects.filter(feed_url="https://a.example/?a=1&b=501").exists()


def test_a_list_is_looked_at_before_it_counts(client, editor):
    client.force_login(editor)
    a_source("https://known.example/feed")
    opml = "".join(
        f'<outline type="rss" text="{name}" xmlUrl="https://{name}.example/feed"/>'
        for name in ("known", "wanted", "unwanted")
    )
    file = SimpleUploadedFile("list.opml", f"<opml><body>{opml}</body></opml>".encode())
    wishes = {"language": "fr", "axis": "work", "publishing": "itself"}
    answer = client.post(f"{DESK}bring/", {"file": file, **wishes})
    assert [line.title for line in answer.context["new"]] == ["wanted", "unwanted"]
    assert Source.objects.count() == 1
    chosen = {
        "list": answer.context["list"],
        "url": ["https://wanted.example/feed", "https://smuggled.example/feed"],
    }
    client.post(f"{DESK}bring/keep/", chosen)
    assert set(Source.objects.values_list("host", flat=True)) == {"known.example", "wanted.example"}
    followed = Source.objects.filter(host="wanted.example")
    assert followed.values("language", "axis", "publishing").get() == wishes
    client.post(f"{DESK}bring/keep/", {"list": "forged", "url": "https://a.example/"})
    assert Source.objects.count() == 2
    assert b"https://wanted.example/feed" in client.get(f"{DESK}sources.opml").content
