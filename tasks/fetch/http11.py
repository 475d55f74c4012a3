"""HTTP/1.1 over one stream, one request at a time; h11 reads and writes the protocol.

httpcore has the same, with locks for requests that share a connection, which take as long as all the rest; and it does
not say whether bytes stand behind an answer, as after a wrong Content-Length. They would be taken for the next one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from time import monotonic
from typing import Any

import h11
import httpcore

_LARGEST_HEAD = 100_000
"""Bytes of the header lines of an answer, as httpcore has it."""

_PIECE = 65_536


class Http11Connection:
    """A connection that is asked again only after its answer was read to the end."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, idle_seconds: float) -> None:
        """``idle_seconds`` is how long it may wait for another request."""
        self._stream = stream
        self._parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST_HEAD)
        self._idle_seconds = idle_seconds
        self._used_at = monotonic()
        self._read_seconds: float | None = None

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """The head of the answer, with its body to come; raises errors of httpcore."""
        patience: dict[str, float] = request.extensions["timeout"]
        self._read_seconds = patience["read"]
        if self._parser.our_state is h11.DONE:
            self._parser.start_next_cycle()
        try:
            asked = h11.Request(method=request.method, target=request.url.target, headers=request.headers)
            lines = (self._parser.send(asked) or b"") + (self._parser.send(h11.EndOfMessage()) or b"")
        except h11.LocalProtocolError as error:
            raise httpcore.LocalProtocolError(str(error)) from error
        with suppress(httpcore.WriteError):  # the host may have said why before it closed
            await self._stream.write(lines, patience["write"])
        head = await self._next()
        while isinstance(head, h11.InformationalResponse):
            head = await self._next()
        if not isinstance(head, h11.Response):
            raise httpcore.RemoteProtocolError("the answer has no head")
        reason = {"reason_phrase": bytes(head.reason)}
        return httpcore.Response(
            head.status_code, headers=head.headers.raw_items(), content=self._body(), extensions=reason
        )

    def is_available(self) -> bool:
        """Whether the last answer was read to its end, and nothing stands behind it."""
        parser = self._parser
        return parser.our_state is h11.DONE and parser.their_state is h11.DONE and not parser.trailing_data[0]

    def has_expired(self) -> bool:
        """Whether it has waited too long, or the host has ended it or sent what nobody asked for."""
        is_old = monotonic() - self._used_at > self._idle_seconds
        return is_old or bool(self._stream.get_extra_info("is_readable"))

    async def aclose(self) -> None:
        """Ends the connection."""
        await self._stream.aclose()

    async def _body(self) -> AsyncIterator[bytes]:
        while isinstance(event := await self._next(), h11.Data):
            yield bytes(event.data)
        self._used_at = monotonic()

    async def _next(self) -> Any:
        """What h11 makes of the next bytes."""
        try:
            while (event := self._parser.next_event()) is h11.NEED_DATA:
                piece = await self._stream.read(_PIECE, self._read_seconds)
                if not piece and self._parser.their_state is h11.SEND_RESPONSE:
                    raise httpcore.RemoteProtocolError("the connection ends without an answer")
                self._parser.receive_data(piece)
        except h11.RemoteProtocolError as error:
            raise httpcore.RemoteProtocolError(str(error)) from error
        return event
