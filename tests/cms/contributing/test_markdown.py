"""Whatever is typed, what comes out is safe, and reads back as it was."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.contributing.markdown import TAGS, pieces, plain, prose, rendered
from cms.contributing.reading_back import markdown_of

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://tracker.example/1.gif)",
    '[x](https://a.example/ "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "`<script>alert(1)</script>`",
    "## <b onclick=alert(1)>x</b>",
    "> <iframe src=//evil.example>",
    "&lt;script&gt;",
    "[a]: javascript:alert(1)\n\n[a]",
    "\x00<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    "[[script:00000000-0000-0000-0000-000000000000]]",
    "<https://a.example/><script>",
]
BAD = ("<script", "<img", "<svg", "<iframe", "<style", 'href="javascript', 'href="data', "\x00")


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags_of(html: str) -> list[tuple[str, dict[str, str | None]]]:
    return _Tags(html).found


def never(_pk: str) -> str:
    return ""


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_runs_comes_out(typed):
    for html in (prose(typed), plain(typed), rendered(typed, never, never)):
        assert not any(bad in html.casefold() for bad in BAD), html
        for tag, attributes in tags_of(html):
            assert tag in TAGS | {"h2"}
            assert set(attributes) <= {"href"}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("<>&\"'[]()!*_#`~-+1. \n\\:/aé\x00")), max_size=80))
def test_no_scribble_breaks_it(typed):
    for tag, attributes in tags_of(rendered(typed, never, never)):
        assert tag in TAGS | {"h2"} and set(attributes) <= {"href"}


ROUND = [
    "Un **mot**, un *autre* et [un lien](https://a.example/).",
    "- un\n- deux\n\nAprès.",
    "1. un\n2. deux",
    "### Petit titre\n\nTexte.",
    "> Une citation.",
    "Une ligne\\\nune autre",
    "5 \\* 3, \\[crochets\\], a\\_b",
    "\\# pas un titre",
    "\\## non plus, ni 1999\\_2000",
    "1999\\. Une année, pas une liste",
    "« Bonjour\u00a0! »",
    "- un\n- deux\n  - et demi",
    "1. un\n   - et demi\n2. deux",
    "> Une citation\n>\n> en deux fois.",
    "Avant [**un** lien](<https://a.example/(1)>) après",
    "**Ah**\\\n*oh*",
]


@pytest.mark.parametrize("typed", ROUND)
def test_what_editors_see_reads_back_as_it_was_typed(typed):
    assert markdown_of(prose(typed)) == typed
    assert prose(markdown_of(prose(typed))) == prose(typed)


SCRIBBLE = "ab *_[]()#>-+=1.\\&;`<\u00a0\n"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=SCRIBBLE, min_size=1, max_size=20), max_size=4))
def test_reading_back_is_steady(lines):
    once = markdown_of(prose("\n\n".join(lines)))
    assert markdown_of(prose(once)) == once


def test_a_longer_text_comes_in_pieces():
    typed = (
        "Début\n\n## Titre\n\n![x](picture:12)\n\nFin\n[[tip:0b2b6bbe-1111-4222-8333-444455556666]]"
    )
    assert [(piece.kind, piece.value) for piece in pieces(typed)] == [
        ("text", "<p>Début</p>"),
        ("heading", "Titre"),
        ("picture", "12"),
        ("text", "<p>Fin</p>"),
        ("kept", "0b2b6bbe-1111-4222-8333-444455556666"),
    ]
