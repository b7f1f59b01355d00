"""How long something took, in one or two words."""

from datetime import timedelta

from django import template
from django.utils.translation import ngettext

register = template.Library()
STEPS = (86_400, 3_600, 60, 1)


@register.filter
def duration(length: timedelta | None) -> str:
    """In the largest whole unit; a dash for what never happened."""
    if length is None:
        return "–"
    seconds = max(int(length.total_seconds()), 0)
    step = next((step for step in STEPS if seconds >= step), 1)
    number = seconds // step
    if step == STEPS[0]:
        return ngettext("%(count)s day", "%(count)s days", number) % {"count": number}
    if step == STEPS[1]:
        return ngettext("%(count)s hour", "%(count)s hours", number) % {"count": number}
    if step == STEPS[2]:
        return ngettext("%(count)s minute", "%(count)s minutes", number) % {"count": number}
    return ngettext("%(count)s second", "%(count)s seconds", number) % {"count": number}
