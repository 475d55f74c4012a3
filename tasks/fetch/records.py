"""What fetching takes and gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.errors import CakupanError

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
"""Media types of articles and listing pages."""

LIST_TYPES = PAGE_TYPES | {
    "application/xml",
    "text/xml",
    "application/rss+xml",
    "application/x-rss+xml",
    "text/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/gzip",
    "application/x-gzip",
    "application/octet-stream",
}
"""Media types of feeds and sitemaps, also packed ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """How a host is treated: connections at a time, and seconds between the starts of two requests."""

    connections: int = 1
    delay: float = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one answer may cost: bytes on the line and unpacked, and seconds.

    ``total_seconds`` bounds one request however slowly it answers, ``longest_wait`` what Retry-After may ask
    for within a run, ``backoff`` is the first pause before another attempt. ``sitemap_size`` is what the protocol of
    sitemaps allows; those of large publishers have more bytes than any page.
    """

    size: int = 5_000_000
    sitemap_size: int = 50_000_000
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    redirects: int = 5
    attempts: int = 3
    backoff: float = 1.0
    longest_wait: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What is read of an answer: its media types (none given: any), and its bytes on the line and unpacked.

    Content with more bytes is refused, or with ``cut`` ends there.
    """

    types: frozenset[str] | None
    size: int
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An address to fetch, and the validators of the copy that is there, if any."""

    address: str
    source_id: str
    purpose: str = "article"
    etag: str | None = None
    last_modified: str | None = None

    @property
    def is_conditional(self) -> bool:
        """Whether the answer may be that nothing has changed."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it is recorded; ``requested_at`` is ISO 8601 in UTC, ``bytes`` are those on the line."""

    source_id: str
    purpose: str
    address: str
    requested_at: str
    attempt: int
    robots: str
    conditional: bool
    bytes: int = 0
    seconds: float = 0.0
    status: int | None = None
    media_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    error_kind: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why there is no page: ``kind`` is a fixed word."""

    kind: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a wanted address: content, the news that nothing changed (status 304), or a failure.

    ``address`` is where the last redirect led, ``retrieved_at`` ISO 8601 in UTC. ``requests`` are all that
    were made for it.
    """

    wanted: Wanted
    address: str
    retrieved_at: str
    status: int | None = None
    content: bytes = b""
    sha256: str | None = None
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    failure: Failure | None = None
    requests: tuple[Request, ...] = ()
    exchange: Exchange | None = None

    @property
    def is_unchanged(self) -> bool:
        """Whether the copy that is there is still what the publisher shows."""
        return self.failure is None and self.status == 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer as they went over the line, for an archive."""

    address: str
    sent: tuple[tuple[str, str], ...]
    status: int
    reason: str
    received: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(slots=True)
class Received:
    """One answer to one request; ``content`` is unpacked, ``size`` and ``body`` are as on the line."""

    status: int
    headers: dict[str, str]
    content: bytes = b""
    size: int = 0
    exchange: Exchange | None = field(default=None, repr=False)


class FetchError(CakupanError):
    """A request that gave nothing: ``kind`` is a fixed word, ``heals`` whether another attempt may help.

    ``status`` and ``size`` tell how far it came, ``retry_after`` the seconds that the host asked to wait.
    """

    def __init__(
        self, subject: str, kind: str, reason: str, remedy: str, *, heals: bool = False, status: int | None = None
    ) -> None:
        super().__init__(subject, reason, remedy)
        self.kind = kind
        self.heals = heals
        self.status = status
        self.size = 0
        self.retry_after: float | None = None
