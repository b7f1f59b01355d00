"""The alarm clock. Rows are the queue: a lost message costs a minute, never a fact.

The beat table below reads as the pipeline's contents; every step is also rung by doorbells
(microblog.doorbells).
"""

import os
from pathlib import Path

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

from django.conf import settings
from django.core.management import call_command

TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"
app = Celery("envol")


def broker_options(url: str, state: Path) -> dict[str, object]:
    """Transport options that lose as little as each broker can (tried with kill -9 in mid-
    queue)."""
    if url.startswith("filesystem:"):
        folders = {name: state / "broker" / name for name in ("queue", "processed", "control")}
        for folder in folders.values():
            folder.mkdir(parents=True, exist_ok=True)
        return {
            "data_folder_in": str(folders["queue"]),
            "data_folder_out": str(folders["queue"]),
            "processed_folder": str(folders["processed"]),
            "control_folder": str(folders["control"]),
            "polling_interval": 0.1,
        }
    # Whoever rings waits for no broker that is away: else a learner would, some seconds a bell.
    at_once: dict[str, object] = {"max_retries": 0}
    if url.startswith(("redis:", "rediss:")):
        return at_once | {
            "visibility_timeout": 120,
            "unacked_restore_interval": 1,
            "unacked_restore_throttle": 1,
        }
    return at_once


STEP = "microblog.tasks.run_step"

BEAT = {
    # step              every n seconds
    "hear": 20.0,
    "screen": 5.0,
    "rejudge": 20.0,
    "propose": 60.0,
    "contribute": 60.0,
    "mentor": 15.0,
    "assign": 30.0,
    "tend": 15.0,
    "fetch": 20.0,
    "glean": 10.0,
    "describe": 10.0,
    "unite": 30.0,
    "sift": 20.0,
    "curate": 30.0,
    "shelve": 5.0,
    "index": 10.0,
    "credit": 5.0,
    "evaluate": 5.0,
    "issue": 5.0,
    "plan": 30.0,
    "launch": 10.0,
    "hint": 30.0,
    "remind": 20.0,
    "ask": 10.0,
    "gather": 15.0,
    "digest": 30.0,
    "relay": 60.0,
    "feedback": 5.0,
    "announce": 10.0,
    "deliver": 5.0,
    "recheck": 60.0,
    "tally": 60.0,
    "count": 15.0,
    "draw": 60.0,
    "picture": 15.0,
    "purge": 5.0,
}

app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_transport_options=broker_options(settings.CELERY_BROKER_URL, settings.STATE),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # a broker may be away for a night
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=4,
    task_time_limit=600,
    timezone="UTC",
    beat_scheduler="config.beat:Scheduler",
    beat_schedule_filename=str(settings.STATE / "celerybeat-schedule"),
    beat_schedule={
        f"drain-{step}": {
            "task": STEP,
            "args": [step],
            "schedule": seconds,
            "options": {"expires": 60},
        }
        for step, seconds in BEAT.items()
    }
    | {
        "publish-scheduled-pages": {
            "task": "config.celery.publish_scheduled",
            "schedule": 60.0,
            "options": {"expires": 60},
        }
    },
)
app.autodiscover_tasks(["microblog"])


@app.task
def publish_scheduled() -> None:
    """Pages whose moment has come go public, or leave: Wagtail's own command, on our clock."""
    call_command("publish_scheduled")
