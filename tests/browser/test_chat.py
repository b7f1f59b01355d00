"""A tweetchat in a real browser: the organiser asks, a newcomer answers, the transcript tells it;
and somebody who comes a month later is welcome."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.embarking import embark
from community.models import ChatQuestion, LiveEvent, User
from microblog.connecting import connect_practice
from microblog.models import OutboxPost
from tests.builders import a_user
from tests.community.live.chatting import a_chat
from tests.journeys import loop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chat(settings, live_server, olga):
    """Begun a minute ago; it rests, so that nothing is asked but by hand."""
    settings.BASE_URL = live_server.url
    connect_practice()
    event = a_chat(starts_at=timezone.now() - timedelta(minutes=1))
    ChatQuestion.objects.filter(event=event).update(by_hand=True)
    embark(a_user("nia").participant, now=timezone.now())
    embark(a_user("tomas").participant, now=timezone.now())
    return event


def sign_in(page: Page, name: str, to: str) -> None:
    page.goto(f"/fr/accounts/login/?next={to}")
    page.fill("[name=login]", name)
    page.fill("[name=password]", "envol-envol")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**{to}")


def answer(page: Page, number: int, words: str) -> None:
    page.locator(f"#q{number} a[href*='/timeline/write/']").click()
    box = page.locator("textarea[name=text]")
    label, hashtag = box.input_value().split(" ", 1)
    assert label == f"A{number}"
    box.fill(f"{label} {words} {hashtag}")
    page.locator(".composer button.btn--main").click()
    expect(page.locator("main")).to_contain_text(words)
    loop.drain(timezone.now())


def test_asked_answered_and_answered_later(chat, open_page, assert_accessible):
    organiser = open_page()
    sign_in(organiser, "olga", f"/admin/chats/{chat.pk}/")
    organiser.locator(f"form[action$='/chats/{chat.pk}/ask/1/'] button").first.click()
    expect(organiser.locator("main")).to_contain_text("Qui es-tu ?")
    loop.drain(timezone.now())
    assert OutboxPost.objects.get(kind=OutboxPost.Kind.CHAT).post_id

    questions = "/fr/live/tchat/questions/"
    newcomer = open_page(width=390)
    sign_in(newcomer, "nia", questions)
    assert_accessible(newcomer)
    answer(newcomer, 1, "Une libraire qui aime les phares")
    newcomer.goto("/fr/live/tchat/transcript/")
    expect(newcomer.locator("main")).to_contain_text("Une libraire qui aime les phares")
    assert_accessible(newcomer)

    month = timedelta(days=31)
    LiveEvent.objects.update(starts_at=chat.starts_at - month, ends_at=chat.ends_at - month)
    late = open_page(width=390, scripts=False)
    sign_in(late, "tomas", questions)
    answer(late, 1, "J'arrive bien tard")
    late.goto(questions)
    expect(late.locator("#q1 .chip--sun")).to_have_count(1)
    for address in (questions, f"{questions}?by=person", "/fr/live/tchat/replay/"):
        organiser.goto(address)
        assert_accessible(organiser)
    tomas = User.objects.get(username="tomas").participant
    assert OutboxPost.objects.filter(key=f"chat-thanks:{chat.pk}:{tomas.pk}").exists()
