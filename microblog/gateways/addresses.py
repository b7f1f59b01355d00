"""Which addresses we may call: never a neighbour inside our own network, whatever name or link
leads there.

Names are looked up before a request (`check_url`), and the address that really answered is looked
at again (`check_peer`), because a name may point elsewhere a moment later.
"""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from microblog.gateways.base import Never, TryAgain

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_HTTPS_ONLY = frozenset({"https"})
_ANY_WEB = frozenset({"https", "http"})


class AddressRefused(Never):
    """An address that we don't call: private, malformed, or not https."""


def is_public(address: str) -> bool:
    """Whether an IP address (text) belongs to the public internet; False for anything that is no IP
    address.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    embedded = _embedded_ipv4(ip)
    if embedded is not None:
        ip = embedded
    return ip.is_global and not ip.is_multicast


def parse_address(url: str, *, allow_private: bool = False) -> SplitResult:
    """The parts of an address that is well-formed and of an allowed scheme. Raises AddressRefused.
    No look-up.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused(f"Not an address: {url[:200]!r}") from error
    if parts.scheme not in (_ANY_WEB if allow_private else _HTTPS_ONLY):
        raise AddressRefused(f"Only https is called, not {url[:200]!r}")
    if not host or parts.username is not None or parts.password is not None:
        raise AddressRefused(f"An address needs a host, and no user in it: {host!r}")
    return parts


def check_url(url: str, *, allow_private: bool = False) -> None:
    """Raises AddressRefused where `url` leads into a private network, TryAgain where its name isn't
    found now.
    """
    parts = parse_address(url, allow_private=allow_private)
    if allow_private:
        return
    for address in _resolve(parts.hostname or "", parts.port or 443):
        check_peer(address)


def check_peer(address: str, *, allow_private: bool = False) -> None:
    """Raises AddressRefused where the address (an IP, as text) is not of the public internet."""
    if not allow_private and not is_public(address):
        raise AddressRefused("This address lies in a private network")


def _resolve(host: str, port: int) -> set[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TryAgain(f"The name {host!r} is not found") from error
    return {str(entry[4][0]) for entry in found}


def _embedded_ipv4(ip: _IP) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one carries (mapped, 6to4 or NAT64)."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour
