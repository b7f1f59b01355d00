"""What an editor said of a picture stays with it when its author sends the text again."""

from types import SimpleNamespace

import pytest

from cms.contributing.content import Content, Part
from cms.contributing.page_blocks import steps
from cms.contributing.pages import _body


def test_an_editors_alt_text_outlives_the_authors_next_text():
    image = SimpleNamespace(pk=7, alt_text="IMG_0421")
    value = {"image": 7, "decorative": False, "alt_text": "Two pupils knot a rope"}
    before = [{"type": "image", "value": value, "id": "a"}]
    content = Content(title="Knots", body="Better words.\n\n![](picture:3)")
    blocks = list(_body(content, before, {"3": image}))
    assert [block["value"] for block in blocks if block["type"] == "image"] == [value]


STEPS = [{"type": "step", "value": {"heading": name}, "id": name} for name in "abc"]
PUT = [{"type": "example", "value": {"text": name}, "id": name} for name in "0123"]
BEFORE = [PUT[0], STEPS[0], PUT[1], STEPS[1], PUT[2], STEPS[2], PUT[3]]


@pytest.mark.parametrize(
    ("kept", "stands"),
    [
        ("abc", "0a1b2c3"),
        ("ac", "0a12c3"),  # behind what stood before the step that is gone
        ("bc", "01b2c3"),  # nothing did: in front
        ("ab", "0a1b23"),
        ("ca", "0c3a12"),
        ("", "0123d"),  # none is left: in front of what is new
    ],
)
def test_what_an_editor_put_behind_a_step_outlives_the_step_in_its_place(kept, stands):
    parts = [Part(heading=f"New {name}", text="Pull.", block=name) for name in kept]
    content = Content(title="Knots", parts=tuple(parts or [Part(heading="d", text="Pull.")]))
    blocks = list(steps(content, BEFORE, {}))
    told = [one["value"].get("heading", one["value"].get("text", ""))[-1] for one in blocks]
    assert "".join(told) == stands


def test_a_text_from_before_parts_knew_their_blocks_finds_them_by_their_headings():
    content = Content(parts=tuple(Part(heading=name, text="Pull.") for name in "cad"))
    blocks = list(steps(content, BEFORE, {}))
    assert [one["id"] for one in blocks][:-1] == ["0", "c", "3", "a", "1", "2"]
