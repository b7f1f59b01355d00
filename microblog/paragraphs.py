"""What people typed into a plain field, as the rich text that organisers edit."""

from django.utils.html import escape, linebreaks


def paragraphs(words: str) -> str:
    """Rich text must close what it opens: Wagtail's editor doesn't open on a bare `<br>`."""
    return linebreaks(escape(words)).replace("<br>", "<br/>")
