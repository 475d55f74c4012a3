"""The one module that talks to the network: one request, one answer, within limits.

It stands on what lies below httpx's client: so there are no cookies, no redirects that nobody checked, no
proxies or passwords from the environment, and the body comes as on the line, to be unpacked within bounds.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TypeVar

import httpcore
import httpx

from tasks.fetch.network import Connection, connect
from tasks.fetch.records import Accepted, Exchange, FetchError, Limits, Received
from tasks.fetch.unpack import DamagedError, TooLargeError, Unpacker

_DRAINED = 65_536
"""Bytes of an unwanted body that are read rather than losing the connection."""

_BODILESS = frozenset({204, 304})
_LATER = "try again later"
_BROKEN = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ConnectionNotAvailable,
    httpx.InvalidURL,
    ssl.SSLError,
    OSError,
)
"""All that a request can meet in the network."""

Kind = TypeVar("Kind", bound=BaseException)
Headers = Sequence[tuple[bytes, bytes]]


class Connections:
    """Connections to hosts, kept while they are used; an asynchronous context.

    A connection serves one request at a time, so that a host has as many as requests are made of it at once.
    """

    def __init__(
        self,
        limits: Limits,
        allowed: Collection[str] = (),
        trust: ssl.SSLContext | None = None,
        *,
        keep_exchanges: bool = False,
    ) -> None:
        """``allowed`` names hosts that may be private; ``keep_exchanges`` keeps what an archive needs."""
        self._limits = limits
        self._patience = {"read": limits.read_seconds, "write": limits.read_seconds}
        self._keep_exchanges = keep_exchanges
        self._allowed = frozenset(allowed)
        self._given_trust = trust
        self._idle: dict[str, list[Connection]] = {}

    async def __aenter__(self) -> Connections:
        """Opens nothing yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Closes all connections."""
        for connections in self._idle.values():
            for connection in connections:
                await connection.aclose()

    async def ask(self, address: str, headers: Headers, accepted: Accepted) -> Received:
        """The answer to a GET; its content only where the status is 200. Raises :class:`FetchError`."""
        try:
            request = self._request(address, headers)
            async with asyncio.timeout(self._limits.total_seconds):
                return await self._exchange(request, address, accepted)
        except TimeoutError as error:
            reason = f"has not ended after {self._limits.total_seconds:g} seconds"
            raise FetchError(address, "slow", reason, _LATER) from error
        except _BROKEN as error:
            raise _explain(address, error) from error
        except FetchError as error:
            error.subject = address if error.kind in {"dns", "private"} else error.subject
            raise

    def _request(self, address: str, headers: Headers) -> httpcore.Request:
        url = httpx.URL(address)
        return httpcore.Request(
            b"GET",
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=[(b"Host", url.netloc), *headers],
            extensions={"timeout": self._patience},
        )

    async def _exchange(self, request: httpcore.Request, address: str, accepted: Accepted) -> Received:
        """Asks over a connection that is free or a new one, and keeps it if it can be used again."""
        origin = request.url.origin
        connection = await self._take(origin)
        try:
            response = await connection.handle_async_request(request)
            try:
                return await self._read(address, request, response, accepted)
            finally:
                await response.aclose()
        finally:
            if connection.is_available():
                self._idle.setdefault(str(origin), []).append(connection)
            else:
                await connection.aclose()

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """The certificates that are believed, which take 20 ms to read."""
        trust = self._given_trust or httpx.create_ssl_context(trust_env=False)
        trust.set_alpn_protocols(["h2", "http/1.1"])
        return trust

    async def _take(self, origin: httpcore.Origin) -> Connection:
        waiting = self._idle.get(str(origin), [])
        while waiting:
            connection = waiting.pop()
            if not connection.has_expired():
                return connection
            await connection.aclose()
        trust = self._trust if origin.scheme == b"https" else None
        return await connect(origin, self._allowed, trust, self._limits.connect_seconds)

    async def _read(
        self, address: str, request: httpcore.Request, response: httpcore.Response, accepted: Accepted
    ) -> Received:
        received = Received(response.status, _read_headers(response.headers))
        if response.status != 200:
            await _drain(response, received)
            return received
        media_type = received.headers.get("content-type", "").partition(";")[0].strip().lower()
        if accepted.types is not None and media_type and media_type not in accepted.types:
            reason = f"is {media_type[:60]}, not a page or list of pages"
            raise FetchError(address, "media_type", reason, "leave it out", status=200)
        body = await self._read_body(address, response, received, accepted)
        if self._keep_exchanges:
            received.exchange = _make_exchange(address, request, response, body)
        return received

    async def _read_body(
        self, address: str, response: httpcore.Response, received: Received, accepted: Accepted
    ) -> bytes:
        """Unpacks the body into ``received`` and gives it as it was on the line."""
        pieces: list[bytes] = []
        try:
            unpacker = Unpacker(received.headers.get("content-encoding", ""), accepted.size, cut=accepted.cut)
            async for piece in response.aiter_stream():
                received.size += len(piece)
                if received.size > accepted.size and not accepted.cut:
                    raise TooLargeError
                if self._keep_exchanges:
                    pieces.append(piece)
                unpacker.feed(piece)
                if unpacker.is_full:
                    break
            received.content = unpacker.finish()
        except TooLargeError as error:
            reason = f"has more than the {accepted.size / 1e6:g} MB that a page may have"
            raise _failed(FetchError(address, "too_large", reason, "leave it out"), received) from error
        except DamagedError as error:
            raise _failed(
                FetchError(address, "damaged", str(error), _LATER, heals=True, status=200), received
            ) from error
        except _BROKEN as error:
            raise _failed(_explain(address, error), received) from error
        return b"".join(pieces)


def _read_headers(headers: Headers) -> dict[str, str]:
    """Headers by their name in small letters, the values of those that come twice joined by commas."""
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("ascii").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


async def _drain(response: httpcore.Response, received: Received) -> None:
    """Reads a short body that nobody wants, so that the connection can be used again; or that there is none."""
    length = received.headers.get("content-length", "")
    if received.status in _BODILESS or (length.isdigit() and int(length) <= _DRAINED):
        async for piece in response.aiter_stream():
            received.size += len(piece)


def _make_exchange(address: str, request: httpcore.Request, response: httpcore.Response, body: bytes) -> Exchange:
    reason = response.extensions.get("reason_phrase", b"")
    return Exchange(
        address=address,
        sent=_as_text(request.headers),
        status=response.status,
        reason=reason.decode("latin-1"),
        received=_as_text(response.headers),
        body=body,
    )


def _as_text(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)


def _failed(error: FetchError, received: Received) -> FetchError:
    error.size = received.size
    error.status = received.status
    return error


def _explain(address: str, error: Exception) -> FetchError:
    """What the libraries say, in words for an operator."""
    certificate = _cause(error, ssl.SSLCertVerificationError)
    if certificate is not None:
        reason = f"has a certificate that does not hold: {certificate.verify_message}"
        return FetchError(address, "certificate", reason, "tell the publisher")
    if isinstance(error, ssl.SSLError) or _cause(error, ssl.SSLError) is not None:
        return FetchError(address, "encryption", "does not speak TLS as expected", "check its scheme and port")
    if isinstance(error, httpx.InvalidURL):
        return FetchError(address, "address", "is no address", "mend the link or leave it out")
    if isinstance(error, (httpcore.ReadTimeout, httpcore.WriteTimeout)):
        return FetchError(address, "slow", "stops answering", _LATER)
    if isinstance(error, httpcore.ConnectTimeout):
        return FetchError(address, "unreachable", "does not answer", _LATER, heals=True)
    if isinstance(error, httpcore.ConnectError):
        return FetchError(address, "refused", "refuses the connection", _LATER, heals=True)
    if isinstance(error, httpcore.ProtocolError):
        reason = f"does not speak HTTP as expected: {str(error)[:120]}"
        return FetchError(address, "protocol", reason, _LATER, heals=True)
    return FetchError(address, "reset", "ends the connection in the middle", _LATER, heals=True)


def _cause(error: BaseException | None, kind: type[Kind]) -> Kind | None:
    """The first error of a kind among an error and its causes."""
    while error is not None:
        if isinstance(error, kind):
            return error
        error = error.__cause__ or error.__context__
    return None
