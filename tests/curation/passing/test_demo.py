"""The demo's readings: put forward, waiting, and sources that rest; loaded once."""

import pytest

from cms.demo_loader.ledger import Ledger
from cms.demo_loader.picks import load_picks
from cms.demo_loader.reading import Demo
from curation.models import Item, Pick, Shelf, Source

pytestmark = pytest.mark.django_db
FILE = """
[[picks]]
url = "https://read.example/one"
title = "One"
site_name = "Read"
author = ""
summary = "What it is about."
language = "fr"
days_ago = 3
axis = "with"
depth = "begin"
topics = ["écriture"]
curator = "ines"
finders = ["samir"]
sentence = "À lire en premier."

[[sources]]
title = "A blog"
feed_url = "https://read.example/feed"
page_url = "https://read.example/"
language = "fr"
axis = "about"

[[waiting]]
url = "https://read.example/two"
title = "Two"
site_name = "Read"
summary = "Something else."
language = "fr"
days_ago = 1
finders = []
"""


def test_readings_are_loaded_once_and_fetched_never(tmp_path, now):
    folder = tmp_path / "content" / "fr"
    folder.mkdir(parents=True)
    (folder / "picks.toml").write_text(FILE, encoding="utf-8")

    assert load_picks(Demo(tmp_path), Ledger(), now) == 3
    assert load_picks(Demo(tmp_path), Ledger(), now) == 0

    assert Pick.objects.get().sentence == "À lire en premier."
    assert not Pick.objects.get().relay
    assert not Source.objects.running().exists()
    assert {item.state for item in Item.objects.all()} == {"published", "waiting"}
    assert not Item.objects.exclude(describe_at=None).exists()
    assert Shelf.objects.get(kind="topic").items == 1
