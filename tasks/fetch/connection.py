"""The one module that talks to the network: one request, one answer, within limits.

It stands on httpx's transport, below its client: so there are no cookies, no redirects that nobody checked, no
proxies or passwords from the environment, and the body comes as on the line, to be unpacked within bounds.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

import httpcore
import httpx

from tasks.fetch.guard import resolve
from tasks.fetch.records import Exchange, FetchError, Limits, Received
from tasks.fetch.unpack import DamagedError, TooLargeError, Unpacker

_DRAINED = 65_536
"""Bytes of an unwanted body that are read rather than losing the connection."""

_IDLE_SECONDS = 30.0
_LATER = "try again later"
Kind = TypeVar("Kind", bound=BaseException)


class Connections:
    """Connections to hosts, kept while they are used; an asynchronous context."""

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
        self._keep_exchanges = keep_exchanges
        self._backend = _GuardedBackend(allowed)
        self._trust = trust or httpx.create_ssl_context(trust_env=False)
        self._transports: dict[str, _Transport] = {}

    async def __aenter__(self) -> Connections:
        """Opens nothing yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Closes all connections."""
        for transport in self._transports.values():
            await transport.aclose()

    async def ask(
        self, address: str, headers: dict[str, str], accepted: Collection[str] | None, *, cut: int | None = None
    ) -> Received:
        """The answer to a GET; its content only where the status is 200.

        ``accepted`` are the media types that are read (none given: any). With ``cut``, content ends after so
        many bytes instead of being refused. Raises :class:`FetchError`.
        """
        limits = self._limits
        patience = {"connect": limits.connect_seconds, "read": limits.read_seconds, "write": limits.read_seconds}
        try:
            request = httpx.Request("GET", address, headers=headers, extensions={"timeout": patience})
            async with asyncio.timeout(limits.total_seconds):
                response = await self._transport(request.url).handle_async_request(request)
                try:
                    return await self._read(request, response, accepted, cut)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            reason = f"has not ended after {limits.total_seconds:g} seconds"
            raise FetchError(address, "slow", reason, _LATER) from error
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            raise _explain(address, error) from error
        except FetchError as error:
            error.subject = address if error.kind in {"dns", "private"} else error.subject
            raise

    def _transport(self, url: httpx.URL) -> _Transport:
        """The connections to one host: a pool looks through all that it has at each request."""
        host = f"{url.scheme}://{url.netloc.decode()}"
        if host not in self._transports:
            self._transports[host] = _Transport(self._backend, self._trust)
        return self._transports[host]

    async def _read(
        self, request: httpx.Request, response: httpx.Response, accepted: Collection[str] | None, cut: int | None
    ) -> Received:
        received = Received(response.status_code, {name.lower(): value for name, value in response.headers.items()})
        if response.status_code != 200:
            await _drain(response, received)
            return received
        address = str(request.url)
        media_type = received.headers.get("content-type", "").partition(";")[0].strip().lower()
        if accepted is not None and media_type and media_type not in accepted:
            reason = f"is {media_type[:60]}, not a page or list of pages"
            raise FetchError(address, "media_type", reason, "leave it out", status=200)
        body = await self._read_body(address, response, received, cut)
        if self._keep_exchanges:
            received.exchange = _exchange(request, response, body)
        return received

    async def _read_body(self, address: str, response: httpx.Response, received: Received, cut: int | None) -> bytes:
        """Unpacks the body into ``received`` and gives it as it was on the line."""
        limit = cut or self._limits.size
        pieces: list[bytes] = []
        try:
            unpacker = Unpacker(received.headers.get("content-encoding", ""), limit, cut=cut is not None)
            async for piece in _stream(response):
                received.size += len(piece)
                if received.size > limit and cut is None:
                    raise TooLargeError
                if self._keep_exchanges:
                    pieces.append(piece)
                unpacker.feed(piece)
                if unpacker.is_full:
                    break
            received.content = unpacker.finish()
        except TooLargeError as error:
            reason = f"has more than the {limit / 1e6:g} MB that a page may have"
            raise _failed(FetchError(address, "too_large", reason, "leave it out"), received) from error
        except DamagedError as error:
            raise _failed(
                FetchError(address, "damaged", str(error), _LATER, heals=True, status=200), received
            ) from error
        except httpx.HTTPError as error:
            raise _failed(_explain(address, error), received) from error
        return b"".join(pieces)


class _Transport(httpx.AsyncHTTPTransport):
    """httpx's transport over connections that are checked when they are made."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend, trust: ssl.SSLContext) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust,
            max_connections=None,
            max_keepalive_connections=None,
            keepalive_expiry=_IDLE_SECONDS,
            http1=True,
            http2=True,
            network_backend=backend,
        )


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that were checked, never to a name."""

    def __init__(self, allowed: Collection[str]) -> None:
        self._allowed = frozenset(allowed)
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A stream to the first of a host's addresses that answers."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await resolve(host, port, self._allowed)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


async def _drain(response: httpx.Response, received: Received) -> None:
    """Reads a short body that nobody wants, so that the connection can be used again."""
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) <= _DRAINED:
        async for piece in _stream(response):
            received.size += len(piece)


def _stream(response: httpx.Response) -> httpx.AsyncByteStream:
    stream = response.stream
    if not isinstance(stream, httpx.AsyncByteStream):
        raise TypeError("an asynchronous transport gives asynchronous streams")
    return stream


def _exchange(request: httpx.Request, response: httpx.Response, body: bytes) -> Exchange:
    return Exchange(
        address=str(request.url),
        sent=tuple(request.headers.items()),
        status=response.status_code,
        reason=response.reason_phrase,
        received=tuple(response.headers.multi_items()),
        body=body,
    )


def _failed(error: FetchError, received: Received) -> FetchError:
    error.size = received.size
    error.status = received.status
    return error


def _explain(address: str, error: Exception) -> FetchError:
    """What httpx says, in words for an operator."""
    certificate = _cause(error, ssl.SSLCertVerificationError)
    if certificate is not None:
        reason = f"has a certificate that does not hold: {certificate.verify_message}"
        return FetchError(address, "certificate", reason, "tell the publisher")
    if isinstance(error, ssl.SSLError) or _cause(error, ssl.SSLError) is not None:
        return FetchError(address, "encryption", "does not speak TLS as expected", "check its scheme and port")
    if isinstance(error, httpx.InvalidURL):
        return FetchError(address, "address", "is no address", "mend the link or leave it out")
    if isinstance(error, (httpx.ReadTimeout, httpx.WriteTimeout)):
        return FetchError(address, "slow", "stops answering", _LATER)
    if isinstance(error, httpx.ConnectTimeout):
        return FetchError(address, "unreachable", "does not answer", _LATER, heals=True)
    if isinstance(error, httpx.ConnectError):
        return FetchError(address, "refused", "refuses the connection", _LATER, heals=True)
    if isinstance(error, httpx.ProtocolError):
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
