"""Where an answer is written: here, or on the reader's own servers with the words ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from community.models import LiveEvent, Participant
from microblog.models import Account
from microblog.networks import Network


@dataclass(frozen=True, slots=True)
class Door:
    """`server`: "" for the practice timeline."""

    url: str
    server: str = ""


def answer_text(event: LiveEvent, number: int) -> str:
    return f"A{number} \n\n#{event.said_hashtag}"


def replay_text(event: LiveEvent) -> str:
    """Whoever reads it knows that the event is over."""
    note = _("(replaying)")
    return f"\n\n#{event.said_hashtag} {note}"


def servers_of(person: Participant | None) -> list[str]:
    """Where this person has accounts, as we know them."""
    if person is None:
        return []
    accounts = Account.objects.filter(link__participant=person).exclude(network=Network.PRACTICE)
    hosts = (urlsplit(uri).hostname for uri in accounts.values_list("uri", flat=True))
    return sorted({host for host in hosts if host})


def doors(text: str, servers: Sequence[str]) -> list[Door]:
    """The practice timeline first."""
    query = urlencode({"text": text})
    here = Door(f"{reverse('microblog:compose')}?{query}")
    return [here, *(Door(f"https://{host}/share?{query}", host) for host in servers)]
