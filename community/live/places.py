"""Where an event is found, from outside and on the site."""

from django.urls import reverse
from django.utils.translation import override

from community.models import LiveEvent
from community.sites import base_url


def address_of(event: LiveEvent, language: str) -> str:
    """The event's page in one language, from outside."""
    with override(language):
        return f"{base_url(event.site_id)}{reverse('live:event', args=[event.slug])}"
