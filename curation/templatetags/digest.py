from typing import Any

from django import template

from curation.digest.writing import letter_context
from curation.models import Digest

register = template.Library()


@register.simple_tag
def letter(digest: Digest) -> dict[str, Any]:
    """All that a letter says, see writing.letter_context."""
    return letter_context(digest)
