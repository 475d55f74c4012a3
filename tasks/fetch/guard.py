"""Which addresses may be asked at all: the public web, and nothing inside the operator's own network.

Who can put a link on a page can choose what is asked next; without this, that would include the services of
the machine itself and of its cloud.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from tasks.fetch.records import FetchError

_LONGEST_ADDRESS = 2000
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses behind NAT64, RFC 6052."""

_MOST_TRIED = 3


def check_address(address: str) -> None:
    """Raises :class:`FetchError` for what is no plain web address."""
    remedy = "mend the link or leave it out"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(address[:200], "address", "is no address", remedy) from error
    if parts.scheme not in {"http", "https"}:
        raise FetchError(address[:200], "scheme", f"has the scheme {parts.scheme!r}, only the web is asked", remedy)
    if not host or parts.username is not None or len(address) > _LONGEST_ADDRESS or not address.isprintable():
        raise FetchError(address[:200], "address", "has no host, a password, or more than an address has", remedy)


def is_public(ip: str) -> bool:
    """Whether an IP address is one of the public internet, whichever way it is written."""
    try:
        found = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def is_allowed(host: str, allowed: Collection[str]) -> bool:
    """Whether a host is named in the allowlist, by itself or by an ending such as ``.localhost``."""
    return any(host == name or (name.startswith(".") and host.endswith(name)) for name in allowed)


async def resolve(host: str, port: int, allowed: Collection[str]) -> list[str]:
    """The IP addresses of a host, all of them public unless the host is allowed by name.

    The caller connects to one of these and never resolves the name again, so that a name that changes its
    mind between the check and the connection gains nothing. Names under ``localhost`` are loopback (RFC 6761).
    Raises :class:`FetchError`.
    """
    host = host.lower().rstrip(".")
    found = ["127.0.0.1"] if host == "localhost" or host.endswith(".localhost") else await _look_up(host, port)
    if not is_allowed(host, allowed):
        for ip in found:
            if not is_public(ip):
                reason = f"leads to {ip}, which is not on the public internet"
                raise FetchError(host, "private", reason, "leave it out, or name the host in CAKUPAN_ALLOWED_HOSTS")
    return found[:_MOST_TRIED]


async def _look_up(host: str, port: int) -> list[str]:
    try:
        rows = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        reason = "has no address that the name service knows"
        raise FetchError(host, "dns", reason, "check the name, or try again later", heals=passing) from error
    return list(dict.fromkeys(str(row[4][0]) for row in rows))
