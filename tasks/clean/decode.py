"""Turns the bytes of a page or file into text, once, and says how the encoding was known.

The order is: byte order mark, zero bytes of UTF-16 or UTF-32, validity as UTF-8, the sender's charset, the
page's own ``meta``, mostly-UTF-8 with stray Windows bytes, and last detection by charset-normalizer. Valid
UTF-8 with multi-byte characters goes before any declared charset: by chance it does not happen, and pages
that declare ISO-8859-1 out of habit are common.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from tasks.clean.word_sets import word_set

SIZE_LIMIT = 5_000_000
"""Bytes above which a document is not an article."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_STARTS = tuple(
    bytes.fromhex(start)
    for start in word_set(
        "255044462d 89504e47 504b0304 1f8b ffd8ff 47494638 52494646 425a68 fd377a585a "
        "377abcaf 52617221 7f454c46 4d5a90 d0cf11e0 4f676753 494433 28b52ffd"
    )
)
"""PDF, PNG, ZIP, GZIP, JPEG, GIF, RIFF, BZIP2, XZ, 7Z, RAR, ELF, EXE, old Office, OGG, MP3, ZSTD."""

_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_META_REACH = 4096
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_CONTROL_SHARE = 0.02
_SAMPLE = 65_536
_WINDOWS = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
"""The bytes that Windows-1252 leaves undefined."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the codec that gave it and what named that codec: bom, header, meta, utf-8, zeros, mixed or detected."""

    text: str
    encoding: str
    basis: str


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Why bytes are no text: ``kind`` is "binary" or "encoding", ``reason`` says what was seen."""

    kind: str
    reason: str


def decode(content: bytes, charset: str | None = None) -> Decoded | Undecodable:
    """Text of the bytes; ``charset`` is what the sender claimed. Never raises."""
    text: str | None
    for mark, marked in _MARKS:
        if content.startswith(mark):
            text = _try(content, marked)
            return Decoded(text, marked.removesuffix("-sig"), "bom") if text is not None else _broken(marked)
    if content.startswith(_BINARY_STARTS):
        return Undecodable("binary", "its first bytes are those of a binary format")
    if b"\x00" in content:
        codec = _zero_pattern(content)
        text = _try(content, codec) if codec else None
        if codec and text is not None:
            return Decoded(text, codec, "zeros")
        content = content.replace(b"\x00", b"")
    sample = content[:_SAMPLE]
    if len(sample.translate(None, _CONTROL_BYTES)) < len(sample) * (1 - _CONTROL_SHARE):
        return Undecodable("binary", "more than 2% of its bytes are control characters")
    return _decode_text(content, charset)


def _decode_text(content: bytes, charset: str | None) -> Decoded | Undecodable:
    """Text of bytes that are some superset of ASCII."""
    text: str | None = _try(content, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", _basis_of_utf8(content, charset))
    for claimed, basis in ((charset, "header"), (_meta_charset(content), "meta")):
        codec = _codec(claimed)
        if codec and codec != "utf-8":
            text = _try(content, codec)
            if text is not None:
                return Decoded(text, codec, basis)
    if _mostly_utf8(content):
        return Decoded(content.decode("utf-8", "cakupan-windows"), "utf-8+cp1252", "mixed")
    return _detect(content)


def _basis_of_utf8(content: bytes, charset: str | None) -> str:
    """What vouches for UTF-8: the sender, the page, or only that it is valid."""
    if _codec(charset) == "utf-8":
        return "header"
    return "meta" if _codec(_meta_charset(content)) == "utf-8" else "utf-8"


def _meta_charset(content: bytes) -> str | None:
    """The charset that a page declares of itself in its first 4 KB."""
    match = _META.search(content, 0, _META_REACH)
    return match.group(1).decode("ascii") if match else None


def _codec(name: str | None) -> str | None:
    """Python's name of a declared charset; ISO-8859-1 and ASCII mean Windows-1252, as in every browser."""
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if found in {"iso8859-1", "ascii"}:
        return "cp1252"
    return found if found.startswith(("utf-8", "cp", "iso8859", "windows", "mac", "koi8", "gb", "big5")) else None


def _try(content: bytes, codec: str) -> str | None:
    """Strict decoding, or nothing."""
    try:
        return content.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _broken(codec: str) -> Undecodable:
    return Undecodable("encoding", f"it starts with the byte order mark of {codec} but is not valid {codec}")


def _zero_pattern(content: bytes) -> str | None:
    """UTF-16 without a mark: zero bytes at nearly every second place of a text in Latin letters."""
    head = content[:4096]
    if len(head) < 4:
        return None
    pairs = len(head) // 2
    even = head[0::2].count(0) / pairs
    odd = head[1::2].count(0) / pairs
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else None


def _windows_byte(error: UnicodeError) -> tuple[str, int]:
    """Reads a byte that breaks UTF-8 as Windows-1252: editors paste such bytes into UTF-8 pages."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", "replace"), error.start + 1


codecs.register_error("cakupan-windows", _windows_byte)


def _mostly_utf8(content: bytes) -> bool:
    """Whether the bytes above ASCII are more often valid UTF-8 than not."""
    high = len(content) - len(content.translate(None, bytes(range(128, 256))))
    valid = len(content.decode("utf-8", "ignore").encode("utf-8")) - (len(content) - high)
    return high > 0 and valid > high / 2


def _detect(content: bytes) -> Decoded | Undecodable:
    """Windows-1252 where its punctuation fits, else what charset-normalizer finds in the first 64 KB."""
    high = set(content[:_SAMPLE]) - set(range(128))
    best = from_bytes(content[:_SAMPLE]).best()
    guess = best.encoding if best is not None else None
    if not high & _WINDOWS and (guess is None or guess.startswith(("cp125", "iso8859", "latin", "mac", "cp"))):
        guess = "cp1252"
    text = _try(content, guess) if guess else None
    if guess is None or text is None:
        return Undecodable("encoding", "no encoding gives readable text")
    return Decoded(text, guess, "detected")
