"""What an editor said of a picture stays with it when its author sends the text again."""

from types import SimpleNamespace

from cms.contributing.content import Content, Part
from cms.contributing.pages import _body, _steps


def test_an_editors_alt_text_outlives_the_authors_next_text():
    image = SimpleNamespace(pk=7, alt_text="IMG_0421")
    value = {"image": 7, "decorative": False, "alt_text": "Two pupils knot a rope"}
    before = [{"type": "image", "value": value, "id": "a"}]
    content = Content(title="Knots", body="Better words.\n\n![](picture:3)")
    blocks = list(_body(content, before, {"3": image}))
    assert [block["value"] for block in blocks if block["type"] == "image"] == [value]


def test_what_an_editor_put_behind_a_step_outlives_the_step():
    step = {"type": "step", "value": {"heading": "One"}, "id": "a"}
    example = {"type": "example", "value": {"text": "As Nia did"}, "id": "b"}
    content = Content(title="Knots", parts=(Part(heading="Two", text="Pull."),))
    blocks = list(_steps(content, [step, example], {}))
    assert [block["type"] for block in blocks] == ["step", "example"]
