"""Fetches addresses: asks robots.txt, waits its turn, follows redirects, tries again what can heal."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from urllib.parse import urljoin, urlsplit

from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from tasks.fetch.connection import Connections
from tasks.fetch.guard import check_address
from tasks.fetch.hosts import HostGate
from tasks.fetch.recording import RequestRecord, make_answer, refused_request
from tasks.fetch.records import (
    LIST_TYPES,
    PAGE_TYPES,
    Accepted,
    Answer,
    Failure,
    FetchError,
    Limits,
    Politeness,
    Received,
    Request,
    Wanted,
)
from tasks.fetch.robots import LARGEST, RobotsCache

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEALING = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_HOST_FAILURES = frozenset({"refused", "unreachable", "dns", "certificate", "encryption", "reset", "slow", "protocol"})
_ACCEPT = b"text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,text/*;q=0.8"


class Fetcher:
    """Fetches within limits and politeness; an asynchronous context that owns the connections.

    ``politeness`` maps host names to how they are treated, all others get ``default``. ``allowed`` names hosts
    that may be private; only tests and closed networks need it.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        limits: Limits | None = None,
        politeness: Mapping[str, Politeness] | None = None,
        default: Politeness | None = None,
        allowed: Collection[str] = (),
        trust: ssl.SSLContext | None = None,
        keep_exchanges: bool = False,
    ) -> None:
        """``user_agent`` says who asks and how to reach him."""
        self._limits = limits or Limits()
        self._headers = (
            (b"User-Agent", user_agent.encode("ascii")),
            (b"Accept", _ACCEPT),
            (b"Accept-Encoding", b"gzip, deflate"),
        )
        self._accepted = _accept(self._limits)
        self._politeness = dict(politeness or {})
        self._default = default or Politeness()
        self._gates: dict[str, HostGate] = {}
        self._connections = Connections(self._limits, allowed, trust, keep_exchanges=keep_exchanges)
        self._robots = RobotsCache(self._ask_robots)
        self._robots_requests: list[Request] = []

    async def __aenter__(self) -> Fetcher:
        """Opens nothing yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes all connections."""
        await self._connections.__aexit__(kind, error, trace)

    async def fetch(self, wanted: Wanted) -> Answer:
        """What came of an address; never raises for what the web does."""
        requests: list[Request] = []
        address, received, failure = wanted.address, None, None
        try:
            address, received = await self._follow(wanted, requests)
        except FetchError as error:
            failure = Failure(kind=error.kind, reason=error.reason, remedy=error.remedy)
            if error.status is not None:
                received = Received(error.status, {})
            if not requests:
                requests.append(refused_request(wanted, error))
            elif requests[-1].error_kind is None:
                requests[-1] = replace(requests[-1], error_kind=error.kind, error=error.reason)
        robots, self._robots_requests = self._robots_requests, []
        return make_answer(wanted, address, received, failure, (*robots, *requests))

    async def _follow(self, wanted: Wanted, requests: list[Request]) -> tuple[str, Received]:
        """Goes from hop to hop, each checked like the first."""
        address, seen = wanted.address, {wanted.address}
        for _ in range(self._limits.redirects + 1):
            received = await self._persist(address, wanted, requests)
            if received.status not in _REDIRECTS:
                _require_page(address, received, wanted)
                return address, received
            target = _join(address, received.headers.get("location", "").strip())
            check_address(target)
            if target in seen:
                raise FetchError(wanted.address, "redirect_loop", "redirects in a circle", "tell the publisher")
            seen.add(target)
            address = target
        reason = f"redirects more than {self._limits.redirects} times"
        raise FetchError(wanted.address, "redirect_loop", reason, "tell the publisher")

    async def _persist(self, address: str, wanted: Wanted, requests: list[Request]) -> Received:
        """One hop, tried again while that may help."""
        check_address(address)
        gate = self._gate(address)
        robots = "none"
        if wanted.purpose != "robots":
            robots = await self._ask_permission(address, wanted, gate, requests)

        async def attempt(number: int) -> Received:
            record = RequestRecord(requests, wanted, address, number, robots)
            return await self._ask(address, wanted, gate, record)

        try:
            return await attempt(1)
        except FetchError as error:
            if not error.heals or gate.closed:
                raise
            return await self._heal(error, attempt, gate)

    async def _heal(self, error: FetchError, attempt: Callable[[int], Awaitable[Received]], gate: HostGate) -> Received:
        """Further attempts, after pauses, when the first ended in ``error``; most requests never come here."""
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._limits.attempts),
            retry=retry_if_exception(lambda error: isinstance(error, FetchError) and error.heals and not gate.closed),
            wait=wait_exponential_jitter(multiplier=self._limits.backoff, max=60, jitter=self._limits.backoff / 2),
            reraise=True,
        )
        async for again in retrying:
            with again:
                number = again.retry_state.attempt_number
                if number == 1:
                    raise error
                received = await attempt(number)
        return received

    async def _ask(self, address: str, wanted: Wanted, gate: HostGate, record: RequestRecord) -> Received:
        """One request, which is recorded however it ends."""
        async with gate.turn():
            started = record.start()
            try:
                headers = (*self._headers, *_validators(wanted))
                received = await self._connections.ask(address, headers, self._accepted[wanted.purpose])
                error = self._refuse_status(address, received, gate)
            except FetchError as failed:
                received, error = Received(failed.status or 0, {}, size=failed.size), failed
            record.finish(started, received, error)
            gate.count(failed=error is not None and error.kind in _HOST_FAILURES)
        if error is not None:
            raise error
        return received

    def _refuse_status(self, address: str, received: Received, gate: HostGate) -> FetchError | None:
        """What is wrong with a status that may heal; holds or closes the host as it asks."""
        status = received.status
        if status not in _HEALING:
            return None
        wait = _retry_after(received.headers.get("retry-after"))
        reason = f"answers with status {status}"
        error = FetchError(address, "busy" if status == 429 else "status", reason, "try again later", status=status)
        error.heals = True
        error.size = received.size
        if wait is not None and wait > self._limits.longest_wait:
            gate.close(f"asks to wait {wait:.0f} seconds")
            error.heals = False
        elif wait is not None:
            gate.hold(wait)
        return error

    async def _ask_permission(self, address: str, wanted: Wanted, gate: HostGate, requests: list[Request]) -> str:
        """Raises :class:`FetchError` when robots.txt does not allow the address."""
        rules = await self._robots.rules(address, wanted.source_id)
        gate.delay = max(gate.delay, rules.delay)
        if rules.allows(address):
            return "allowed"
        decision = "unreachable" if rules.unreachable else "disallowed"
        reason = f"is not asked: {rules.unreachable or 'robots.txt disallows it'}"
        remedy = "try again later" if rules.unreachable else "leave it out of the source"
        error = FetchError(address, f"robots_{decision}", reason, remedy)
        record = RequestRecord(requests, wanted, address, 1, decision)
        record.finish(record.start(), Received(0, {}), error)
        raise error

    async def _ask_robots(self, address: str, source_id: str) -> Received:
        requests: list[Request] = []
        try:
            return (await self._follow(Wanted(address=address, source_id=source_id, purpose="robots"), requests))[1]
        finally:
            self._robots_requests.extend(requests)

    def _gate(self, address: str) -> HostGate:
        parts = urlsplit(address)
        host = parts.netloc.rpartition("@")[2].lower()
        if host not in self._gates:
            politeness = self._politeness.get(parts.hostname or "", self._default)
            self._gates[host] = HostGate(host, politeness)
        return self._gates[host]


def _accept(limits: Limits) -> dict[str, Accepted]:
    """What is read for each purpose."""
    lists = Accepted(types=LIST_TYPES, size=limits.size)
    return {
        "article": Accepted(types=PAGE_TYPES, size=limits.size),
        "feed": lists,
        "listing": lists,
        "sitemap": Accepted(types=LIST_TYPES, size=limits.sitemap_size),
        "robots": Accepted(types=None, size=LARGEST, cut=True),
    }


def _require_page(address: str, received: Received, wanted: Wanted) -> None:
    """Raises :class:`FetchError` for a final answer without a page."""
    if wanted.purpose == "robots" or received.status == 200:
        return
    if received.status == 304 and wanted.is_conditional:
        return
    if received.status == 304:
        reason = "says that nothing changed, but no copy was named to it"
        raise FetchError(address, "unexpected_304", reason, "tell the publisher", status=304)
    if received.status in _GONE:
        raise FetchError(
            address, "gone", f"is gone (status {received.status})", "nothing to do", status=received.status
        )
    reason = f"answers with status {received.status}"
    raise FetchError(address, "status", reason, "open it in a browser", status=received.status)


def _join(address: str, target: str) -> str:
    """Where a redirect leads; what cannot be read is left for the check that refuses it."""
    try:
        return urljoin(address, target)
    except ValueError:
        return target


def _validators(wanted: Wanted) -> list[tuple[bytes, bytes]]:
    """The headers of a conditional request."""
    found = ((b"If-None-Match", wanted.etag), (b"If-Modified-Since", wanted.last_modified))
    return [(name, value.encode("latin-1", "replace")) for name, value in found if value]


def _retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header, which may also be a date."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
