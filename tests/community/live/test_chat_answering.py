"""Answers to a chat's questions: during it, a month later, edited, taken back, by strangers."""

from datetime import timedelta

import pytest

from challenges.screening import screen_posts
from community.consent import change_consent
from community.exporting import export_person
from community.linking import merge_participants
from community.live.chat.answering import confirm_answer
from community.live.chat.asking import ask_due_questions
from community.models import ChatAnswer, Consent, LearningEvent, Participant
from microblog.delivering import deliver_due_posts
from microblog.forgetting import forget_posts
from microblog.gateways.base import Visibility
from microblog.models import OutboxPost, Post
from microblog.recording import record_posts
from microblog.timeline.services import write_post
from tests.builders import NOON, a_connection, heard_post, said
from tests.community.live.chatting import a_chat, ask_all

pytestmark = pytest.mark.django_db
How = ChatAnswer.How
Kind = LearningEvent.Kind
DURING = NOON + timedelta(minutes=12)
MONTH_LATER = NOON + timedelta(days=31)


@pytest.fixture
def social():
    return a_connection()


@pytest.fixture
def chat():
    """Two questions went out, the third is still to come."""
    event = a_chat()
    ask_all(event)
    event.questions.filter(number=3).update(asked_at=None)
    return event


def hear(text: str, *, on, at=DURING, **fields) -> Post:
    """Heard on a network, and screened."""
    post = said(text, on=on, at=at, now=at, **fields)
    screen_posts(at)
    post.refresh_from_db()
    return post


def write(user, text: str, *, at=DURING, **fields) -> Post:
    """On the practice timeline, and screened."""
    post = write_post(user.accounts.get(), text=text, now=at, **fields)
    screen_posts(at)
    return post


def answer_of(post: Post) -> tuple[int, str] | None:
    row = ChatAnswer.objects.filter(post=post).select_related("question").first()
    return (row.question.number, row.how) if row else None


def thanks() -> list[OutboxPost]:
    return list(OutboxPost.objects.filter(key__startswith="chat-thanks:"))


def test_somebody_answers_with_label_and_hashtag(chat, nia, practice):
    post = write(nia, "A1 Je suis Nia #TchatPhares")
    assert answer_of(post) == (1, How.NAMED)
    event = LearningEvent.objects.get(kind=Kind.CHAT_ANSWERED)
    assert event.participant == nia.participant
    assert event.subject == f"live:{chat.pk}"
    assert not ChatAnswer.objects.get().is_late
    assert thanks() == []


def test_without_a_label_it_is_perhaps_an_answer_to_the_last_question(chat, nia, practice):
    post = write(nia, "La mer est grise ici #TchatPhares")
    assert answer_of(post) == (2, How.LIKELY)
    assert not LearningEvent.objects.filter(kind=Kind.CHAT_ANSWERED).exists()
    assert answer_of(write(nia, "Bonsoir #TchatPhares", at=NOON - timedelta(hours=2))) is None
    assert answer_of(write(nia, "Encore #TchatPhares", at=MONTH_LATER)) is None


def test_in_the_thread_no_label_is_needed(social, rex):
    event = a_chat()
    ask_due_questions(NOON)
    OutboxPost.objects.update(said_version=1)
    question = said("Q1: Qui es-tu ? #TchatPhares", on=social, by="social-bot", at=NOON)
    event.questions.get(number=1).posts.get().promise.__class__.objects.update(post=question)
    direct = hear("Un gardien de phare", on=social, by="rex", parent_uri=question.uri)
    goes_on = hear("… retraité", on=social, by="rex", parent_uri=direct.uri)
    remark = hear("Quelle chance !", on=social, by="nia", parent_uri=direct.uri)
    quoting = hear("Moi, libraire", on=social, by="zoe", quote_uri=question.uri)
    assert answer_of(direct) == (1, How.THREAD)
    assert answer_of(goes_on) == (1, How.THREAD)
    assert answer_of(remark) == (1, How.LIKELY)
    assert answer_of(quoting) == (1, How.QUOTE)


def test_what_was_answered_before_we_knew_our_own_post_is_found_after_all(chat, practice, nia):
    event = a_chat(slug="autre", hashtag="Autre", starts_at=NOON + timedelta(hours=3))
    ask_due_questions(event.starts_at)
    deliver_due_posts(event.starts_at)
    own = event.questions.get(number=1).posts.get().promise.post
    post = write(nia, "Une libraire", at=event.starts_at, in_reply_to=own)
    assert answer_of(post) == (1, How.THREAD)


def test_a_stranger_is_counted_and_not_shown(chat, social):
    post = hear("A1 Je passais par là #TchatPhares", on=social, by="rex")
    assert answer_of(post) == (1, How.NAMED)
    person = Participant.objects.get(links__account=post.author)
    assert person.consent == Consent.COUNT
    assert ChatAnswer.objects.counted().count() == 1
    assert not ChatAnswer.objects.shown().exists()


def test_a_month_later_still_counts_and_is_welcomed_once(chat, nia, practice):
    first = write(nia, "A1 Je suis Nia #TchatPhares", at=MONTH_LATER)
    assert answer_of(first) == (1, How.NAMED)
    assert ChatAnswer.objects.get().is_late
    event = LearningEvent.objects.get(kind=Kind.CHAT_ANSWERED)
    assert "later" in event.tags
    write(nia, "A2 La mer aussi #TchatPhares", at=MONTH_LATER + timedelta(hours=1))
    (thank,) = thanks()
    assert thank.in_reply_to == first
    assert "@nia" in thank.text
    assert "Q1" in thank.text
    assert thank.visibility == Visibility.UNLISTED


def test_who_never_spoke_to_us_is_not_spoken_to(chat, social):
    hear("A1 Bonsoir #TchatPhares", on=social, by="rex", at=MONTH_LATER)
    assert ChatAnswer.objects.get().is_late
    assert thanks() == []


def test_who_refuses_bots_is_left_in_peace(chat, nia, practice):
    nia.accounts.update(refuses_bots=True)
    write(nia, "A1 Bonsoir #TchatPhares", at=MONTH_LATER)
    assert ChatAnswer.objects.exists()
    assert thanks() == []


def test_answering_twice_is_one_deed(chat, nia, practice):
    write(nia, "A1 Je suis Nia #TchatPhares")
    write(nia, "A1 et libraire #TchatPhares")
    assert ChatAnswer.objects.count() == 2
    assert LearningEvent.objects.filter(kind=Kind.CHAT_ANSWERED).count() == 1


def edit(social, post: Post, text: str) -> None:
    heard = heard_post(text, by="rex", uri=post.uri, at=post.said_at)
    record_posts(social, [heard], via="hashtag", now=NOON)
    screen_posts(NOON)


def test_an_edit_moves_an_answer_and_never_removes_it(chat, social):
    post = hear("A1 Un gardien #TchatPhares", on=social, by="rex")
    edit(social, post, "A2 Un gardien #TchatPhares")
    assert answer_of(post) == (2, How.NAMED)
    edit(social, post, "Un gardien, sans plus")
    assert answer_of(post) == (2, How.NAMED)


def test_an_edit_makes_a_doubt_an_answer(chat, social):
    post = hear("Grise #TchatPhares", on=social, by="rex")
    assert answer_of(post) == (2, How.LIKELY)
    edit(social, post, "A1 Grise #TchatPhares")
    assert answer_of(post) == (1, How.NAMED)
    assert LearningEvent.objects.filter(kind=Kind.CHAT_ANSWERED).count() == 1


def test_a_person_decides_and_no_edit_changes_it(chat, social):
    post = hear("Grise #TchatPhares", on=social, by="rex")
    confirm_answer(ChatAnswer.objects.get(), question=chat.questions.get(number=1))
    assert LearningEvent.objects.filter(kind=Kind.CHAT_ANSWERED).count() == 1
    edit(social, post, "A2 Grise #TchatPhares")
    assert answer_of(post) == (1, How.BY_HAND)


def test_a_deletion_takes_the_words_and_leaves_the_deed(chat, nia, practice, now):
    post = write(nia, "A1 Je suis Nia #TchatPhares")
    forget_posts(Post.objects.filter(pk=post.pk), now=now)
    screen_posts(now)
    assert ChatAnswer.objects.count() == 1
    assert not ChatAnswer.objects.readable().exists()
    assert LearningEvent.objects.filter(kind=Kind.CHAT_ANSWERED).exists()


@pytest.mark.parametrize("visibility", [Visibility.FOLLOWERS, Visibility.DIRECT])
def test_private_words_are_nobodys_business(chat, nia, practice, visibility):
    write(nia, "A1 Entre nous #TchatPhares", visibility=visibility)
    assert not ChatAnswer.objects.exists()


def test_who_wants_nothing_kept_is_not_kept(chat, nia, practice, now):
    write(nia, "A1 Je suis Nia #TchatPhares")
    change_consent(nia.participant, Consent.NOTHING, now=now)
    assert not ChatAnswer.objects.exists()
    write(nia, "A2 Encore moi #TchatPhares", at=DURING + timedelta(minutes=1))
    assert not ChatAnswer.objects.exists()


def test_two_who_are_one_keep_their_answers(chat, social, nia, practice):
    heard = hear("A1 Bonsoir #TchatPhares", on=social, by="rex")
    stranger = Participant.objects.get(links__account=heard.author)
    merge_participants(stranger, into=nia.participant)
    assert ChatAnswer.objects.shown().count() == 1
    exported = export_person(Participant.objects.get(user=nia))
    assert exported["chat_answers"] == [
        {"question": "Q1 Qui es-tu ?", "event": chat.title, "address": heard.url}
    ]


def test_weekly_chats_share_a_hashtag(nia, practice):
    first, second = a_chat(), a_chat(slug="suite", starts_at=NOON + timedelta(days=7))
    ask_all(first)
    ask_all(second)
    write(nia, "A1 à la première #TchatPhares", at=NOON + timedelta(days=2))
    write(nia, "A1 à la deuxième #TchatPhares", at=NOON + timedelta(days=8))
    assert first.questions.get(number=1).answers.count() == 1
    assert second.questions.get(number=1).answers.count() == 1


def test_accents_and_capitals_of_the_hashtag_do_not_matter(nia, practice):
    ask_all(a_chat(hashtag="DéfiMarée"))
    assert answer_of(write(nia, "A1 Je suis Nia #defimaree")) == (1, How.NAMED)


def test_the_bot_does_not_answer_itself(chat, practice):
    post = write_post(practice.account, text="A1 Moi #TchatPhares", now=DURING)
    screen_posts(DURING)
    assert answer_of(post) is None


def test_a_batch_costs_the_same_whatever_it_holds(chat, social, count_queries):
    def batch(size: int, start: int) -> int:
        for number in range(size):
            said(
                f"A{1 + number % 2} mot {number} #TchatPhares",
                on=social,
                by=f"p{start + number}",
                at=MONTH_LATER,
            )
        return count_queries(lambda: screen_posts(MONTH_LATER))

    few = batch(3, 0)
    assert batch(30, 100) <= few
    assert ChatAnswer.objects.count() == 33
