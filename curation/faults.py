"""What may go wrong when we ask a foreign server, each with a short code for its row and a sentence
for people."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class FetchFault(Exception):
    """No answer that we can use. `code` goes into a row, `explain(code)` to people; try again
    later."""

    code = "unreachable"

    def __init__(self, detail: str = "", *, code: str = "") -> None:
        super().__init__(detail)
        self.code = code or self.code
        self.detail = detail

    @property
    def explained(self) -> str:
        """For people, in their language."""
        return explain(self.code)


class Refused(FetchFault):
    """We don't go there: a private network, another scheme, a password in the address. Asking again
    won't help."""

    code = "refused"


class Malformed(Refused):
    code = "malformed"


class Unreachable(FetchFault):
    """No connection, or one that broke."""


class UnknownName(Unreachable):
    code = "unknown_name"


class Insecure(Unreachable):
    """The certificate isn't good."""

    code = "insecure"


class TooLarge(FetchFault):
    """More bytes than allowed, counted after decompression."""

    code = "too_large"


class TooSlow(FetchFault):
    code = "too_slow"


class TooManyRedirects(FetchFault):
    code = "too_many_redirects"


class Garbled(FetchFault):
    """What came isn't HTTP, or its compression is broken or one that we didn't ask for."""

    code = "garbled"


_SENTENCES = {
    "refused": _("This address leads into a private network, or isn't one of the web."),
    "malformed": _("This isn't an address we can read."),
    "unreachable": _("The server doesn't answer."),
    "unknown_name": _("The name of the server isn't found."),
    "insecure": _("The server's certificate isn't valid."),
    "too_large": _("The answer is too large."),
    "too_slow": _("The server is too slow."),
    "too_many_redirects": _("The address leads from one to the next without end."),
    "garbled": _("The server's answer can't be read."),
    "not_a_feed": _("There is no feed at this address, but something else."),
    "broken_feed": _("The feed is damaged: nothing in it can be read."),
    "empty": _("The answer is empty."),
    "cannot_keep": _("What the feed says can't be kept."),
    "moved_onto_known": _("It has moved to the address of a source that we have already."),
    "status_401": _("The server asks for a password."),
    "status_403": _("The server doesn't let us in."),
    "status_404": _("There is nothing at this address (any more)."),
    "status_410": _("The server says that it is gone for good."),
    "status_429": _("The server finds that we ask too often."),
    "status_503": _("The server is busy, or under repair."),
}


def status_code(status: int) -> str:
    """The code of an HTTP answer that says no."""
    return f"status_{status}"


def explain(code: str) -> str:
    """One sentence for people, in their language; "" for no fault."""
    if not code:
        return ""
    if code in _SENTENCES:
        return gettext(_SENTENCES[code])
    status = code.removeprefix("status_")
    if status != code and status.isdigit():
        if int(status) >= 500:
            return gettext("The server has a fault of its own (%(status)s).") % {"status": status}
        return gettext("The server says no (%(status)s).") % {"status": status}
    return gettext("Something went wrong.")
