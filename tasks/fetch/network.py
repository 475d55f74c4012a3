"""Connects to hosts, to the addresses that were checked and never to a name; what httpcore's connections stand on.

httpcore's own backends go through anyio, which costs as much for each request as the rest of a connection.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Collection, Iterable
from typing import Any

import httpcore

from tasks.fetch.guard import resolve


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Makes connections to hosts on the public internet, and to those that are allowed by name."""

    def __init__(self, allowed: Collection[str]) -> None:
        """``allowed`` names hosts that may be private."""
        self._allowed = frozenset(allowed)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A stream to the first of a host's addresses that answers, each given ``timeout`` seconds."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await resolve(host, port, self._allowed)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                async with asyncio.timeout(timeout):
                    return _Stream(*await asyncio.open_connection(address, port))
            except TimeoutError as error:
                failure = httpcore.ConnectTimeout(str(error))
            except OSError as error:
                failure = httpcore.ConnectError(str(error))
        raise failure


class _Stream(httpcore.AsyncNetworkStream):
    """An asyncio stream as httpcore wants it; the reader stops taking bytes when nobody fetches them."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

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

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except BaseException as error:
            await self.aclose()
            if isinstance(error, TimeoutError):
                raise httpcore.ConnectTimeout from error
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks: whether the host has ended an idle connection, and how TLS was agreed."""
        return self._reader.at_eof() if info == "is_readable" else self._writer.get_extra_info(info)
