"""Cutting never harms hashtags, links, words or characters."""

import pytest

from microblog.composing import compose, cut, hashtag_line, length, plain_text

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one two three", 10, "one two…"),
        ("one two three", 8, "one two…"),
        ("one two three", 7, "one…"),
        ("one, two", 6, "one…"),
        ("unbreakable", 6, "unbre…"),
        ("word", 1, ""),
        ("word", 0, ""),
        ("word", -5, ""),
        (f"a {FAMILY} b", 6, "a…"),
        (FAMILY * 3, 13, FAMILY + "…"),
        ("e\u0301te\u0301 long", 6, "e\u0301te\u0301…"),
    ],
)
def test_cut(text, room, expected):
    found = cut(text, room)

    assert found == expected
    assert len(found) <= max(room, 0) or found == text


def test_a_link_counts_as_many_characters_as_the_strictest_network_says():
    assert length("see https://a.example/") == len("see ") + 23
    assert length("https://a.example/a-much-longer-path") == len(
        "https://a.example/a-much-longer-path"
    )


def post(text, limit, language="en", template="launch_riddle"):
    return compose(
        template,
        text,
        limit=limit,
        language=language,
        context={
            "title": "Title",
            "hashtags": "#Envol #photoDevinette",
            "url": "https://envol.example/fr/defis/phare/",
        },
    )


@pytest.mark.parametrize(
    "template", ["launch_riddle", "launch_mini", "launch_again_riddle", "reveal"]
)
@pytest.mark.parametrize("limit", [140, 280, 300, 500])
def test_a_post_keeps_hashtags_and_link_within_the_limit(template, limit):
    said = post(f"Qu'est-ce qui brille {FAMILY} là-haut ? " * 30, limit, template=template)

    assert length(said) <= limit
    assert said.endswith("https://envol.example/fr/defis/phare/")
    assert "#Envol #photoDevinette" in said
    assert "…" in said


def test_a_short_question_is_left_whole_and_signs_are_not_escaped():
    said = post("Is it <this> & that's all?", 500)

    assert said.startswith("Is it <this> & that's all?\n\n")
    assert "\n\n\n" not in said


def test_hashtags_stand_once_in_their_own_spelling():
    assert hashtag_line(["Envol", "photoDevinette", "envol", ""]) == "#Envol #photoDevinette"


def test_rich_text_becomes_lines():
    html = "<p>It was the <b>lantern</b></p><p>of a lighthouse&nbsp;&amp; its lens.</p>"

    assert plain_text(html) == "It was the lantern\nof a lighthouse & its lens."
