"""What is kept from one release is not looked at by another."""

import shutil

import pytest

from config.release import release_mark


@pytest.fixture
def house(tmp_path):
    root = tmp_path / "one"
    for path in ("cms/views.py", "templates/cms/page.html", "locale/fr/LC_MESSAGES/django.mo"):
        (root / path).parent.mkdir(parents=True)
        (root / path).write_text(path)
    return root


@pytest.mark.parametrize(
    "path", ["cms/views.py", "cms/new.py", "templates/cms/page.html", "requirements.lock"]
)
def test_whatever_changes_what_is_shown_is_another_release(house, path):
    before = release_mark(house)
    (house / path).write_text("otherwise")
    assert release_mark(house) != before


def test_what_lies_beside_it_changes_nothing_and_every_machine_finds_the_same(house, tmp_path):
    before = release_mark(house)
    (house / "var").mkdir()
    (house / "var/envol.sqlite3").write_text("rows")
    assert release_mark(shutil.copytree(house, tmp_path / "two")) == before
