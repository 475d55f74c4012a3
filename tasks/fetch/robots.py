"""What robots.txt allows, by RFC 9309: asked once a host and run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from tasks.fetch.records import FetchError, Received

LARGEST = 512_000
"""Bytes of a robots.txt that are read; the RFC wants at least 500 KiB."""

TOKEN = "cakupan"  # noqa: S105 the product's name in robots.txt
_TOO_MANY_REQUESTS = 429
_HOSTLESS = frozenset({"private", "dns"})
"""Failures that say more about the host than about its robots.txt."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host: ``unreachable`` says why nothing may be asked."""

    rules: Protego | None = None
    unreachable: str | None = None

    def allows(self, address: str) -> bool:
        """Whether an address may be asked."""
        if self.unreachable:
            return False
        return self.rules is None or bool(self.rules.can_fetch(address, TOKEN))

    @property
    def delay(self) -> float:
        """Seconds between requests that the host wants."""
        return float((self.rules and self.rules.crawl_delay(TOKEN)) or 0.0)


class RobotsCache:
    """The rules of each host, asked when first needed and by nobody twice."""

    def __init__(self, ask: Callable[[str, str], Awaitable[Received]]) -> None:
        """``ask`` takes the address of a robots.txt and the source it is asked for; raises FetchError."""
        self._ask = ask
        self._known: dict[str, asyncio.Task[Robots]] = {}

    async def rules(self, address: str, source_id: str) -> Robots:
        """The rules that hold for an address."""
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc.lower()}"
        if origin not in self._known:
            self._known[origin] = asyncio.create_task(self._read(f"{origin}/robots.txt", source_id))
        reading = self._known[origin]
        return reading.result() if reading.done() else await asyncio.shield(reading)

    async def _read(self, address: str, source_id: str) -> Robots:
        """No file (status 4xx) allows all, no answer (status 5xx, network) allows nothing."""
        try:
            received = await self._ask(address, source_id)
        except FetchError as error:
            if error.kind in _HOSTLESS:
                raise
            return Robots(unreachable=f"robots.txt {error.reason}")
        if received.status == 200:
            return Robots(rules=Protego.parse(received.content.decode("utf-8", "replace").lstrip("\ufeff")))
        if 400 <= received.status < 500 and received.status != _TOO_MANY_REQUESTS:
            return Robots()
        return Robots(unreachable=f"robots.txt answers with status {received.status}")
