"""Opens connections to hosts: to the addresses that were checked, never to a name.

httpcore's pool and its streams on anyio would do this too, and take longer for each request than all the rest.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Collection, Iterable
from typing import Any, SupportsIndex

import httpcore

from tasks.fetch.guard import resolve
from tasks.fetch.http11 import Http11Connection

_IDLE_SECONDS = 30.0
Connection = Http11Connection | httpcore.AsyncHTTP2Connection


async def connect(
    origin: httpcore.Origin, allowed: Collection[str], trust: ssl.SSLContext | None, seconds: float
) -> Connection:
    """A new connection to a host, HTTP/2 where both sides speak it.

    ``trust`` is needed for https. Raises :class:`FetchError` for a host that must not be asked, and errors of
    httpcore or ssl; each step may take so many ``seconds``.
    """
    host = origin.host.decode("ascii")
    try:
        stream = await _open(host, origin.port, allowed, seconds)
        if trust is None:
            return Http11Connection(stream, _IDLE_SECONDS)
        protocol = await stream.encrypt(trust, host, seconds)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout from error
    if protocol == "h2":
        return httpcore.AsyncHTTP2Connection(origin, stream, keepalive_expiry=_IDLE_SECONDS)
    return Http11Connection(stream, _IDLE_SECONDS)


async def _open(host: str, port: int, allowed: Collection[str], seconds: float) -> _Stream:
    """A stream to the first of a host's addresses that answers."""
    async with asyncio.timeout(seconds):
        addresses = await resolve(host, port, allowed)
    failure: Exception = httpcore.ConnectError("no address")
    for address in addresses:
        try:
            async with asyncio.timeout(seconds):
                return await _Stream.connect(address, port)
        except TimeoutError:
            failure = httpcore.ConnectTimeout(f"{address} does not answer")
        except OSError as error:
            failure = httpcore.ConnectError(str(error))
    raise failure


class _Reader(asyncio.StreamReader):
    """A reader that knows how many bytes came that nobody has fetched; it takes no more when those are many."""

    def __init__(self) -> None:
        super().__init__(loop=asyncio.get_running_loop())
        self.unread = 0

    def feed_data(self, data: Iterable[SupportsIndex]) -> None:
        piece = bytes(data)
        self.unread += len(piece)
        super().feed_data(piece)

    async def read(self, n: int = -1) -> bytes:
        piece = await super().read(n)
        self.unread -= len(piece)
        return piece


class _Stream(httpcore.AsyncNetworkStream):
    """An asyncio stream as httpcore wants it."""

    def __init__(self, reader: _Reader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, address: str, port: int) -> _Stream:
        """A stream to an IP address."""
        reader = _Reader()
        loop = asyncio.get_running_loop()
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await loop.create_connection(lambda: protocol, address, port)
        return cls(reader, asyncio.StreamWriter(transport, protocol, reader, loop))

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            async with asyncio.timeout(timeout):
                return await self._reader.read(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        try:
            self._writer.write(buffer)
            async with asyncio.timeout(timeout):
                await self._writer.drain()
        except TimeoutError as error:
            raise httpcore.WriteTimeout from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        """Closes at once: a host that does not answer the farewell holds nothing up."""
        self._writer.close()
        await asyncio.sleep(0)
        self._writer.transport.abort()

    async def encrypt(self, trust: ssl.SSLContext, host: str, seconds: float) -> str | None:
        """Begins TLS with a host that ``trust`` believes; gives the protocol that was agreed."""
        try:
            async with asyncio.timeout(seconds):
                await self._writer.start_tls(trust, server_hostname=host)
        except BaseException:
            await self.aclose()
            raise
        agreed: str | None = self._writer.get_extra_info("ssl_object").selected_alpn_protocol()
        return agreed

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks: whether an idle connection was ended by its host, or brought what nobody asked for."""
        if info == "is_readable":
            return self._reader.at_eof() or self._reader.unread > 0
        return self._writer.get_extra_info(info)
