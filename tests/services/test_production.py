"""The settings of a public installation: complete, or no start at all."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.services.servers import environment

SECRET, KEY, PASSWORD = "s" * 25 + "-Very1Long" + "q" * 25, "k7" * 30, "not-for-anybody"
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": SECRET + "0123456789",
    "CREDENTIALS_KEY": KEY,
    "BASE_URL": "https://envol.example",
    "ALLOWED_HOSTS": "envol.example",
    "DATABASE_URL": f"postgres://envol:{PASSWORD}@127.0.0.1:1/envol",
    "CELERY_BROKER_URL": f"redis://:{PASSWORD}@127.0.0.1:1/0",
    "CACHE_URL": "redis://127.0.0.1:1/1",
}
OPTIONAL = {"CACHE_URL", "DJANGO_SETTINGS_MODULE"}


def check(folder, **changed: str) -> tuple[int, str]:
    env = {"ENVOL_STATE": str(folder), **COMPLETE, **changed}
    run = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.ROOT,
        env=environment(**env),
        capture_output=True,
        text=True,
    )
    return run.returncode, run.stdout + run.stderr


def test_a_complete_environment_passes_without_a_warning(tmp_path):
    code, told = check(tmp_path)
    assert code == 0, told
    assert "no issues" in told
    assert not list(tmp_path.glob("secrets/*")), "nothing is made up that was given"


@pytest.mark.parametrize("name", sorted(COMPLETE.keys() - OPTIONAL))
def test_what_is_missing_is_named(tmp_path, name):
    code, told = check(tmp_path, **{name: ""})
    assert code, told
    assert f"Set {name} in the environment" in told


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("BASE_URL", "http://envol.example", "BASE_URL must begin with https://"),
        ("SECURE_SSL_REDIRECT", "perhaps", "SECURE_SSL_REDIRECT must be yes or no"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, name, wrong, words):
    code, told = check(tmp_path, **{name: wrong})
    assert code
    assert words in told
    for secret in (SECRET, KEY, PASSWORD):
        assert secret not in told
