"""A live event's archive becomes an article, in a click."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.cache import caches
from wagtail.models import GroupPagePermission, Site

from cms.blocks import QuotedPostBlock
from cms.models import ContentPage, HomePage
from community.models import Help, LiveEvent, Participant
from microblog.models import TimelineSettings
from microblog.timeline.services import delete_post
from tests.builders import a_connection
from tests.community.live.telling import an_event, minute, somebody_shown, tells, writes
from tests.markup import faults_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    return an_event(
        description="Regarder le ciel ensemble.\nPuis <le> raconter.",
        recording_url="https://radio.example",
    )


@pytest.fixture
def draft(house, event, olga, client):
    """Olga clicks; the draft that the event leads to then."""

    def click() -> ContentPage:
        client.force_login(olga)
        answer = client.post(f"/fr/live/{event.slug}/article/")
        event.refresh_from_db()
        assert answer.status_code == 302
        assert answer["Location"].endswith(f"/pages/{event.article_id}/edit/")
        return event.article.specific

    return click


def read(client, page: ContentPage) -> str:
    page.save_revision().publish()
    return client.get(page.get_url()).content.decode()


def test_the_draft_tells_what_was_told(draft, event, nia, tomas, client):
    somebody_shown("rex")
    first = writes(nia, "Une étoile ? https://example.org/ciel #NuitEtoiles", at=5)
    reply = writes(tomas, "Oui, tu peux dire laquelle", at=6, to=first)
    tells("Saturne #NuitEtoiles", on=a_connection(), at=70, photos=["Ses anneaux"])
    Help.objects.create(
        reply=reply,
        helper=tomas.participant,
        helped=nia.participant,
        live_event=event,
        topic="live",
        confirmed_at=minute(9),
    )
    page = draft()
    assert not page.live
    assert page.locale.language_code == "fr"
    html = read(client, page)
    assert faults_of(html) == []
    said = ["Regarder le ciel", "Une étoile ?", "Oui, tu peux dire", "Saturne", "Ses anneaux"]
    places = [html.index(words) for words in said]
    assert places == sorted(places)
    for words in ("Photo", "https://radio.example", "https://example.org/ciel", "Tomas", "archive"):
        assert words in html


def test_a_second_click_leads_to_the_same_draft(draft):
    assert draft().pk == draft().pk
    assert ContentPage.objects.filter(title="La nuit des étoiles").count() == 1


def test_a_draft_that_was_thrown_away_can_be_made_anew(draft):
    draft().delete()
    assert draft().title == "La nuit des étoiles"


def test_what_is_taken_back_leaves_the_article_too(draft, nia, tomas, client):
    gone = writes(nia, "Un secret #NuitEtoiles", at=1)
    writes(tomas, "Mon nom #NuitEtoiles", at=2)
    page = draft()
    assert "Un secret" in read(client, page)
    delete_post(gone, now=minute(3))
    Participant.objects.filter(user=tomas).update(consent="count")
    html = read(client, page)
    assert "Un secret" not in html
    assert "Mon nom" not in html
    assert "Tomas" not in html


def test_reading_it_costs_the_same_however_much_it_quotes(draft, event, nia, client, count_queries):
    writes(nia, "Un #NuitEtoiles", at=1)
    page = draft()
    read(client, page)
    few = count_queries(lambda: client.get(page.get_url()))
    for number in range(5):
        writes(nia, f"Encore {number} #NuitEtoiles", at=number)
    LiveEvent.objects.update(article=None)
    more = draft()
    assert read(client, more).count("<article") > 5
    assert count_queries(lambda: client.get(more.get_url())) <= few


def test_the_editor_opens_with_the_draft(draft, nia, client):
    writes(nia, "Un #NuitEtoiles", at=1)
    page = draft()
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_an_editor_may_paste_the_address_of_a_posts_page(house):
    post = tells("Saturne", on=a_connection())
    block = QuotedPostBlock()
    cleaned = block.clean(block.to_python({"address": post.url}))
    assert cleaned["address"] == post.uri


def test_people_who_may_not_add_pages_may_not_make_articles(house, event, nia, tomas, client):
    for user in (nia, tomas):
        client.force_login(user)
        assert client.post(f"/fr/live/{event.slug}/article/").status_code == 403
        assert "/article/" not in client.get(f"/fr/live/{event.slug}/archive/").content.decode()
    assert client.get(f"/fr/live/{event.slug}/article/").status_code == 405
    event.refresh_from_db()
    assert event.article is None


def test_an_editor_without_any_other_right_may(house, event, nia, client):
    editors = Group.objects.create(name="Those who write")
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in ("add_page", "change_page"):
        right = Permission.objects.get(content_type__app_label="wagtailcore", codename=name)
        GroupPagePermission.objects.create(group=editors, page=house.home, permission=right)
    nia.groups.add(editors)
    client.force_login(nia)
    assert "/article/" in client.get(f"/fr/live/{event.slug}/archive/").content.decode()
    assert client.post(f"/fr/live/{event.slug}/article/").status_code == 302


def test_without_a_home_page_nothing_is_lost(event, olga, client):
    HomePage.objects.all().delete()
    client.force_login(olga)
    assert client.post(f"/fr/live/{event.slug}/article/").status_code in {302, 403}
    assert not ContentPage.objects.filter(title=event.title).exists()


def test_a_timeline_closed_to_strangers_is_closed_in_articles_too(draft, event, nia, client):
    caches[settings.NEAR_CACHE].clear()
    writes(nia, "Une étoile #NuitEtoiles", at=5)
    page = draft()
    client.logout()
    assert "Une étoile" in read(client, page)
    timeline = TimelineSettings.objects.get_or_create(site=Site.objects.get())[0]
    timeline.is_open = False
    timeline.save()
    caches[settings.NEAR_CACHE].clear()
    assert "Une étoile" not in read(client, page)
    client.force_login(nia)
    assert "Une étoile" in read(client, page)
