"""A MOOC's colour can be read on every paper, by day and by night; others are refused."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from community.colours import (
    DARK,
    LEAST,
    LIGHT,
    NAMES,
    PALETTES,
    contrast,
    dark_accent,
    light_accent,
    validate_accent,
)
from community.models import MoocSettings

TOKENS = Path(__file__).parents[2] / "cms/static/envol/css/tokens.css"


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", [*PALETTES.values(), "#000000", "#a0410d", "#0000ff", "#767000"])
def test_it_is_readable_everywhere(colour):
    validate_accent(colour)
    for accent, papers in ((light_accent(colour), LIGHT), (dark_accent(colour), DARK)):
        surfaces = [*papers.values(), accent.soft]
        for shade, surface in product((accent.plain, accent.deep), surfaces):
            assert contrast(shade, surface) >= LEAST, (shade, surface)


@pytest.mark.parametrize("colour", ["#ffd700", "#8a8a8a", "#fff", "red", "1f3a5f", "#12345g"])
def test_what_cannot_be_read_is_refused_with_the_reason(colour):
    with pytest.raises(ValidationError) as refusal:
        validate_accent(colour)
    assert refusal.value.messages[0]


def test_the_papers_are_those_of_the_style_sheets():
    css = TOKENS.read_text()
    for name in LIGHT:
        assert re.findall(rf"--{name}: (#\w+);", css) == [LIGHT[name], DARK[name]]


def test_names_and_palettes_are_the_same():
    assert NAMES.keys() == PALETTES.keys()


def test_its_own_colour_comes_before_the_palette():
    assert MoocSettings().is_plainly_dressed
    assert MoocSettings(palette="sea").colour == PALETTES["sea"]
    assert MoocSettings(palette="sea", accent="#552200").colour == "#552200"


def test_the_style_sheet_is_kept_for_a_year(client, db):
    answer = client.get("/colours/2b5a35.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert "--night:#2b5a35" in answer.text
    assert client.get("/colours/ffd700.css").status_code == 404
