"""How often and how widely a host is asked: one gate for each host, shared by all sources."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tasks.fetch.records import FetchError, Politeness

_JITTER = 0.25
"""Share of the delay by which it varies, so that a publisher sees no beat."""

_MOST_FAILURES = 6
"""Requests in a row that fail in the network, after which a host is left alone for the rest of the run."""


class HostGate:
    """Lets at most so many requests through at a time, each some time after the one before."""

    def __init__(self, host: str, politeness: Politeness) -> None:
        """A gate that is open."""
        self.host = host
        self.delay = politeness.delay
        self.closed: str | None = None
        self._turns = asyncio.Semaphore(politeness.connections)
        self._pace = asyncio.Lock()
        self._next = 0.0
        self._failures = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for a free connection and for the delay; raises :class:`FetchError` when the gate is closed."""
        self._require_open()
        async with self._turns:
            if self.delay or self._next:
                async with self._pace:
                    await self._wait()
            self._require_open()
            yield

    def hold(self, seconds: float) -> None:
        """Lets no request start for so many seconds, as the host asked."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)

    def close(self, reason: str) -> None:
        """Lets nothing through any more in this run."""
        self.closed = self.closed or reason

    def count(self, *, failed: bool) -> None:
        """Takes note of how a request ended; a host that only fails is closed."""
        self._failures = self._failures + 1 if failed else 0
        if self._failures >= _MOST_FAILURES:
            self.close(f"failed {self._failures} requests in a row")

    async def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        while (seconds := self._next - loop.time()) > 0:
            await asyncio.sleep(seconds)
        self._next = loop.time() + self.delay * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 no secret

    def _require_open(self) -> None:
        if self.closed:
            reason = f"is left alone in this run: it {self.closed}"
            raise FetchError(self.host, "host_closed", reason, "the next run asks again")
