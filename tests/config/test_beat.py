"""A broker that is away: nobody waits for it, and the log stays readable."""

import logging
import socket
from contextlib import suppress
from threading import Thread

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from config.beat import Scheduler
from config.celery import broker_options


def tick() -> None: ...


@pytest.fixture
def door():
    """Hangs up on everybody; `calls` is how often it was called."""

    class Door:
        calls = 0

    listener = socket.create_server(("127.0.0.1", 0))
    Door.address = "127.0.0.1:{1}".format(*listener.getsockname())

    def hang_up():
        with suppress(OSError):
            while True:
                caller = listener.accept()[0]
                Door.calls += 1
                caller.close()

    Thread(target=hang_up, daemon=True).start()
    yield Door
    listener.close()


@pytest.fixture
def clock(door, tmp_path):
    """Of an app of its own."""
    url = f"amqp://{door.address}//"
    app = Celery("clock", broker=url, set_as_current=False)
    app.conf.update(
        broker_transport_options=broker_options(url, tmp_path),
        beat_schedule={"tick": {"task": "clock.tick", "schedule": 5.0}},
        task_publish_retry=False,
    )
    app.task(tick, name="clock.tick")
    yield app
    app.close()


def test_a_bell_asks_a_broker_that_is_away_once(clock, door):
    with pytest.raises((OperationalError, OSError)):
        clock.tasks["clock.tick"].apply_async(retry=False)
    assert door.calls == 1


def test_an_outage_is_told_in_one_line_and_its_end_in_another(clock, caplog, tmp_path):
    hand = Scheduler(app=clock, schedule_filename=str(tmp_path / "schedule"))
    entry = hand.schedule["tick"]
    with caplog.at_level(logging.WARNING, logger="config.beat"):
        for _ in range(3):
            hand.apply_entry(entry)
        assert len(caplog.messages) == 1
        assert "The broker doesn't answer" in caplog.text
        with clock.connection_for_write("memory://", transport_options={}) as back:
            for _ in range(2):
                hand.apply_entry(entry, producer=clock.amqp.Producer(back))
    assert caplog.messages[1:] == ["The broker answers again."]
    hand.close()
