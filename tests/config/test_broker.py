"""The embedded broker, with a reader that looks while a message is being written."""

from queue import Empty
from threading import Event, Thread

import pytest
from kombu import Connection

from config.celery import app, broker_options


@pytest.fixture
def channel(tmp_path):
    options = broker_options("filesystem://", tmp_path)
    with Connection("filesystem://", transport_options=options) as connection:
        yield connection.channel()


@pytest.fixture
def writer(tmp_path):
    """Another process's end of the same folder."""
    options = broker_options("filesystem://", tmp_path)
    with Connection("filesystem://", transport_options=options) as connection:
        yield connection.channel()


def test_the_worker_speaks_through_it():
    with app.connection_for_write("filesystem://") as connection:
        assert type(connection.transport).__module__ == "config.broker"


def test_messages_come_in_order_and_once(channel, writer):
    for number in range(3):
        writer._put("celery", {"number": number})
    assert [channel._get("celery")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_message_is_seen_whole_or_not_at_all(channel, writer):
    """So large that writing it takes a while; the reader never stops looking."""
    large, done, read = {"words": ["sea"] * 200_000}, Event(), []

    def write():
        for _ in range(5):
            writer._put("celery", large)
        done.set()

    thread = Thread(target=write)
    thread.start()
    while not done.is_set() or channel._size("celery"):
        if channel._size("celery"):
            read.append(channel._get("celery"))
    thread.join()
    assert [len(message["words"]) for message in read] == [200_000] * 5


def test_a_table_keeps_what_both_ends_bind(channel, writer):
    for end, queue in ((channel, "celery"), (writer, "replies")):
        end._queue_bind("all", "", "", queue)
        end._queue_bind("all", "", "", queue)
    assert sorted(row.queue for row in channel.get_table("all")) == ["celery", "replies"]
