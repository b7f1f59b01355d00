"""What counts, what doesn't, and what a batch costs."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from community.consent import change_consent, delete_person
from community.figures.marking import recount_helps
from community.figures.tallying import backlog, tally
from community.linking import merge_participants
from community.mentoring import mentor
from community.models import (
    Consent,
    CountedPerson,
    CountedPost,
    DailyTally,
    Exchange,
    FiguresMark,
    Help,
    Presence,
)
from community.people import participants_of
from community.tutoring.deciding import confirm_help, undo_help
from microblog.forgetting import forget_posts
from microblog.models import Post
from tests.builders import NOON, a_connection, said
from tests.community.figures.building import (
    a_person,
    an_account,
    behind,
    count_all,
    say,
    snapshot,
    total,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return a_person("ana")


@pytest.fixture
def ben(db):
    return a_person("ben")


def talk(one, other, *, posts: int) -> list[Post]:
    """In turn, each answering the post before."""
    said_so_far: list[Post] = []
    for number in range(posts):
        to = said_so_far[-1] if said_so_far else None
        said_so_far.append(say(other if number % 2 else one, to=to))
    return said_so_far


@pytest.mark.parametrize(
    ("posts", "answers", "conversations"),
    [(1, 0, 0), (2, 1, 0), (3, 2, 1), (4, 3, 1), (9, 8, 1)],
)
def test_a_conversation_is_three_posts_and_stays_one(ana, ben, posts, answers, conversations):
    talk(ana, ben, posts=posts)
    count_all()
    assert (total("posts"), total("answers")) == (posts, answers)
    assert total("conversations") == conversations


def test_talking_to_oneself_answers_nobody(ana):
    say(ana, to=say(ana))
    count_all()
    assert total("answers") == 0
    assert not Exchange.objects.exists()


@pytest.mark.parametrize(
    ("consent", "counts"), [(Consent.SHOW, 1), (Consent.COUNT, 1), (Consent.NOTHING, 0)]
)
def test_consent_decides_who_is_counted(consent, counts):
    say(a_person("ana", consent=consent))
    count_all()
    assert total("posts") == total("newcomers") == counts
    assert CountedPost.objects.count() == CountedPerson.objects.count() == counts


@pytest.mark.parametrize("consent", list(Consent))
def test_a_choice_made_later_counts_at_once(ana, ben, consent):
    talk(ana, ben, posts=3)
    count_all()
    change_consent(behind(ana), consent, now=NOON)
    count_all()
    kept = consent != Consent.NOTHING
    assert total("posts") == (3 if kept else 1)
    assert Exchange.objects.count() == (2 if kept else 0)
    assert Presence.objects.filter(person=behind(ana)).exists() == kept


def test_whoever_asks_to_be_forgotten_and_returns_counts_again(ana):
    say(ana)
    change_consent(behind(ana), Consent.NOTHING, now=NOON)
    count_all()
    change_consent(behind(ana), Consent.COUNT, now=NOON)
    count_all()
    assert total("posts") == 1


def test_machines_our_own_voice_and_private_words_dont_count(ana):
    us = a_connection().account
    machine = a_person("machine", is_bot=True)
    for author, more in ((us, {}), (machine, {}), (ana, {"visibility": "direct"})):
        say(author, **more)
    answer = say(ana, to=say(us))
    count_all()
    assert list(CountedPost.objects.values_list("post", "answers")) == [(answer.pk, None)]


def test_strangers_count_once_they_take_part(ana):
    stranger = an_account("rex")
    say(ana, to=say(stranger))
    count_all()
    assert (total("posts"), total("answers")) == (1, 0)
    participants_of([stranger])
    count_all()
    assert (total("posts"), total("answers")) == (2, 1)


def test_what_is_taken_back_stops_counting_and_so_does_what_hung_on_it(ana, ben):
    first, _second, _third = talk(ana, ben, posts=3)
    count_all()
    forget_posts(Post.objects.filter(pk=first.pk), now=NOON)
    count_all()
    assert (total("posts"), total("answers"), total("conversations")) == (2, 1, 0)
    forget_posts(Post.objects.all(), now=NOON)
    count_all()
    assert set(map(len, snapshot().values())) == {0}


def test_two_who_are_one_didnt_answer_each_other(ana, ben):
    talk(ana, ben, posts=3)
    count_all()
    merge_participants(behind(ben), into=behind(ana))
    count_all()
    assert total("posts") == 3
    assert total("answers") == total("conversations") == 0
    assert total("newcomers") == 1


def test_a_person_who_is_deleted_leaves_nothing(nia, ana):
    say(ana, to=say(nia.accounts.get()))
    count_all()
    delete_person(nia, now=NOON)
    count_all()
    assert total("posts") == total("newcomers") == 1
    assert not Exchange.objects.exists()


def test_an_answer_that_was_heard_before_its_question(ana):
    social = a_connection()
    question_uri = "https://social.example/users/nia/statuses/7"
    answer = said("Oui", on=social, by="tomas", parent_uri=question_uri)
    participants_of([answer.author])
    count_all()
    question = said("Qui ?", on=social, by="nia", uri=question_uri, remote_id="7")
    participants_of([question.author])
    count_all()
    assert total("answers") == 1
    assert CountedPerson.objects.get(person=behind(question.author)).answered_at == answer.said_at


def test_a_help_counts_when_it_is_confirmed_and_until_it_is_undone(ana, ben):
    _question, reply = talk(ana, ben, posts=2)
    deed = Help.objects.create(reply=reply, helper=behind(ben), helped=behind(ana))
    count_all()
    assert total("helps") == 0
    helps = Help.objects.filter(pk=deed.pk)
    for change, counts in (({"confirmed_at": NOON}, 1), ({"undone_at": NOON}, 0)):
        helps.update(**change)
        recount_helps(helps)
        count_all()
        assert total("helps") == counts
        assert Presence.objects.filter(part="was_helped").exists() == bool(counts)


def test_an_organisers_word_on_a_help_is_counted(ana, ben, olga):
    _question, reply = talk(ana, ben, posts=2)
    deed = Help.objects.create(reply=reply, helper=behind(ben), helped=behind(ana))
    count_all()
    confirm_help(deed, by=olga, now=NOON)
    count_all()
    assert total("helps") == 1
    undo_help(deed, by=olga, now=NOON)
    count_all()
    assert total("helps") == 0


def test_a_help_that_is_credited_is_counted(ana, ben):
    _question, reply = talk(ana, ben, posts=2)
    Help.objects.create(reply=reply, helper=behind(ben), helped=behind(ana))
    count_all()
    Help.objects.update(confirmed_at=NOON)
    mentor(NOON)
    count_all()
    assert total("helps") == 1


def test_waits_and_returns_are_those_of_the_first_post(ana, ben):
    first = say(ana, at=NOON)
    say(ben, to=first, at=NOON + timedelta(minutes=14))
    say(ana, at=NOON + timedelta(days=8))
    count_all()
    assert CountedPerson.objects.get(person=behind(ana)).answered_at == NOON + timedelta(minutes=14)
    assert (total("newcomers"), total("answered")) == (2, 1)
    assert (total("back_7"), total("back_30")) == (1, 0)


def test_languages_are_told_apart_without_their_regions(ana):
    for language in ("fr", "fr-BE", "en", ""):
        say(ana, language=language)
    count_all()
    assert {language: total("posts", language=language) for language in ("fr", "en", "")} == {
        "fr": 2,
        "en": 1,
        "": 1,
    }


def test_counting_twice_changes_nothing(ana, ben):
    talk(ana, ben, posts=5)
    assert backlog(NOON).count == 5
    count_all()
    counted = snapshot()
    assert tally(NOON) == 0
    Post.objects.update(tallied_fingerprint="")
    count_all()
    assert snapshot() == counted
    assert backlog(NOON).count == 0


class Killed(Exception):
    pass


def test_a_worker_that_dies_leaves_nothing_half_counted(ana, ben):
    talk(ana, ben, posts=4)
    with pytest.raises(Killed), transaction.atomic():
        tally(NOON)
        raise Killed
    assert not DailyTally.objects.exists()
    count_all()
    assert total("posts") == 4


def test_a_batch_costs_the_same_however_large_and_whatever_was_said(count_queries):
    people = [a_person(f"p{number}") for number in range(12)]

    def said_and_counted(posts: int) -> int:
        for number in range(posts // 3):
            talk(people[number % 12], people[(number + 1) % 12], posts=3)
        return count_queries(lambda: tally(NOON))

    said_and_counted(36)
    few = said_and_counted(9)
    many = said_and_counted(90)
    after = said_and_counted(9)
    assert few == many == after
    assert few < 40


def test_only_who_moved_a_figure_makes_the_drawing_old(ana):
    say(ana)
    tally(NOON)
    later = NOON + timedelta(hours=1)
    Post.objects.update(tallied_fingerprint="")
    tally(later)
    assert FiguresMark.objects.get().moved_at == NOON


def test_the_command_counts_again(ana, ben, capsys):
    talk(ana, ben, posts=3)
    count_all()
    counted = snapshot()
    DailyTally.objects.update(value=99)
    call_command("rebuild_figures")
    assert "3 posts counted" in capsys.readouterr().out
    assert snapshot() == counted
