"""What people see of a chat: questions, answers by question and by person, the transcript."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.screening import screen_posts
from community.consent import change_consent
from community.live.chat.reading import pages_of, read_chat
from community.models import ChatAnswer, ChatQuestion, Consent
from microblog.forgetting import forget_posts
from microblog.models import Post
from microblog.timeline.services import write_post
from tests.builders import NOON, a_connection, a_user, said
from tests.community.live.chatting import a_chat, ask_all

pytestmark = pytest.mark.django_db
DURING = NOON + timedelta(minutes=12)
LATER = NOON + timedelta(days=31)


@pytest.fixture
def chat():
    event = a_chat()
    ask_all(event)
    return event


def write(user, text: str, *, at=DURING) -> Post:
    post = write_post(user.accounts.get(), text=text, now=at)
    screen_posts(at)
    return post


def text_of(client, name: str, *args, query: str = "") -> str:
    response = client.get(reverse(f"live:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_answers_stand_under_their_question(chat, nia, tomas, practice, client):
    write(nia, "A1 Je suis Nia #TchatPhares")
    write(tomas, "A2 La mer est basse #TchatPhares", at=LATER)
    write(nia, "Bonsoir à vous #TchatPhares")
    page = text_of(client, "questions", "tchat")
    first, second, third = (page.index(f'id="q{number}"') for number in (1, 2, 3))
    assert first < page.index("Je suis Nia") < second < page.index("La mer est basse") < third
    assert "Also said: 1 post" in page or "Aussi dit" in page or "Bonsoir à vous" in page
    assert page.count("chip--sun") == 1, "the later one is marked"


def test_by_person(chat, nia, tomas, practice, client):
    write(nia, "A1 Je suis Nia #TchatPhares")
    write(tomas, "A1 Tomas, tuteur #TchatPhares", at=DURING + timedelta(minutes=1))
    write(nia, "A2 La mer est basse #TchatPhares", at=DURING + timedelta(minutes=2))
    page = text_of(client, "questions", "tchat", query="?by=person")
    assert page.count('class="chat-speaker"') == 2
    assert page.index("Je suis Nia") < page.index("La mer est basse") < page.index("Tomas, tuteur")


def test_my_questions_are_answered_or_still_open(chat, nia, practice, client):
    write(nia, "A1 Je suis Nia #TchatPhares")
    client.force_login(nia)
    context = client.get(reverse("live:questions", args=["tchat"])).context
    assert [part.is_answered for part in context["chat"].parts] == [True, False, False]
    assert [part.question.number for part in context["chat"].open_to_me] == [2, 3]
    page = text_of(client, "questions", "tchat")
    assert "A2+%0A%0A%23TchatPhares" in page
    for word in ("missing", "manque", "échec", "raté"):
        assert word not in page


def test_a_linked_server_opens_with_the_words_ready(chat, nia, client):
    social = a_connection()
    post = said("Bonjour", on=social, by="nia")
    nia.participant.links.create(account=post.author, proof="code")
    client.force_login(nia)
    page = text_of(client, "questions", "tchat")
    assert "https://social.example/share?text=A1+%0A%0A%23TchatPhares" in page


@pytest.mark.parametrize("name", ["questions", "transcript"])
def test_consent_and_deletion(chat, nia, tomas, practice, client, now, name):
    write(nia, "A1 Je suis Nia #TchatPhares")
    gone = write(tomas, "A1 Je retire cela #TchatPhares")
    assert "Je suis Nia" in text_of(client, name, "tchat")
    change_consent(nia.participant, Consent.COUNT, now=now)
    forget_posts(Post.objects.filter(pk=gone.pk), now=now)
    page = text_of(client, name, "tchat")
    for hidden in ("Je suis Nia", "Je retire cela", ">Nia<", "@nia", "@tomas"):
        assert hidden not in page
    assert ChatAnswer.objects.counted().count() == 1


def test_the_transcript_as_file(chat, nia, practice, client, now):
    write(nia, "A1 Je suis Nia\n\n#TchatPhares")
    write(nia, "A3 Demain, la marée #TchatPhares", at=LATER)
    file = client.get(reverse("live:transcript_file", args=["tchat", "json"]))
    told = json.loads(file.content)
    assert [question["number"] for question in told["questions"]] == [1, 2, 3]
    (answer,) = told["questions"][2]["answers"]
    assert answer["handle"] == "nia"
    assert answer["later"] is True
    text = client.get(reverse("live:transcript_file", args=["tchat", "txt"])).content.decode()
    assert text.index("Q1. Qui es-tu ?") < text.index("@nia: A1 Je suis Nia") < text.index("Q2.")
    change_consent(nia.participant, Consent.COUNT, now=now)
    file = client.get(reverse("live:transcript_file", args=["tchat", "json"]))
    assert "nia" not in file.content.decode().casefold()


def test_questions_share_a_page_of_the_transcript_as_long_as_there_is_room(
    chat, nia, practice, client
):
    """Of three questions, with two answers, one and none."""
    for text in ("A1 Un #TchatPhares", "A1 Deux #TchatPhares", "A2 Trois #TchatPhares"):
        write(nia, text)
    read = read_chat(chat, me=None, language="fr", with_practice=True)
    numbers = [
        [[part.question.number for part in page] for page in pages_of(read, most=most)]
        for most in (300, 2, 1)
    ]
    asked = [part.question.number for part in read.parts]
    sizes = [part.readable for part in read.parts]
    assert sum(sizes) == 3
    assert numbers[0] == [asked]
    assert [number for page in numbers[1] for number in page] == asked and len(numbers[1]) == 2
    assert [number for page in numbers[2] for number in page] == asked
    assert "pagination" not in text_of(client, "transcript", "tchat")


def test_a_question_that_is_still_to_come_is_a_secret(client, db):
    event = a_chat("Secret ?", starts_at=timezone.now() + timedelta(days=1))
    assert "Secret" not in text_of(client, "questions", event.slug)
    assert client.get(reverse("live:question", args=[event.slug, 1])).status_code == 404


def test_all_answers_to_one_question(chat, practice, client):
    for number in range(15):
        write(a_user(f"p{number}"), f"A1 mot {number} #TchatPhares")
    assert text_of(client, "questions", "tchat").count("<article") == 12
    assert reverse("live:question", args=["tchat", 1]) in text_of(client, "questions", "tchat")
    assert text_of(client, "question", "tchat", 1).count("<article") == 15


def test_only_chats_that_take_place_have_questions(chat, client):
    chat.state = "cancelled"
    chat.save()
    assert client.get(reverse("live:questions", args=["tchat"])).status_code == 404
    chat.state, chat.kind = "accepted", "live_tweet"
    chat.save()
    assert client.get(reverse("live:transcript", args=["tchat"])).status_code == 404


@pytest.mark.parametrize("name", ["questions", "transcript"])
def test_a_page_costs_the_same_with_many_answers(chat, nia, practice, client, count_queries, name):
    address = reverse(f"live:{name}", args=["tchat"])
    write(nia, "A1 Je suis Nia #TchatPhares")
    write(nia, "A2 La mer #TchatPhares")
    client.get(address)
    few = count_queries(lambda: client.get(address))
    for number in range(10):
        ChatQuestion.objects.create(event=chat, number=number + 4, text_fr="?", asked_at=NOON)
        write(a_user(f"p{number}"), f"A{1 + number} mot #TchatPhares")
    assert count_queries(lambda: client.get(address)) <= few


@pytest.mark.parametrize("query", ["?page=0", "?by=person&page=-1", "?by=person&page=9x", "?by="])
def test_odd_addresses_are_no_faults(chat, client, query):
    assert client.get(reverse("live:questions", args=["tchat"]) + query).status_code == 200


def test_transcripts_keep_the_answer_of_a_riddle_to_themselves(chat, nia, practice, client):
    post = write(nia, "A1 C'est un phare #TchatPhares")
    ways = [("transcript",), ("transcript_file", "txt"), ("transcript_file", "json")]
    for name, *form in ways:
        assert "un phare" in text_of(client, name, "tchat", *form)
    Post.objects.filter(pk=post.pk).update(veil=uuid4())
    for name, *form in ways:
        assert "un phare" not in text_of(client, name, "tchat", *form)
