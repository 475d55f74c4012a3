"""Requests and answers as they are recorded."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.message import Message
from functools import lru_cache
from time import perf_counter

from tasks.fetch.records import Answer, Failure, FetchError, Received, Request, Wanted


class RequestRecord:
    """A request in the making, for the list of requests."""

    def __init__(self, requests: list[Request], wanted: Wanted, address: str, attempt: int, robots: str) -> None:
        """``robots`` is the decision of robots.txt on the address."""
        self._requests = requests
        self._wanted = wanted
        self._address = address
        self._attempt = attempt
        self._robots = robots
        self._at = ""

    def start(self) -> float:
        """The clock at the beginning."""
        self._at = now()
        return perf_counter()

    def finish(self, started: float, received: Received, error: FetchError | None) -> None:
        """Adds the request with what came of it."""
        headers = received.headers
        self._requests.append(
            Request(
                source_id=self._wanted.source_id,
                purpose=self._wanted.purpose,
                address=self._address,
                requested_at=self._at,
                attempt=self._attempt,
                robots=self._robots,
                conditional=self._wanted.is_conditional,
                bytes=received.size,
                seconds=perf_counter() - started,
                status=received.status or None,
                media_type=_short(headers.get("content-type", "").partition(";")[0]),
                etag=_short(headers.get("etag")),
                last_modified=_short(headers.get("last-modified")),
                sha256=hashlib.sha256(received.content).hexdigest() if received.content else None,
                error_kind=error.kind if error else None,
                error=error.reason if error else None,
            )
        )


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def make_answer(
    wanted: Wanted, address: str, received: Received | None, failure: Failure | None, requests: tuple[Request, ...]
) -> Answer:
    """What came of a wanted address, from its last answer."""
    received = received or Received(0, {})
    media_type, charset = _read_content_type(received.headers.get("content-type", ""))
    return Answer(
        wanted=wanted,
        address=address,
        retrieved_at=now(),
        status=received.status or None,
        content=received.content,
        sha256=requests[-1].sha256 if received.content else None,
        media_type=media_type,
        charset=charset,
        etag=_short(received.headers.get("etag")),
        last_modified=_short(received.headers.get("last-modified")),
        failure=failure,
        requests=requests,
        exchange=received.exchange,
    )


def refused_request(wanted: Wanted, error: FetchError) -> Request:
    """A row for an address that was not asked at all."""
    return Request(
        source_id=wanted.source_id,
        purpose=wanted.purpose,
        address=wanted.address,
        requested_at=now(),
        attempt=1,
        robots="none",
        conditional=wanted.is_conditional,
        error_kind=error.kind,
        error=error.reason,
    )


@lru_cache(maxsize=256)
def _read_content_type(value: str) -> tuple[str | None, str | None]:
    """The media type and the charset of a Content-Type header; sites send few different ones."""
    if not value:
        return None, None
    claimed = Message()
    claimed["content-type"] = value.replace("\n", " ").replace("\r", " ")
    charset = claimed.get_param("charset")
    return _short(claimed.get_content_type()), _short(charset) if isinstance(charset, str) else None


def _short(text: str | None) -> str | None:
    """A header's value as it is kept; very long ones are nobody's validator."""
    return text if text and len(text) <= 500 else None
