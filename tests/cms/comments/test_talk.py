"""A page is told of on the microblog; what answers it stands under the page, with consent."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from cms.comments.deciding import decide
from cms.comments.gathering import gather
from cms.comments.reading import count_comments, read_talk
from cms.comments.telling import open_talk, page_threads
from cms.models import ArticleIndexPage, ArticlePage, Comment, CommentSettings, PagePost, PageTalk
from community.consent import change_consent
from community.exporting import export_person
from community.models import Consent
from microblog.gateways.base import Visibility
from microblog.gateways.mastodon_values import Home, parse_post
from microblog.models import OutboxPost, Post, Sighting
from microblog.recording import record_posts
from microblog.timeline.writing import delete_post, edit_post, write_post
from microblog.waiting import piles_for
from tests.builders import NOON, a_connection, said
from tests.cms.contributing.building import a_house

pytestmark = pytest.mark.django_db
State = Comment.State
HOME = Home("s.example")
PAYLOADS = Path(__file__).parents[2] / "payloads"


@pytest.fixture
def page(db) -> ArticlePage:
    a_house()
    index = ArticleIndexPage.objects.get()
    page = ArticlePage(title="Une semaine", summary="Sept jours.", locale=index.locale)
    return index.add_child(instance=page)


def tell(page, olga, *connections) -> list[Post]:
    """Told for real; the posts are known, as the outbox leaves them."""
    open_talk(page, is_open=True, tell=True, by=olga, now=NOON)
    gather(NOON)
    posts = []
    for connection in connections:
        told = PagePost.objects.get(connection=connection)
        post = said(
            told.promise.text,
            on=connection,
            via=Sighting.Via.OWN,
            uri=f"{connection.account.uri}/page",
            remote_id=f"page-{connection.pk}",
        )
        Post.objects.filter(pk=post.pk).update(
            author=connection.account, network=connection.network
        )
        OutboxPost.objects.filter(pk=told.promise_id).update(post=post, said_at=NOON)
        posts.append(Post.objects.get(pk=post.pk))
    return posts


def answer(user, parent: Post, text: str = "Moi aussi !", **fields) -> Post:
    return write_post(user.accounts.get(), text=text, now=NOON, in_reply_to=parent, **fields)


def shown(page) -> list[str]:
    talk = read_talk(page, with_practice=True)
    return [post.text for post in talk.posts] if talk else []


def test_it_is_told_once_on_each_connection_with_its_name_and_address(page, olga, practice):
    a_connection(language="en")
    for _again in range(2):
        open_talk(page, is_open=True, tell=True, by=olga, now=NOON)
        gather(NOON)
    french, english = OutboxPost.objects.order_by("pk")
    assert "Une semaine" in french.text
    assert "https://envol.example/fr/articleindexpage/une-semaine/" in french.text
    assert french.text != english.text or french.language == english.language
    assert PagePost.objects.count() == 2


def test_a_published_page_tells_of_itself_where_the_site_wants_it(page, practice):
    settings = CommentSettings.for_site(page.get_site())
    settings.announce = CommentSettings.Announce.PUBLISHED
    settings.save()
    for _again in range(2):
        page.save_revision().publish()
        gather(NOON)
    assert OutboxPost.objects.count() == 1


def test_replies_here_are_shown_counted_or_neither_as_people_wish(page, olga, nia, tomas, practice):
    [root] = tell(page, olga, practice)
    first = answer(nia, root)
    answer(tomas, first, "Et moi !")
    answer(nia, root, "entre nous", visibility=Visibility.FOLLOWERS)
    gather(NOON)
    assert shown(page) == ["Moi aussi !", "Et moi !"], "the whole thread, nothing private"
    change_consent(tomas.participant, Consent.COUNT, now=NOON)
    talk = read_talk(page, with_practice=True)
    assert ([post.author.handle for post in talk.posts], talk.count, talk.others) == (["nia"], 2, 1)
    change_consent(tomas.participant, Consent.NOTHING, now=NOON)
    assert gather(NOON) == 0
    assert read_talk(page, with_practice=True).count == Comment.objects.count() == 1
    assert read_talk(page, with_practice=False).count == 0, "a closed timeline stays closed"
    [told] = export_person(nia.participant)["comments"]
    assert told["state"] == State.SHOWN


def test_edits_and_deletions_are_followed(page, olga, nia, practice):
    [root] = tell(page, olga, practice)
    post = answer(nia, root)
    gather(NOON)
    edit_post(post, text="Autrement dit", now=NOON)
    assert shown(page) == ["Autrement dit"]
    delete_post(post, now=NOON)
    assert (shown(page), read_talk(page, with_practice=True).count) == ([], 0)


def test_a_moderator_reads_before_everybody_does(page, olga, nia, practice):
    settings = CommentSettings.for_site(page.get_site())
    settings.show = CommentSettings.Show.AFTER
    settings.save()
    [root] = tell(page, olga, practice)
    post = answer(nia, root)
    gather(NOON)
    assert shown(page) == []
    assert {p.waiting.key: p.count for p in piles_for(olga, NOON)}["page_replies"] == 1
    decide([Comment.objects.get().pk], State.SHOWN, by=olga, now=NOON)
    assert shown(page) == ["Moi aussi !"]
    edit_post(post, text="Achetez !", now=NOON)
    gather(NOON)
    assert shown(page) == [], "other words are read again"


def test_a_recorded_thread_of_another_server_stands_under_the_page(page, olga):
    server = a_connection()
    [root] = tell(page, olga, server)
    assert list(page_threads()) == [(server.pk, f"page-{server.pk}")]
    context = json.loads(
        (PAYLOADS / "gotosocial" / "13_context_before_middle_deleted.json").read_text()
    )
    heard = [parse_post(status, HOME) for status in context["descendants"]]
    record_posts(server, heard, via=Sighting.Via.THREAD, now=NOON)
    posts = Post.objects.filter(uri__in=[post.uri for post in heard])
    posts.update(root=root)
    gather(NOON)
    talk = read_talk(page, with_practice=True)
    assert talk.count == len(heard) > 0
    assert talk.posts == [], "people who never agreed are counted, not shown"
    assert talk.elsewhere[0].post == root


def test_constant_queries_whatever_is_said(page, olga, nia, tomas, practice, count_queries):
    [root] = tell(page, olga, practice)
    for number in range(2):
        answer(nia, root, f"Un {number}")
    few = count_queries(lambda: gather(NOON))
    read_few = count_queries(lambda: shown(page))
    for number in range(12):
        answer(tomas, root, f"Deux {number}")
    assert count_queries(lambda: gather(NOON)) == few
    assert count_queries(lambda: shown(page)) == read_few
    assert count_queries(lambda: count_comments([page, page], with_practice=True)) == 1
    assert count_comments([page], with_practice=True) == {page.translation_key: 14}


def test_one_replies_from_here_once_and_the_page_says_it(page, olga, nia, practice, client):
    tell(page, olga, practice)
    address = reverse("replies:reply", args=[page.pk])
    assert client.post(address, {"text": "Bravo"}).status_code == 302
    client.force_login(nia)
    for _again in range(2):
        client.post(address, {"text": "Bravo", "number": "1" * 18})
    long = client.post(address, {"text": "Bravo, bravo ! " * 100})
    assert long.status_code == 422 and "Bravo, bravo !" in long.text, "words stay to be shortened"
    assert shown(page) == ["Bravo"]
    request = RequestFactory().get("/")
    request.user = nia
    html = Template("{% load comments %}{% talk page %}").render(
        Context({"request": request, "page": page})
    )
    assert "Bravo" in html and address in html
    PageTalk.objects.update(is_open=False)
    assert client.post(address, {"text": "Encore"}).status_code == 403


def test_the_desk_decides_about_many_at_once(page, olga, nia, practice, client):
    [root] = tell(page, olga, practice)
    for number in range(3):
        answer(nia, root, f"Un {number}")
    gather(NOON + timedelta(minutes=1))
    client.force_login(olga)
    desk = client.get("/admin/page-replies/?state=shown").content.decode()
    assert "Un 1" in desk and " checked" not in desk
    chosen = list(Comment.objects.values_list("pk", flat=True)[:2])
    for ticked, tone, left in (([], "warning", 3), (chosen, "success", 1)):
        answered = client.post(
            "/admin/page-replies/", {"comment": ticked, "to": "hidden"}, follow=True
        )
        [told] = answered.context["messages"]
        assert (told.level_tag, len(shown(page))) == (tone, left)
    assert "2 " in str(told)
    client.force_login(nia)
    assert client.post("/admin/page-replies/", {"comment": chosen, "to": "shown"}).status_code in (
        302,
        403,
    )
    assert len(shown(page)) == 1
