"""Conducting a chat from the admin: who may, and what each button does."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from challenges.screening import screen_posts
from community.models import ChatAnswer, ChatQuestion, ChatRhythm
from microblog.models import OutboxPost
from microblog.timeline.services import write_post
from tests.community.live.chatting import a_chat

pytestmark = pytest.mark.django_db


@pytest.fixture
def chat():
    return a_chat(starts_at=timezone.now() - timedelta(minutes=2))


def post(client, name: str, chat, *args, **data) -> str:
    response = client.post(reverse(name, args=[chat.pk, *args]), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_the_organiser_conducts(chat, olga, practice, client):
    client.force_login(olga)
    page = client.get(reverse("chat_conduct", args=[chat.pk])).content.decode()
    assert "Qui es-tu ?" in page
    assert "#TchatPhares" in page
    post(client, "chat_ask", chat, 1)
    assert OutboxPost.objects.get().text.count("Q1")
    post(client, "chat_ask", chat, 2)
    assert ChatQuestion.objects.asked().count() == 1, "a minute between two"
    post(client, "chat_skip", chat, 2)
    assert ChatQuestion.objects.get(number=2).skipped_at
    post(client, "chat_take_up", chat, 2)
    assert ChatQuestion.objects.get(number=2).skipped_at is None
    post(client, "chat_pause", chat)
    assert ChatRhythm.objects.get().paused_at
    post(client, "chat_resume", chat)
    assert ChatRhythm.objects.get().paused_at is None
    post(client, "chat_interval", chat, interval=4)
    assert ChatRhythm.objects.get().interval == 4
    post(client, "chat_interval", chat, interval=0)
    assert ChatRhythm.objects.get().interval == 4


def test_a_doubt_becomes_an_answer(chat, olga, nia, practice, client):
    client.force_login(olga)
    post(client, "chat_ask", chat, 1)
    write_post(nia.accounts.get(), text="La mer #TchatPhares", now=timezone.now())
    screen_posts(timezone.now())
    doubt = ChatAnswer.objects.get(how="likely")
    assert "La mer" in client.get(reverse("chat_conduct", args=[chat.pk])).content.decode()
    post(client, "chat_confirm", chat, doubt.pk, question=chat.questions.get(number=2).pk)
    doubt.refresh_from_db()
    assert (doubt.how, doubt.question.number) == ("by_hand", 2)
    elsewhere = a_chat(slug="autre").questions.get(number=1)
    post(client, "chat_confirm", chat, doubt.pk, question=elsewhere.pk)
    doubt.refresh_from_db()
    assert doubt.question.number == 2


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("chat_ask", [1]),
        ("chat_skip", [1]),
        ("chat_take_up", [1]),
        ("chat_pause", []),
        ("chat_resume", []),
        ("chat_interval", []),
        ("chat_confirm", [1]),
    ],
)
def test_nobody_else_may(chat, tomas, practice, client, name, args):
    address = reverse(name, args=[chat.pk, *args])
    client.force_login(tomas)
    tomas.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert client.post(address, {"interval": 3}).status_code in (302, 403)
    assert client.get(address).status_code in (302, 403, 405)
    assert not OutboxPost.objects.exists()
    assert not ChatRhythm.objects.exclude(interval=10, paused_at=None).exists()


def test_the_permission_alone_is_enough(chat, tomas, practice, client):
    for codename in ("access_admin", "change_liveevent"):
        tomas.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(tomas)
    post(client, "chat_ask", chat, 1)
    assert OutboxPost.objects.count() == 1


def test_a_live_tweet_is_not_conducted(chat, olga, client):
    chat.kind = "live_tweet"
    chat.save()
    client.force_login(olga)
    address = reverse("chat_conduct", args=[chat.pk])
    assert client.get(address, follow=True).status_code == 404


def test_questions_are_written_in_the_events_editor(chat, olga, practice, client):
    client.force_login(olga)
    page = client.get(reverse("live_events:edit", args=[chat.pk])).content.decode()
    assert 'name="questions-0-text_fr"' in page
    assert (
        reverse("chat_conduct", args=[chat.pk])
        in client.get(reverse("live_events:list")).content.decode()
    )
