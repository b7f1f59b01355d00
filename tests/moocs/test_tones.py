"""Every word of the bot, in every tone and language: whole, and of one register."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from community.models import MoocSettings
from microblog.composing import outgoing

ROOT = Path(__file__).parents[2] / "templates/microblog/outgoing"
NAMES = sorted(path.stem for path in ROOT.glob("*.txt"))
TONES = MoocSettings.Tone.values
LEVEL = SimpleNamespace(number=2, title="La photo")
CONTEXT = {
    "handle": "rex",
    "title": "Houle",
    "url": "https://b.example/x",
    "text": "Le texte",
    "hashtag": "Baleine",
    "hashtags": "#Baleine",
    "mooc": "Baleine",
    "home": "https://b.example/fr/",
    "guide": "Tomas",
    "badge": SimpleNamespace(name="Envol", description="Le premier vol"),
    "levels": [LEVEL],
    "has_levels": True,
    "next": LEVEL,
    "present": [],
    "missing": [],
    "tutor": "Tomas",
    "note": "Une note",
    "number": 3,
    "left": 2,
    "proposer": "Nia",
    "finder": "Nia",
    "author": "Tomas",
    "earlier": "https://b.example/y",
    "answer": "almost",
    "is_repeat": True,
    "is_first": True,
    "event": SimpleNamespace(said_hashtag="Nuit"),
    "clock": SimpleNamespace(day="lundi", time="20:00", place="Paris"),
}
TU = re.compile(r"\b(tu|te|toi|ton|ta|tes|t’\w+)\b", re.IGNORECASE)


def words(name: str, tone: str, language: str, **changes) -> str:
    with override(language):
        return render_to_string(outgoing(name, tone), CONTEXT | changes).strip()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_out_or_half_said(name, tone, language):
    said = words(name, tone, language)
    assert said and "{" not in said and "%(" not in said
    usual = words(name, "", language)
    for piece in ("@rex", "Houle", "https://b.example/x", "#Baleine", "Le texte", "Une note"):
        assert (piece in usual) <= (piece in said), f"{tone} forgets {piece}"


@pytest.mark.parametrize("changes", [{}, {"is_riddle": True, "asks": True}, {"soon": True}])
@pytest.mark.parametrize("name", NAMES)
def test_who_says_vous_never_says_tu(name, changes):
    assert not TU.search(words(name, "formal", "fr", **changes))


def test_a_tone_has_no_words_for_what_nobody_says():
    for path in ROOT.glob("*/*.txt"):
        assert path.stem in NAMES and path.parent.name in TONES


def test_the_calm_ones_never_shout():
    for tone in ("plain", "formal"):
        for name in {path.stem for path in (ROOT / tone).glob("*.txt")}:
            for language in ("fr", "en"):
                assert "!" not in words(name, tone, language), f"{tone}/{name} in {language}"
