"""The address of a card carries what is written on it, signed: nobody else writes on our paper."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

LONGEST = 160
_signer = Signer(salt="cms.outreach.card")


class NotOurs(Exception):
    """This address wasn't made here."""


def card_address(title: str, *, kicker: str = "", site_id: int, paper: str = "") -> str:
    """A path; the same for the same words on the same paper, for ever. `paper`: the mark of the
    MOOC's blank card. Whoever keeps pictures by their address meets a new one when it changes."""
    words = {"t": title[:LONGEST], "k": kicker[:60], "s": site_id, "p": paper}
    return reverse("outreach:card", args=[_signer.sign_object(words, compress=True)])


def read_address(signed: str) -> tuple[str, str, int]:
    """Title, kicker, site's id: what is drawn is today's paper. Raises NotOurs."""
    try:
        words = _signer.unsign_object(signed)
    except (BadSignature, ValueError) as error:
        raise NotOurs from error
    return words["t"], words["k"], words["s"]
