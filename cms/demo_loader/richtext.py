"""Markdown into what Wagtail's editor would have stored."""

from collections.abc import Iterator, Sequence
from html import escape

from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

BRIEF = ["bold", "italic", "link"]
PLAIN = [*BRIEF, "ol", "ul"]
PROSE = [*PLAIN, "h3", "blockquote"]

_markdown = MarkdownIt("commonmark", {"html": False})


def _code(renderer: RendererHTML, tokens: Sequence[Token], idx: int, *_rest: object) -> str:
    """Editors have no code style; signs to be typed as they stand are set in bold."""
    return f"<b>{escape(tokens[idx].content)}</b>"


_markdown.add_render_rule("code_inline", _code)


def rich_text(markdown: str, features: list[str] = PLAIN) -> str:
    """Only what these features allow, as if it had been typed in the editor."""
    return through_editor(_markdown.render(markdown), features)


def through_editor(html: str, features: list[str]) -> str:
    editor = ContentstateConverter(features=features)
    return str(editor.to_database_format(editor.from_database_format(html)))


def sections(markdown: str) -> Iterator[tuple[str, str]]:
    """The parts of a longer text: each heading ("## …", "" before the first one) with its body."""
    heading, lines = "", list[str]()
    for line in markdown.strip().splitlines():
        if line.startswith("## "):
            if heading or "".join(lines).strip():
                yield heading, "\n".join(lines).strip()
            heading, lines = line.removeprefix("## ").strip(), []
        else:
            lines.append(line)
    yield heading, "\n".join(lines).strip()


def address_of(title: str) -> str:
    """The last part of a page's address. Of its title, never of its file: a riddle's file tells
    the answer."""
    return slugify(title.replace("’", "-"))
