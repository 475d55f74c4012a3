"""Keeps answers as they came over the line, in WARC files that any web archive reads."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from tasks.errors import WarehouseError
from tasks.fetch.records import Answer, Exchange


class Archive:
    """The WARC file of one run, ``RUN.warc.gz``; made with the first answer, and never when not enabled."""

    def __init__(self, folder: Path, run_id: str, *, enabled: bool) -> None:
        """Writes nothing yet."""
        self.path = folder / f"{run_id}.warc.gz"
        self._enabled = enabled
        self._stream: BinaryIO | None = None
        self._writer: Any = None

    def __enter__(self) -> Archive:
        """Opens nothing yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the file."""
        if self._stream is not None:
            self._stream.close()

    def add(self, answers: Iterable[Answer]) -> None:
        """Writes the requests and answers that brought content; raises :class:`WarehouseError`."""
        if not self._enabled:
            return
        try:
            for answer in answers:
                if answer.exchange is not None:
                    self._write(answer.exchange, answer.retrieved_at)
        except OSError as error:
            reason = f"cannot be written: {error.strerror or error}"
            raise WarehouseError(self.path, reason, "free space or run without --archive") from error

    def _write(self, exchange: Exchange, retrieved_at: str) -> None:
        if self._writer is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self.path.open("wb")
            self._writer = WARCWriter(self._stream, gzip=True)
        moment = {"WARC-Date": retrieved_at.replace("+00:00", "Z")}
        answer = self._writer.create_warc_record(
            exchange.address,
            "response",
            payload=io.BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=StatusAndHeaders(
                f"{exchange.status} {exchange.reason}", _headers_of_body(exchange), protocol="HTTP/1.1"
            ),
            warc_headers_dict=moment,
        )
        request = self._writer.create_warc_record(
            exchange.address,
            "request",
            http_headers=StatusAndHeaders(
                f"GET {_target(exchange.address)} HTTP/1.1", list(exchange.sent), is_http_request=True
            ),
            warc_headers_dict=moment,
        )
        self._writer.write_request_response_pair(request, answer)


def _headers_of_body(exchange: Exchange) -> list[tuple[str, str]]:
    """The headers without the one of the transport, whose chunks are joined in the body."""
    return [(name, value) for name, value in exchange.received if name.lower() != "transfer-encoding"]


def _target(address: str) -> str:
    """What a request line says for an address."""
    parts = urlsplit(address)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
