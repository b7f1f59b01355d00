"""Tips in the language of whoever they are for."""

from django import template

from community.models import Tip

register = template.Library()


@register.simple_tag
def tip_title(tip: Tip, language: str) -> str:
    return tip.title_in(language)


@register.simple_tag
def tip_text(tip: Tip, language: str) -> str:
    return tip.text_in(language)


@register.filter
def speaks(tip: Tip, language: str) -> bool:
    """Whether its words are in this language, not only in the other one."""
    return tip.speaks(language)
