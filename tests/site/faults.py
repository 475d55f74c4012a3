"""Ways in which a server can misbehave; each is an answering function of the local site."""

from __future__ import annotations

import asyncio
import gzip
import random
import socket
import struct
import zlib
from collections.abc import Callable

from local_site import Answering, Asked

_HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def _sending(*pieces: bytes, pause: float = 0.0) -> Answering:
    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


def reset() -> Answering:
    """Ends the connection with a reset after half of the body."""

    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(_HTML + b"Content-Length: 1000\r\n\r\n" + b"x" * 500)
        await writer.drain()
        await asyncio.sleep(0.01)
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    return answer


def drip() -> Answering:
    """Sends a byte now and then, never long enough apart for a read to time out."""
    return _sending(_HTML + b"Content-Length: 100000\r\n\r\n", *[b"x"] * 1000, pause=0.02)


def endless() -> Answering:
    """Never stops sending, as long as anybody is there."""

    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(_HTML + b"\r\n")
        while not writer.is_closing():
            writer.write(b"x" * 65536)
            await writer.drain()
            await asyncio.sleep(0)

    return answer


def gzip_bomb(encoding: str = "gzip") -> Answering:
    """A small body that unpacks to 60 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    body = b"".join(packer.compress(bytes(1_000_000)) for _ in range(60)) + packer.flush()
    head = _HTML + f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return _sending(head + body)


def long_length() -> Answering:
    """Promises more bytes than it sends."""
    return _sending(_HTML + b"Content-Length: 5000\r\n\r\nshort")


def short_length(pause: float = 0.0) -> Answering:
    """Promises fewer bytes than it sends, at once or later, and what follows looks like another answer."""
    first, rest = _HTML + b"Content-Length: 10\r\n\r\n<p>isi</p>", _HTML + b"Content-Length: 5\r\n\r\npalsu"
    pieces = (first, rest) if pause else (first + rest,)

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await _sending(*pieces, pause=pause)(asked, writer)
        await asyncio.sleep(5)

    return answer


def unasked() -> Answering:
    """A good answer, then another that nobody asked for, as servers send that tire of waiting."""
    timeout = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    return _sending(_HTML + b"Content-Length: 10\r\n\r\n<p>isi</p>", timeout, pause=0.05)


def until_end() -> Answering:
    """HTTP/1.0 without a length: the body ends with the connection."""
    return _sending(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>isi</p>")


def informing() -> Answering:
    """Interim answers without end."""

    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        while not writer.is_closing():
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)
            await writer.drain()
            await asyncio.sleep(0.01)

    return answer


def mutated(seed: int) -> Answering:
    """A good answer with some of its bytes changed, left out, doubled or moved; always the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 no secret
    body = gzip.compress(b"<p>kata</p>" * 50, mtime=0)
    heads = (
        b"Content-Length: %d\r\nContent-Encoding: gzip\r\n\r\n" % len(body) + body,
        b"Transfer-Encoding: chunked\r\n\r\nb\r\n<p>kata</p>\r\n0\r\n\r\n",
        b'Content-Type: text/html\r\nContent-Length: 11\r\nETag: "a"\r\n\r\n<p>kata</p>',
    )
    whole = bytearray(_HTML + heads[seed % len(heads)])
    for _ in range(chance.randint(1, 4)):
        place, length = chance.randrange(len(whole)), chance.randint(1, 9)
        change = chance.randrange(4)
        if change == 0:
            whole[place] = chance.randrange(256)
        elif change == 1:
            del whole[place : place + length]
        elif change == 2:
            whole[place:place] = whole[place : place + length]
        else:
            whole[place:place] = bytes(chance.randrange(256) for _ in range(length))
    cut = chance.randrange(len(whole))
    return _sending(bytes(whole[:cut]), bytes(whole[cut:]))


def short_gzip() -> Answering:
    """Promises fewer bytes than the packed page has."""
    body = gzip.compress(b"<p>kata</p>" * 500)
    return _sending(_HTML + b"Content-Encoding: gzip\r\nContent-Length: 30\r\n\r\n" + body)


def bad_chunks() -> Answering:
    """Chunks whose lengths are no numbers."""
    return _sending(_HTML + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nnonsense\r\n0\r\n\r\n")


def large_head() -> Answering:
    """More header lines than anybody reads."""
    return _sending(_HTML + b"".join(b"X-%d: %s\r\n" % (number, b"y" * 1000) for number in range(300)) + b"\r\n")


def nonsense() -> Answering:
    """No HTTP at all."""
    return _sending(b"SSH-2.0-OpenSSH_9.9\r\n")


def silence() -> Answering:
    """Takes the request and never answers."""

    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    return answer


def statuses(*answers: tuple[int, str]) -> Answering:
    """Answers with one status (and more header lines) after the other, the last one for ever."""
    left = list(answers)

    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        status, headers = left.pop(0) if len(left) > 1 else left[0]
        body = b"<p>isi halaman</p>" if status == 200 else b""
        head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()

    return answer


def first_fails(page: str) -> Answering:
    """Status 500, then the page."""
    asked: list[Asked] = []

    async def answer(request: Asked, writer: asyncio.StreamWriter) -> None:
        asked.append(request)
        body = page.encode() if len(asked) > 1 else b""
        head = f"HTTP/1.1 {200 if body else 500} X\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()

    return answer


def redirect(target: Callable[[], str] | str) -> Answering:
    """Sends elsewhere."""

    async def answer(_: Asked, writer: asyncio.StreamWriter) -> None:
        address = target if isinstance(target, str) else target()
        writer.write(f"HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()

    return answer
