"""Unpacks what comes over the line piece by piece, never holding more than a limit."""

from __future__ import annotations

import zlib

_GZIP = 31
_ZLIB = 15
_RAW = -15


class TooLargeError(Exception):
    """The content has more bytes than the limit."""


class DamagedError(Exception):
    """The content is not what its encoding says, or ends before it should."""


class Unpacker:
    """Content in the making: give it pieces with :meth:`feed`, then take :meth:`finish`.

    ``encoding`` is the Content-Encoding of the answer: gzip, deflate, or none.
    """

    def __init__(self, encoding: str, limit: int, *, cut: bool = False) -> None:
        """With ``cut``, content ends at the limit instead of being refused.

        Raises :class:`DamagedError` for an encoding that was not asked for.
        """
        encoding = encoding.strip().lower()
        if encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise DamagedError(f"has the encoding {encoding[:40]!r}, which was not asked for")
        self.is_full = False
        self._limit = limit
        self._cut = cut
        self._encoding = encoding.removeprefix("x-")
        self._parts: list[bytes] = []
        self._size = 0
        self._stream = zlib.decompressobj(_GZIP) if self._encoding == "gzip" else None

    def feed(self, piece: bytes) -> None:
        """Takes the next piece; raises when it makes the content too large or is damaged."""
        if self._encoding in {"", "identity"}:
            self._add(piece)
            return
        if self._stream is None:
            self._stream = zlib.decompressobj(_ZLIB if _has_zlib_head(piece) else _RAW)
        try:
            self._inflate(piece)
        except zlib.error as error:
            raise DamagedError(f"cannot be unpacked: {error}") from error

    def finish(self) -> bytes:
        """The whole content; raises :class:`DamagedError` when the packed stream has not ended."""
        if self._stream is not None and not self._stream.eof and not self.is_full:
            raise DamagedError("ends in the middle of its packed content")
        return b"".join(self._parts)

    def _inflate(self, piece: bytes) -> None:
        stream = self._stream
        while piece and stream is not None and not self.is_full:
            if stream.eof:
                if self._encoding != "gzip" or not piece.startswith(b"\x1f\x8b"):
                    return  # what stands behind the end is padding
                stream = self._stream = zlib.decompressobj(_GZIP)
            self._add(stream.decompress(piece, self._limit - self._size + 1))
            piece = stream.unused_data if stream.eof else stream.unconsumed_tail

    def _add(self, content: bytes) -> None:
        self._size += len(content)
        if self._size > self._limit:
            if not self._cut:
                raise TooLargeError
            content = content[: self._limit - self._size]
            self.is_full = True
        self._parts.append(content)


def unpack_gzip(content: bytes, limit: int) -> bytes:
    """The bytes of a gzip file such as ``sitemap.xml.gz``; raises as :class:`Unpacker` does."""
    unpacker = Unpacker("gzip", limit)
    unpacker.feed(content)
    return unpacker.finish()


def _has_zlib_head(piece: bytes) -> bool:
    """Whether a deflate stream has the header that RFC 9110 wants and some servers leave out."""
    return len(piece) > 1 and piece[0] & 15 == 8 and int.from_bytes(piece[:2]) % 31 == 0
