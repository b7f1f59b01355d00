import pytest

from microblog.gateways.base import Visibility
from microblog.timeline.conversations import DEEPEST, MOST_ANSWERS, Branch, read_conversation
from microblog.timeline.writing import delete_post, write_post


def outline(branches: list[Branch]) -> list:
    return [
        [branch.post.text, outline(branch.answers)] if branch.answers else branch.post.text
        for branch in branches
    ]


@pytest.fixture
def say(nia_account, now):
    def write(text, parent=None, by=nia_account, **fields):
        return write_post(by, text=text, in_reply_to=parent, now=now, **fields)

    return write


def test_a_thread_is_read_from_any_of_its_posts(say):
    root = say("root")
    a = say("a", root)
    b = say("b", root)
    aa = say("aa", a)

    whole = read_conversation(root, reader=None)
    middle = read_conversation(a, reader=None)
    end = read_conversation(aa, reader=None)

    assert outline(whole.answers) == [["a", ["aa"]], "b"]
    assert ([post.text for post in middle.above], outline(middle.answers)) == (["root"], ["aa"])
    assert [post.text for post in end.above] == ["root", "a"]
    assert read_conversation(b, reader=None).answers == []


def test_deep_answers_stand_below_each_other(say):
    post = root = say("root")
    for number in range(8):
        post = say(str(number), post)

    branches = read_conversation(root, reader=None).answers
    for _level in range(DEEPEST):
        (branch,) = branches
        branches = branch.answers
    assert [branch.post.text for branch in branches] == ["3", "4", "5", "6", "7"]


def test_a_deleted_post_keeps_its_place_only_where_it_was_answered(say, now):
    root = say("root")
    answered, alone = say("answered", root), say("alone", root)
    say("answer", answered)
    for post in (answered, alone):
        delete_post(post, now=now)

    assert outline(read_conversation(root, reader=None).answers) == [["", ["answer"]]]


def test_private_answers_are_for_those_whom_they_name(say, nia_account, tomas_account, bot):
    root = say("root")
    say("@nia quietly", root, by=bot, visibility=Visibility.DIRECT)

    assert outline(read_conversation(root, reader=nia_account).answers) == ["@nia quietly"]
    assert read_conversation(root, reader=tomas_account).answers == []
    assert read_conversation(root, reader=None).answers == []


def test_many_answers_come_page_by_page(say):
    root = say("root")
    for number in range(MOST_ANSWERS + 5):
        say(str(number), root)

    first = read_conversation(root, reader=None)
    second = read_conversation(root, reader=None, after=first.more_after)

    assert len(first.answers) == MOST_ANSWERS
    assert [branch.post.text for branch in second.answers] == ["60", "61", "62", "63", "64"]
    assert second.more_after is None


def test_a_long_thread_costs_no_more_queries(say, count_queries):
    post = root = say("root")
    few = count_queries(lambda: read_conversation(root, reader=None))
    for number in range(30):
        post = say(str(number), post)

    assert count_queries(lambda: read_conversation(root, reader=None)) == few <= 5
