"""A web site on loopback: several virtual hosts, pages with validators, and hosts that misbehave.

Names end in ``.localhost`` and lead to 127.0.0.1, so that nothing outside is ever asked.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import ssl
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True)
class Asked:
    """A request as the site saw it."""

    host: str
    path: str
    headers: dict[str, str]

    @property
    def is_conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass
class Page:
    """What the site answers; ``packed`` sends it with Content-Encoding gzip."""

    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: bool = True
    packed: bool = False


Answering = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class LocalSite:
    """The pages of all hosts by host and path, and what was asked of them."""

    pages: dict[tuple[str, str], Page | Answering] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    sent: int = 0
    latency: float = 0.0
    port: int = 0
    connections: Counter[str] = field(default_factory=Counter)
    most_connections: Counter[str] = field(default_factory=Counter)
    _open: Counter[str] = field(default_factory=Counter)

    def address(self, host: str, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def add(self, host: str, path: str, page: Page | Answering | str) -> str:
        self.pages[host, path] = Page(page.encode()) if isinstance(page, str) else page
        return self.address(host, path)

    def forget(self) -> None:
        self.asked.clear()
        self.sent = 0

    def paths(self, host: str | None = None, *, robots: bool = False) -> list[str]:
        return [
            each.path for each in self.asked if host in {None, each.host} and (robots or each.path != "/robots.txt")
        ]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = None
        try:
            while asked := await _read(reader):
                if host is None:
                    host = asked.host
                    self.connections[host] += 1
                    self._open[host] += 1
                    self.most_connections[host] = max(self.most_connections[host], self._open[host])
                self.asked.append(asked)
                if self.latency:
                    await asyncio.sleep(self.latency)
                page = self.pages.get((asked.host, asked.path), Page(b"no such page", status=404, etag=False))
                if not isinstance(page, Page):
                    await page(asked, writer)
                    break
                self.sent += await _write(page, asked, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            if host is not None:
                self._open[host] -= 1
            writer.close()
            with suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError, TimeoutError):
                async with asyncio.timeout(1):  # TLS says farewell, and some clients never answer
                    await writer.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except asyncio.IncompleteReadError:
        return None
    path = head[0].split(" ")[1]
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    return Asked(headers.get("host", "").partition(":")[0], path, headers)


async def _write(page: Page, asked: Asked, writer: asyncio.StreamWriter) -> int:
    body = gzip.compress(page.body, 1) if page.packed else page.body
    headers = {"Content-Type": page.media_type} | page.headers
    status = page.status
    if page.etag:
        headers["ETag"] = _tag(page.body)
        if asked.headers.get("if-none-match") == headers["ETag"]:
            status, body = 304, b""
    if page.packed and body:
        headers["Content-Encoding"] = "gzip"
    if status != 304:
        headers["Content-Length"] = str(len(body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"HTTP/1.1 {status} Some reason\r\n{lines}\r\n".encode("latin-1") + body)
    await writer.drain()
    return len(body)


@lru_cache(maxsize=4096)
def _tag(body: bytes) -> str:
    """The ETag of a body; remembered, so that benchmarks measure clients and not the site."""
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


@contextmanager
def running(site: LocalSite, tls: ssl.SSLContext | None = None) -> Iterator[LocalSite]:
    """Serves the site from a thread of its own until the end of the block."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stop = asyncio.Event()

    async def serve() -> None:
        server = await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=tls, backlog=500)
        site.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()], daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
