"""Where an event is found, from outside and on the site."""

from django.conf import settings
from django.utils.translation import override

from community.models import LiveEvent


def address_of(event: LiveEvent, language: str) -> str:
    """The event's page in one language, from outside."""
    with override(language):
        return f"{settings.BASE_URL}{event.get_absolute_url()}"
