"""The door to Mastodon.py: set up against its traps, its errors turned into what a caller should
do.

Without a given version it asks the instance before each call, and recurses to death where that
fails; its default rate-limit mode sleeps; and a token that happens to name a file would be read
from that file.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import requests
from mastodon import (
    Mastodon,
    MastodonAPIError,
    MastodonError,
    MastodonNetworkError,
    MastodonRatelimitError,
)

from microblog.gateways.base import GatewayError, Gone, Never, NotBefore, TryAgain, Unauthorised
from microblog.gateways.mastodon_http import CarefulSession
from microblog.gateways.mastodon_patience import not_before

Answered = TypeVar("Answered")
Clock = Callable[[], datetime]

USER_AGENT = "Envol"
_ANY_VERSION = "4.2.0"
_REFUSALS = frozenset({400, 401, 403, 422})
_MISSING = frozenset({404, 410})
_PASSING = frozenset({408, 423, 425})


class Client:
    """Mastodon.py for one account on one server. Keeps the token to itself."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        request_timeout: float,
        allow_private: bool,
        clock: Clock,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._clock = clock
        self._session = CarefulSession(allow_private=allow_private)
        self._mastodon = Mastodon(
            api_base_url=self.base_url,
            mastodon_version=_ANY_VERSION,
            version_check_mode="created",
            request_timeout=request_timeout,
            ratelimit_method="throw",
            user_agent=USER_AGENT,
            session=self._session,
        )
        self._mastodon.access_token = token

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url}>"

    def ask(self, call: Callable[[Mastodon], Answered]) -> Answered:
        """What the server answers. Raises the GatewayErrors, Gone for what it doesn't find."""
        try:
            return call(self._mastodon)
        except (MastodonError, RecursionError) as error:
            raise self._translated(error) from error

    def ask_instance(self) -> object:
        """The instance document, v2 or v1, as JSON. Raises the GatewayErrors."""
        self._session.wants_instance = True
        try:
            return self.ask(lambda mastodon: mastodon.instance_v2())
        except Gone:
            return self.ask(lambda mastodon: mastodon.instance_v1())
        finally:
            self._session.wants_instance = False

    def ask_who(self) -> object:
        """Our own account, as JSON. Any refusal of that question is a matter of the token."""
        try:
            return self._mastodon.account_verify_credentials()
        except (MastodonError, RecursionError) as error:
            status = _status(error)
            if status in _REFUSALS:
                raise Unauthorised(f"The server refuses our token{self._reason()}") from error
            if status in _MISSING:
                raise Never("This server doesn't speak the Mastodon API") from error
            raise self._translated(error) from error

    def _translated(self, error: MastodonError | RecursionError) -> GatewayError:
        status = _status(error)
        if isinstance(error, MastodonNetworkError) and isinstance(error.__context__, GatewayError):
            return error.__context__
        headers = self._session.last_headers
        if isinstance(error, MastodonRatelimitError) or (
            status == 503 and "Retry-After" in headers
        ):
            return NotBefore("The server asks for patience", not_before(headers, self._clock()))
        reason = self._reason()
        if status in _MISSING:
            return self._missing(Gone(f"The server doesn't have it{reason}"))
        if status in _REFUSALS:
            return self._refused(Never(f"The server refuses ({status}){reason}"))
        if 400 <= status < 500 and status not in _PASSING:
            return Never(f"The server refuses ({status}){reason}")
        return TryAgain(f"The server could not answer ({status or _what(error)}){reason}")

    def _refused(self, refusal: Never) -> GatewayError:
        """Servers say "bad token" with 400, 401, 403 or 422, and "not yours" too: we ask again."""
        try:
            self.ask_who()
        except GatewayError as error:
            return error
        return refusal

    def _missing(self, absence: Gone) -> GatewayError:
        """A 404 counts only from a server that still knows us, not from a page of its proxy."""
        try:
            self.ask_who()
        except (TryAgain, NotBefore, Unauthorised) as error:
            return error
        except Never:
            return TryAgain("The server doesn't find its own API")
        return absence

    def _reason(self) -> str:
        words = self._session.last_words[:200]
        return f": {words}" if words else ""


def _status(error: BaseException) -> int:
    """The HTTP status that the library put into its error; 0 for the errors that have none."""
    status = error.args[1] if isinstance(error, MastodonAPIError) and len(error.args) > 1 else 0
    return status if isinstance(status, int) else 0


def _what(error: BaseException) -> str:
    """What happened on the wire; never the body, which may hold what people said in private."""
    cause = error.__context__ if isinstance(error, MastodonNetworkError) else None
    if cause is None:
        return "no readable answer"
    return "no answer in time" if isinstance(cause, requests.Timeout) else type(cause).__name__
